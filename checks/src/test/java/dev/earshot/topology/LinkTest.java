package dev.earshot.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.fixture.FleetFixture;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The statistics of a link, and the sites that links make.
class LinkTest {

  @ParameterizedTest
  @CsvSource({
    "7, 7, 7, 7",
    "'3 1 2', 2, 3, 3",
    "'4 1 3 2', 2.5, 4, 4",
    "'1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20', 10.5, 19, 20"
  })
  void medianPercentileAndMaximum(String values, double median, double p95, double max) {
    Link link =
        link(Arrays.stream(values.split(" ")).map(Double::valueOf).map(Millis::duration).toList());

    assertThat(link.median()).contains(Millis.duration(median));
    assertThat(link.percentile(0.95)).contains(Millis.duration(p95));
    assertThat(link.percentile(0)).isEqualTo(link.min());
    assertThat(link.percentile(1)).isEqualTo(link.max()).contains(Millis.duration(max));
  }

  @Test
  void nothingIsMeasuredWhereNothingCameBack() {
    Link link = link(List.of());

    assertThat(link.median()).isEmpty();
    assertThat(link.percentile(0.95)).isEmpty();
    assertThat(link.max()).isEmpty();
    assertThat(link.isFiltered()).isTrue();
    assertThat(link.lossRatio()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"PT0.0253S, 2530", "PT0.002S, 200", "PT0.000051S, 10", "PT0S, 0"})
  void distanceHasALimit(Duration roundTrip, long kilometres) {
    assertThat(Distance.atMostKilometres(roundTrip)).isEqualTo(kilometres);
  }

  @Test
  void sitesJoinThroughAThirdHostAndSortBySize() {
    FleetFixture fleet = new FleetFixture();
    List<String> hosts = List.of("a", "b", "c", "far1", "far2", "alone", "silent");
    hosts.forEach(name -> fleet.host(name, "10.0.0." + (1 + hosts.indexOf(name))));
    // a and c are too far from each other, but b is near to both.
    fleet.pings("a", "b", 1.5).pings("b", "c", 1.5).pings("a", "c", 2.9);
    fleet.pings("far1", "far2", 2.0).pings("a", "far1", 25);
    fleet.pings("alone", "a", 2.01);

    assertThat(fleet.topology().sites())
        .containsExactly(
            new Site("site-1", names("a", "b", "c")),
            new Site("site-2", names("far1", "far2")),
            new Site("site-3", names("alone")));
  }

  private static List<HostName> names(String... names) {
    return Arrays.stream(names).map(HostName::new).toList();
  }

  private static Link link(List<Duration> rtts) {
    return new Link(
        new HostName("a"),
        new HostName("b"),
        Link.Method.ICMP,
        Math.max(1, rtts.size()),
        rtts.size(),
        rtts.stream().min(Duration::compareTo),
        rtts,
        Optional.empty());
  }
}
