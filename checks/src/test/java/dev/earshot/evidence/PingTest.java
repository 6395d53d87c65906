package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PingTest {

  private static final String IPUTILS =
      """
      PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
      64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=25.3 ms
      64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=25.2 ms
      64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=25.9 ms (DUP!)

      --- 10.0.0.2 ping statistics ---
      3 packets transmitted, 2 received, 33.3333% packet loss, time 404ms
      rtt min/avg/max/mdev = 25.2/25.25/25.3/0.05 ms
      """;

  private static final String IPUTILS_6 =
      """
      PING ::1(::1) 56 data bytes
      64 bytes from ::1: icmp_seq=1 ttl=64 time=0.157 ms

      --- ::1 ping statistics ---
      1 packets transmitted, 1 received, 0% packet loss, time 0ms
      """;

  private static final String BUSYBOX =
      """
      PING 127.0.0.1 (127.0.0.1): 56 data bytes
      64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.060 ms
      64 bytes from 127.0.0.1: seq=1 ttl=64 time=0.045 ms

      --- 127.0.0.1 ping statistics ---
      2 packets transmitted, 2 packets received, 0% packet loss
      round-trip min/avg/max = 0.045/0.052/0.060 ms
      """;

  private static final String SILENCE =
      """
      PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.
      From 10.0.0.1 icmp_seq=1 Destination Host Unreachable

      --- 10.0.0.9 ping statistics ---
      10 packets transmitted, 0 received, 100% packet loss, time 1838ms
      """;

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(
            "iputils, a loss and a duplicate", IPUTILS, "10.0.0.2", 3, List.of(25.2, 25.3)),
        Arguments.of("iputils over IPv6", IPUTILS_6, "::1", 1, List.of(0.157)),
        Arguments.of("busybox", BUSYBOX, "127.0.0.1", 2, List.of(0.045, 0.060)),
        Arguments.of("nobody answers", SILENCE, "10.0.0.9", 10, List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void readsEveryPing(String name, String body, String address, int sent, List<Double> rtts) {
    assertThat(Ping.parse("=== peer\n" + body))
        .containsExactly(
            new Ping(
                new HostName("peer"),
                Optional.of(new Address(address)),
                sent,
                rtts.stream().map(Millis::duration).toList(),
                Optional.empty()));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "ping: nosuch.invalid: Name or service not known",
        "ping: socket: Operation not permitted",
        "ping: permission denied (are you root?)"
      })
  void keepsTheReasonWhereNothingCouldBeSent(String refusal) {
    assertThat(Ping.parse("=== db 1\n" + refusal + "\n"))
        .containsExactly(
            new Ping(new HostName("db 1"), Optional.empty(), 0, List.of(), Optional.of(refusal)));
  }

  @Test
  void readsManyPeersAndNone() {
    assertThat(Ping.parse("")).isEmpty();
    assertThat(Ping.parse("=== a\n" + BUSYBOX + "=== b\n" + IPUTILS))
        .extracting(Ping::peer)
        .containsExactly(new HostName("a"), new HostName("b"));
  }

  @Test
  void refusesOutputWithoutAnyPeer() {
    assertThatThrownBy(() -> Ping.parse("segmentation fault"))
        .isInstanceOf(UnreadableOutput.class)
        .hasMessageContaining("segmentation fault");
  }

  @Test
  void doesNotSearchEndlessLines() {
    String line = "seq=1 ".repeat(1 << 19);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThat(Ping.parse("=== a\n" + line).getFirst().rtts()).isEmpty());
  }

  @Test
  void readsWhatFpingPrints() {
    assertThat(
            Ping.parse(
                """
                @peers
                10.0.0.1 db 1
                10.0.0.2 @fping
                fd00::2 web
                nowhere.example lost
                -c1 option
                @fping
                10.0.0.1    : 25.3 25.1 - 25.2
                10.0.0.2    : - - - -
                fd00::2     : 0.36 0.28 0.22 0.25
                10.0.0.9 : 1 2 3 4
                ICMP Host Unreachable from 10.0.0.1 for ICMP Echo sent to 10.0.0.2
                """))
        .containsExactly(
            ping("db 1", "10.0.0.1", 4, 25.1, 25.2, 25.3),
            ping("@fping", "10.0.0.2", 4),
            ping("web", "fd00::2", 4, 0.22, 0.25, 0.28, 0.36),
            unasked("lost", "nowhere.example"),
            unasked("option", "-c1"));
  }

  private static Ping ping(String peer, String address, int sent, double... times) {
    return new Ping(
        new HostName(peer),
        Optional.of(Address.of(address)),
        sent,
        DoubleStream.of(times).mapToObj(Millis::duration).toList(),
        Optional.empty());
  }

  private static Ping unasked(String peer, String address) {
    return new Ping(
        new HostName(peer),
        Optional.empty(),
        0,
        List.of(),
        Optional.of("fping said nothing of " + address + ": does the name resolve there?"));
  }
}
