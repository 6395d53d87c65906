package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelRttTest {

  private static TunnelRtt tunnel(
      List<Duration> opened, List<Duration> own, Optional<String> refusal) {
    return new TunnelRtt(
        new HostName("my database"), Address.of("10.0.0.21"), 5432, opened, own, refusal, false);
  }

  private static TunnelRtt closed(String why) {
    return new TunnelRtt(
        new HostName("cache"),
        Address.of("10.0.0.22"),
        6379,
        List.of(),
        times(1.1),
        Optional.of(why),
        true);
  }

  private static List<Duration> times(double... milliseconds) {
    return Arrays.stream(milliseconds).mapToObj(Millis::duration).toList();
  }

  @Test
  void theShortestOfEachCounts() {
    TunnelRtt tunnel = tunnel(times(69.7, 26.5, 26.4), times(1.3, 1.1, 1.2, 9), Optional.empty());

    assertThat(tunnel.shortest()).contains(Millis.duration(25.3));
  }

  @Test
  void whatIsShorterThanTheConnectionItselfIsNotNegative() {
    assertThat(tunnel(times(1.0), times(1.1), Optional.empty()).shortest()).contains(Duration.ZERO);
  }

  @Test
  void whatIsRecordedReadsTheSame() {
    List<TunnelRtt> tunnels =
        List.of(
            tunnel(times(26.5, 26.4), times(1.1, 1.2), Optional.empty()),
            tunnel(List.of(), times(1.1), Optional.of("it forwards no connections")),
            closed("Connection refused"));

    assertThat(TunnelRtt.PROBE.read(CommandResult.of(TunnelRtt.text(tunnels))))
        .isEqualTo(new Evidence.Collected<>(tunnels));
  }

  @Test
  void aReasonIsOneLineAndBeginsNoSection() {
    List<TunnelRtt> tunnels =
        List.of(tunnel(List.of(), times(1.1), Optional.of("no\n@to 10.0.0.9 1 x\n@opened 1")));

    assertThat(TunnelRtt.parse(TunnelRtt.text(tunnels)))
        .singleElement()
        .satisfies(tunnel -> assertThat(tunnel.opened()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@to 10.0.0.1 5432\n",
        "@to $(reboot) 5432 db1\n",
        "@to 10.0.0.1 70000 db1\n",
        "@to 10.0.0.1 5432 db1\n@ssh -1\n",
        "@to 10.0.0.1 5432 db1\n@opened NaN\n"
      })
  void anythingElseIsNoAnswer(String output) {
    assertThat(TunnelRtt.PROBE.read(CommandResult.of(output)))
        .isInstanceOf(Evidence.Uncollected.class);
  }
}
