package dev.earshot.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.check.colocation.AppDatabaseCheck;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Shard;
import dev.earshot.evidence.TunnelRtt;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnmeasuredTest {

  private static final Destination DATABASE =
      new Destination(new HostName("app"), new HostName("db"), Address.of("10.0.0.2"), 5432);

  private final FleetFixture fleet = new FleetFixture();

  UnmeasuredTest() {
    fleet.host("app", "10.0.0.1").groups("backends");
    fleet.host("db", "10.0.0.2").postgres(new PostgresFixture());
  }

  @Test
  void aServiceInUseWhoseRoundTripNobodyTells() {
    fleet.connection("app", "db", 5432).unmeasured();

    assertThat(Unmeasured.of(fleet.topology())).containsExactly(DATABASE);
  }

  @Test
  void theDatabaseOfABackendThatHoldsNoConnection() {
    assertThat(Unmeasured.of(fleet.topology())).containsExactly(DATABASE);
  }

  /// Which the inventory alone tells of there.
  @Test
  void inAPartTheDatabasesOfOtherPartsAreWhereTheirPortUsuallyIs() {
    FleetFixture part = new FleetFixture();
    part.host("app", "10.0.0.1").groups("backends");
    part.host("db", "10.0.0.2").groups("databases").leftTo(new Shard(2, 2));
    part.host("cache", "10.0.0.3").groups("redis").leftTo(new Shard(2, 2));
    part.host("app2", "10.0.0.4").groups("backends").leftTo(new Shard(2, 2));

    assertThat(Unmeasured.of(part.topology())).isEmpty();
    assertThat(
            Unmeasured.of(
                part.topology(),
                Map.of(
                    new HostName("db"),
                    5432,
                    new HostName("cache"),
                    5432,
                    new HostName("app2"),
                    5432)))
        .containsExactly(DATABASE);
  }

  @Test
  void notWhereTheKernelTells() {
    fleet.connection("app", "db", 5432).rtt(25);

    assertThat(Unmeasured.of(fleet.topology())).isEmpty();
  }

  @Test
  void notWhereAnEchoRequestWasAnsweredFromEitherEnd() {
    fleet.connection("app", "db", 5432).unmeasured();
    fleet.host("app").pings("db", "10.0.0.2", 25, 10, 0);
    assertThat(Unmeasured.of(fleet.topology())).containsExactly(DATABASE);

    fleet.host("db").pings("app", "10.0.0.1", 25, 10, 10);
    assertThat(Unmeasured.of(fleet.topology())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.9.9.9",
        "0.0.0.0",
        "127.0.0.1",
        "0177.0.0.1",
        "[::ffff:7f00:1]",
        "169.254.169.254",
        "224.0.0.1",
        "[fe80::1]",
        "dead.beef"
      })
  void aServerSendsNoClientWhereNobodyElseSaysThatItIs(String elsewhere) {
    fleet.incoming("app", "db", elsewhere, 5432).unmeasured();

    assertThat(Unmeasured.of(fleet.topology())).containsExactly(DATABASE);
  }

  @Test
  void notTheServicesThatNobodyIsKnownToUse() {
    fleet.host("other", "10.0.0.3").listens(8080, "java");

    assertThat(Unmeasured.of(fleet.topology())).containsExactly(DATABASE);
  }

  @Test
  void whatTheTunnelShowedIsALinkOfItsOwnAndStandsInForTheOthers() {
    fleet.connection("app", "db", 5432).unmeasured();
    fleet
        .host("app")
        .answers(
            TunnelRtt.PROBE, "@to 10.0.0.2 5432 db\n@ssh 1.0 1.1 1.2\n@opened 26.5 26.3 70.1\n");
    Topology topology = fleet.topology();

    assertThat(topology.rtts().links())
        .singleElement()
        .satisfies(link -> {
          assertThat(link.method()).isEqualTo(Link.Method.TUNNEL);
          assertThat(link.min()).contains(Duration.ofNanos(25_300_000));
          assertThat(link.median()).isEmpty();
        });
    assertThat(Unmeasured.of(fleet.topology())).isEmpty();

    Finding finding = fleet.judge(new AppDatabaseCheck()).getFirst();
    assertThat(Verdicts.of(List.of(finding))).containsExactly("fail critical app/db");
    assertThat(finding.verdict().because())
        .contains("25.3 ms a round trip (shortest of 3 connections through sshd on app)");
    assertThat(finding.measured().getFirst().by()).isEqualTo("tunnel");
  }

  /// In a part, a server that another part asks is not known by all of its addresses.
  @Test
  void aTunnelToAnAddressAloneIsToTheHostThatHasIt() {
    fleet.host("db").alsoAt("10.9.9.2");
    fleet.outgoing("app", "10.9.9.2", 5432).unmeasured();
    fleet
        .host("app")
        .answers(TunnelRtt.PROBE, "@to 10.9.9.2 5432 10.9.9.2\n@ssh 1.0\n@opened 26.5\n");

    assertThat(fleet.topology().rtts().links())
        .singleElement()
        .extracting(Link::to)
        .isEqualTo(new HostName("db"));
    assertThat(Unmeasured.of(fleet.topology())).isEmpty();
  }

  @Test
  void aTunnelThatWasRefusedLeavesTheDistanceUnknown() {
    fleet.connection("app", "db", 5432).unmeasured();
    fleet
        .host("app")
        .answers(
            TunnelRtt.PROBE,
            "@to 10.0.0.2 5432 db\n@ssh 1.0 1.1\n@refused the SSH server forwards no connections\n");

    Finding finding = fleet.judge(new AppDatabaseCheck()).getFirst();
    assertThat(Verdicts.of(List.of(finding))).containsExactly("unknown app/db");
    assertThat(finding.verdict().because()).contains("the SSH server forwards no connections");
  }

  @Test
  void aRefusalIsToldOfAnIdleBackendToo() {
    fleet
        .host("app")
        .answers(TunnelRtt.PROBE, "@to 10.0.0.2 5432 db\n@ssh 1.0\n@refused Connection refused\n");

    assertThat(fleet.judge(new AppDatabaseCheck()).getFirst().verdict().because())
        .isEqualTo(
            "app holds no connection to a database (how far db is, is not known: Connection"
                + " refused)");
  }
}
