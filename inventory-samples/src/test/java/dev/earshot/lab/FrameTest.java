package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {
  /// The start of an ARP request, as captured.
  private static final byte[] ARP =
      HexFormat.of().parseHex("ffffffffffff02000a4d00fe0806" + "0001");

  @Test
  void the_destination_comes_first_and_the_source_second() {
    assertThat(Frame.destination(ARP)).isEqualTo(0xffff_ffff_ffffL);
    assertThat(Frame.source(ARP)).isEqualTo(0x0200_0a4d_00feL);
  }

  @ParameterizedTest
  @CsvSource({
    "ffffffffffff, true",
    "01005e000001, true",
    "333300000001, true",
    "02000a4d001f, false"
  })
  void broadcast_and_multicast_mean_several_receivers(String address, boolean group) {
    assertThat(Frame.isGroup(HexFormat.fromHexDigitsToLong(address))).isEqualTo(group);
  }
}
