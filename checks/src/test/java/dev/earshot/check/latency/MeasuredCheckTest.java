package dev.earshot.check.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.Socket;
import dev.earshot.evidence.TunnelRtt;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  MeasuredCheckTest() {
    fleet.host("app", "10.0.0.1").groups("backends");
    fleet.host("db", "10.0.0.2").postgres(new PostgresFixture());
  }

  @Test
  void whatNobodyMeasuredIsNamedWithWhatToAllow() {
    fleet.connection("app", "db", 5432).unmeasured();
    fleet
        .host("app")
        .answers(
            TunnelRtt.PROBE,
            "@to 10.0.0.2 5432 db\n@ssh 1.0\n@refused it forwards no connections\n");
    Finding finding = judge().getFirst();

    assertThat(Verdicts.of(judge())).containsExactly("fail low app/db");
    assertThat(finding.verdict().because())
        .isEqualTo(
            "app → db (port 5432): no round trip is known; no echo request was answered either way, no kernel tells one of a connection, and sshd on app made none: it forwards no connections");
    assertThat(finding.remedy().orElseThrow().summary())
        .contains("echo requests from app to 10.0.0.2")
        .contains("connections to 10.0.0.2:5432 that sshd on app makes")
        .contains("iproute2");
  }

  @Test
  void whySshdMadeNoConnection() {
    fleet.connection("app", "db", 5432).unmeasured();
    assertThat(judge().getFirst().verdict().because()).endsWith("sshd on app was not asked");

    fleet.host("app").doesNotTell(TunnelRtt.PROBE, "connection refused");
    assertThat(judge().getFirst().verdict().because())
        .endsWith("sshd on app could not be asked: connection refused");

    fleet.host("app").answers(TunnelRtt.PROBE, "@to 10.0.0.9 80 x\n@ssh 1.0\n@opened 2.0\n");
    assertThat(judge().getFirst().verdict().because())
        .endsWith("sshd on app was not asked for this one");
  }

  /// An exporter may be as far as it likes, too.
  @Test
  void whoOnlyWatchesNeedNotBeMeasured() {
    fleet.host("db").listens(9187, "postgres_export");
    fleet.connection("app", "db", 9187).unmeasured();
    fleet.connection("app", "db", 5432).rtt(0.3);

    assertThat(Verdicts.of(judge())).containsExactly("pass fleet");
  }

  @Test
  void oneMethodIsEnough() {
    fleet.connection("app", "db", 5432).unmeasured();
    fleet.host("app").answers(TunnelRtt.PROBE, "@to 10.0.0.2 5432 db\n@ssh 1.0\n@opened 26.3\n");

    assertThat(Verdicts.of(judge())).containsExactly("pass fleet");
    assertThat(Verdicts.of(FleetFixture.incident().judge(new MeasuredCheck())))
        .containsExactly("pass fleet");
  }

  @Test
  void whereConnectionsAreNotKnownNothingIsPassed() {
    fleet.connection("app", "db", 5432).rtt(0.3);
    fleet.host("app").doesNotTell(Socket.PROBE, "ss is not installed");

    assertThat(Verdicts.of(judge())).contains("unknown app").noneMatch(it -> it.startsWith("pass"));
  }

  private List<Finding> judge() {
    return fleet.judge(new MeasuredCheck());
  }
}
