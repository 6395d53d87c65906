package dev.earshot.anonymity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPseudonymsTest {

  @Test
  void networksStillHoldTheirHosts() {
    assertThat(
            new AddressPseudonyms()
                .replace("10.77.0.31:5432 10.77.0.21 10.77.9.1 10.77.0.31/24 192.168.7.9"))
        .isEqualTo("10.0.0.1:5432 10.0.0.9 10.0.8.1 10.0.0.1/24 192.168.0.1");
  }

  @Test
  void publicAddressesBecomeSomeThatNobodyHas() {
    assertThat(new AddressPseudonyms().replace("51.15.1.2, 51.15.1.3 and 8.8.8.8"))
        .isEqualTo("240.0.0.1, 240.0.0.0 and 241.0.0.1");
    assertThat(new AddressPseudonyms().replace("[2a01:4f8:1:2::3]:80, 2a01:4f8:1:2::4"))
        .isEqualTo("[2001:db8::1]:80, 2001:db8::5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2a01:4f8::5:43210                | 2001:db8::1:43210
          from:2a01:4f8::5                 | from:2001:db8::1
          host lemmy:2a01:4f8::5: refused  | host lemmy:2001:db8::1: refused
          lemmy_10.77.0.31                 | lemmy_10.0.0.1
          10.77.0.31_5432                  | 10.0.0.1_5432
          ip-10-77-0-31.compute.internal   | ip-10-0-0-1.compute.internal
          51.15.1.2 is ec2-51-15-1-2       | 240.0.0.1 is ec2-240-0-0-1
          ::ffff:10.77.0.31                | ::ffff:10.0.0.1
          """)
  void howeverTheyAreWritten(String text, String replaced) {
    assertThat(new AddressPseudonyms().replace(text)).isEqualTo(replaced);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:22 0.0.0.0:* [::]:80 [::1]:22 169.254.169.254 255.255.255.0 224.0.0.251",
        "at 12:34:56, 02:42:ac:11:00:02, v1.2.3, 6.1.0-13, 1.2.3.4.5, a.10.0.0.1, ::, *:*",
        "999.1.2.3 1.2.3 rtt:0.4/1.2",
        "2026-11-27-10 1-2-3-4 6.1.0-13-1-2-3 8-8-8-8",
        "std::map a:b:c MD5:aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99"
      })
  void whatIsNoAddressOfAFleetStays(String text) {
    assertThat(new AddressPseudonyms().replace(text)).isEqualTo(text);
  }
}
