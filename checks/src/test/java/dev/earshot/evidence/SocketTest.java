package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketTest {

  @ParameterizedTest
  @CsvSource({
    "sockets-oneline.txt, 10.77.0.31:56218, 25.236, 2",
    "sockets-two-lines.txt, 10.77.0.32:60360, 0.404, 1"
  })
  void readsSsWithAndWithoutOneLineMode(String file, String peer, double minRtt, int count) {
    var sample = Recorded.read(Socket.PROBE, file).collected().orElseThrow();

    assertThat(sample.uptime()).isGreaterThan(Duration.ofMinutes(1));
    assertThat(sample.value())
        .hasSize(count)
        .first()
        .satisfies(socket -> {
          assertThat(socket.local()).isEqualTo(Endpoint.of("10.77.0.21:5432"));
          assertThat(socket.peer()).isEqualTo(Endpoint.of(peer));
          assertThat(socket.minRtt()).contains(Millis.duration(minRtt));
          assertThat(socket.dataSegmentsOut()).isGreaterThan(100);
          assertThat(socket.sinceLastReceived()).isPositive();
        });
  }

  @Test
  void hasNoSocketsWhereNoneIsEstablished() {
    assertThat(Socket.parse("")).isEmpty();
    assertThat(Socket.parse("Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 10.0.0.1:80 10.0.0.2:50000                                       | 10.0.0.1 | 10.0.0.2
          0 0 [::1]:80 [2001:db8::7]:50000 cubic rtt:1/1                       | ::1      | 2001:db8::7
          0 0 [::ffff:10.0.0.1]:80 [::ffff:10.0.0.2]:50000 cubic               | 10.0.0.1 | 10.0.0.2
          0 0 127.0.0.1%lo:80 [fe80::1%eth0]:50000 cubic                       | 127.0.0.1 | fe80::1
          """)
  void readsAddressesOfAllKinds(String line, String local, String peer) {
    Socket socket = Socket.parse(line).getFirst();

    assertThat(socket.local().address()).isEqualTo(new Address(local));
    assertThat(socket.peer().address()).isEqualTo(new Address(peer));
    assertThat(socket.dataSegmentsOut()).isZero();
  }

  @Test
  void countsWhatWasSentAgainAltogether() {
    assertThat(
            Socket.parse("0 0 10.0.0.1:80 10.0.0.2:5 cubic retrans:1/7 data_segs_out:90")
                .getFirst())
        .extracting(Socket::retransmitted, Socket::dataSegmentsOut)
        .containsExactly(7L, 90L);
  }

  @Test
  void takesTheMarkForNoSampleYetForNoRoundTrip() {
    assertThat(
            Socket.parse("0 0 10.0.0.1:80 10.0.0.2:5 cubic minrtt:4.29497e+06").getFirst().minRtt())
        .isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "one two three four five",
        "0 0 10.0.0.1:80 10.0.0.2:99999",
        "0 0 10.0.0.1:80 $(reboot):5432",
        "0 0 10.0.0.1:80 10.0.0.2:5 rtt:NaN/1",
        "0 0 10.0.0.1:80 10.0.0.2:5 minrtt:-1",
        "0 0 10.0.0.1:80 10.0.0.2:5 minrtt:1e400",
        "0 0 10.0.0.1:80 10.0.0.2:5 data_segs_out:9223372036854775808",
        "0 0 10.0.0.1:80 10.0.0.2:5 data_segs_in:-3"
      })
  void refusesWhatSsDoesNotPrint(String line) {
    assertThatThrownBy(() -> Socket.parse(line)).isInstanceOf(UnreadableOutput.class);
  }

  @Test
  void joinsEndlessContinuationLinesInLinearTime() {
    String output = "0 0 10.0.0.1:80 10.0.0.2:5\n" + " x\n".repeat(1 << 20);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(Socket.parse(output)).hasSize(1));
  }
}
