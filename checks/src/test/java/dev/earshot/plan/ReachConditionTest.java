package dev.earshot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.TunnelRtt;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.topology.Destination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Those who ask the work; what the work asks is in [PlanTest].
class ReachConditionTest {

  private final FleetFixture fleet = new FleetFixture();

  ReachConditionTest() {
    fleet.host("lb1", "10.0.0.11");
    fleet.host("web1", "10.0.0.31").listens(8536, "lemmy_server");
    fleet.host("web2", "10.0.0.32").listens(8536, "lemmy_server");
    fleet.host("new", "10.0.0.33");
    fleet.connection("lb1", "web1", 8536).rtt(0.3).roundTrips(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @opened 1.4 | pass | lb1 → web2 (http, port 8536): open, as lb1 connected to 10.0.0.32
          @closed Connection refused | fail | lb1 → web2 (http, port 8536): lb1 can't connect to 10.0.0.32: Connection refused
          @refused it forwards nothing | unknown | lb1 → web2 (http, port 8536): whether the port is open from there is not known: it forwards nothing; by hand: timeout 3 bash -c '</dev/tcp/10.0.0.32/8536' && echo open   # on lb1
          """)
  void whatListensAlreadyIsTriedByThoseWhoWillAsk(String told, String verdict, String because) {
    fleet.host("lb1").answers(TunnelRtt.PROBE, "@to 10.0.0.32 8536 web2\n@ssh 1.0\n" + told + "\n");

    Finding finding = reach("web2", "lb1/web2:8536");

    assertThat(finding.verdict().label()).isEqualTo(verdict);
    assertThat(finding.verdict().because()).isEqualTo(because);
    assertThat(Outcome.forbids(finding)).isEqualTo(verdict.equals("fail"));
    assertThat(Outcome.leavesOpen(finding)).isEqualTo(verdict.equals("unknown"));
  }

  @Test
  void whoHoldsConnectionsThereAlreadyGetsThrough() {
    fleet.connection("lb1", "web2", 8536).rtt(0.3);

    assertThat(reach("web2", "lb1/web2:8536").verdict().because())
        .isEqualTo("lb1 → web2 (http, port 8536): it holds connections there already");
  }

  @Test
  void whatIsNotThereYetIsNamedAndLeavesNothingOpen() {
    Finding finding = reach("new", "lb1/new:8536");

    assertThat(finding.verdict().because())
        .isEqualTo(
            "lb1 → new (http, port 8536): nothing is seen to listen there before the move; by hand, once the service is up: timeout 3 bash -c '</dev/tcp/10.0.0.33/8536' && echo open   # on lb1");
    assertThat(finding.verdict().label()).isEqualTo("unknown");
    assertThat(Outcome.leavesOpen(finding)).isFalse();
    assertThat(Destinations.of(fleet.topology(), move("new"))).isEmpty();
  }

  @Test
  void whoAsksFromTheNewHostNeedsNoWay() {
    assertThat(reach("lb1", "lb1/lb1:8536").verdict().because())
        .isEqualTo("lb1 → lb1 (http, port 8536): on the same host after the move");
  }

  @Test
  void whoWatchesLeavesNothingOpen() {
    fleet.host("mon", "10.0.0.61").groups("monitoring");
    fleet.host("web1").listens(9100, "node_exporter");
    fleet.host("web2").listens(9100, "node_exporter");
    fleet.connection("mon", "web1", 9100).rtt(0.3);
    assertThat(fleet.topology().monitoring()).hasSize(1);

    Finding finding = reach("web2", "mon/web2:9100");

    assertThat(finding.verdict().label()).isEqualTo("unknown");
    assertThat(Outcome.leavesOpen(finding)).isFalse();
  }

  /// A refusal at the inventory's address says nothing of the one that it would use.
  @Test
  void whoReachesTheOldHostAtAnotherAddressIsSentNowhere() {
    fleet.host("cron", "10.0.0.51");
    fleet.host("web1").alsoAt("192.168.0.31");
    fleet.outgoing("cron", "192.168.0.31", 8536);

    Finding finding = reach("web2", "cron/web2:8536");

    assertThat(finding.verdict().label()).isEqualTo("unknown");
    assertThat(finding.verdict().because())
        .contains(
            "not tried, since cron does not reach web1 at the address that the inventory has");
    assertThat(Destinations.of(fleet.topology(), move("web2")))
        .containsExactly(
            new Destination(
                new HostName("lb1"), new HostName("web2"), Address.of("10.0.0.32"), 8536));
  }

  private Finding reach(String to, String key) {
    return Plan.of(fleet.fleet(), move(to)).findings().stream()
        .filter(finding -> finding.key().equals("plan.reach/" + key))
        .findFirst()
        .orElseThrow();
  }

  private static Move move(String to) {
    return new Move(new HostName("web1"), new HostName(to));
  }
}
