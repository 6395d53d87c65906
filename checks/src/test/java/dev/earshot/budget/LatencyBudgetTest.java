package dev.earshot.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earshot.budget.Suspect.Judgement;
import dev.earshot.evidence.Cpu;
import dev.earshot.evidence.Disk;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HaProxyConfiguration;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Nginx;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.Pressure;
import dev.earshot.evidence.Sampled;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HaProxyFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyBudgetTest {

  private final FleetFixture fleet = FleetFixture.incident();

  @Test
  void theIncidentByHand() {
    RequestCost cost = cost();

    assertThat(cost.requests().rate().perSecond()).isEqualTo(1.8);
    assertThat(cost.requests().by()).isEqualTo("haproxy");
    assertThat(cost.roundTrips().perRequest()).isEqualTo(20, within(1e-9));
    assertThat(cost.rtt()).isEqualTo(millis(25.3));
    // 20 × 25.3
    assertThat(cost.databaseNetwork()).isEqualTo(millis(506));
    // connecting 1 ms, one round trip 25.3 ms
    assertThat(cost.balancer()).isEqualTo(millis(26.3));
    // one write of 0.5 ms and one flush of 1 ms
    assertThat(cost.commit()).isEqualTo(millis(1.5));
    assertThat(cost.queue()).contains(Duration.ZERO);
    assertThat(cost.measured()).contains(millis(533));
    assertThat(cost.sum()).isEqualTo(millis(533.8));
    assertThat(cost.unexplained()).isZero();
    assertThat(cost.explainedRatio().orElseThrow()).isEqualTo(533.8 / 533, within(1e-6));
    assertThat(cost.serialCeiling().perSecond()).isEqualTo(1000 / 533.0, within(1e-6));
  }

  @Test
  void colocatingSavesTheDistanceAndWhatItPutsInFront() {
    WhatIf best = onlyBudget().whatIfs().getFirst();

    assertThat(best.id()).isEqualTo("colocate-backend");
    // 20 × (25.3 − 0.3) + (26.3 − 0.3), of which 533 of 533.8 ms are real
    assertThat(Millis.of(best.saves())).isEqualTo(526 * 533 / 533.8, within(1e-3));
    assertThat(best.request().plus(best.saves())).isEqualTo(millis(533));
    assertThat(best.ceiling().perSecond()).isBetween(125.0, 132.0);
    assertThat(best.because())
        .isEqualTo(
            "20.0 round trips of 25.3 ms become 0.30 ms each, as measured between the hosts near db1; the load balancer's round trip, connecting included, shrinks from 26.3 ms to 0.30 ms; all of it reduced by 0.1 %, as the parts add up to more than the measured time");
  }

  @Test
  void whatColocatingSavesAddsUpOnScreen() {
    // 533.8 ms are explained, 16.2 of 570 ms are left after 20 ms of computing each
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 569));
    fleet.host("backend1").computes(360);

    WhatIf best = whatIf("colocate-backend");
    assertThat(best.because())
        .endsWith(
            "26.3 ms to 0.30 ms; computing shrinks by about 15.0 ms, as work in short bursts between long waits is dearer; 75 % of the unexplained 16.2 ms shrink in proportion");
    assertThat(Millis.of(best.saves())).isEqualTo(541 + 0.75 * 16.2 * 541 / 553.8, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({
    "180, 7.5", // three quarters of 10 ms a request
    "3600, 15.0", // of 200 ms, 20 times the first millisecond after a wait
  })
  void aBackendThatWaitsNoLongerComputesFaster(long computes, String saves) {
    fleet.host("backend1").computes(computes);

    assertThat(whatIf("colocate-backend").because())
        .contains("computing shrinks by about %s ms".formatted(saves));
  }

  @Test
  void aSmallCountClearsNothingWhereMostIsNotExplained() {
    // 506 ms of 6 s were counted; the second connection idles
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 5999));
    fleet.connection("backend1", "db1", 5432).rtt(25.2);

    assertThat(judgements())
        .containsEntry("distance", Judgement.UNKNOWN)
        .containsEntry("pool", Judgement.UNKNOWN)
        .containsEntry("load-balancer", Judgement.CLEARED);
    assertThat(suspect("distance").because())
        .contains("connections opened and closed within the window are not counted");
  }

  @Test
  void whatWasCountedIsAPartEvenWhereMostIsNotExplained() {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 1999));

    assertThat(suspect("distance").judgement()).isEqualTo(Judgement.PART);
    assertThat(suspect("distance").because()).contains("are not counted");
  }

  @ParameterizedTest
  @CsvSource({
    // milliseconds behind the balancer, computed in the window, executed in it, busy host, verdict
    "532, 180, 0, backend1, CLEARED", // 10 of 533 ms
    "532, 1440, 0, backend1, PART", // 80 ms
    "699, 180, 0, backend1, PART", // 156 ms are not explained
    "532, 180, 1440, backend1, CLEARED", // the database executes, but is not the busy one
    "532, 180, 1440, db1, PART"
  })
  void aBusyHostMattersWhereRequestsWorkOnIt(
      int response, long computed, double executed, String busy, Judgement judgement) {
    fleet
        .host("lb1")
        .haProxy(
            new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, response));
    fleet.host("backend1").computes(computed);
    fleet.host("db1").postgres(new PostgresFixture().statements(360, executed, 18));
    fleet.host(busy).busy(0.9, 0.1);

    assertThat(suspect("load").judgement()).isEqualTo(judgement);
  }

  @Test
  void whatTheHypervisorStealsStretchesComputing() {
    // 300 of 1027 ms are computed, on processors that are wanted for 60 % of the time and stolen
    // for a third of that; 193 ms are not explained
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 1026));
    fleet.host("backend1").computes(5400).busy(0.6, 0.2, 0.1);

    assertThat(cost().stolenAtMost()).contains(millis(150));
    assertThat(suspect("load"))
        .isEqualTo(
            new Suspect(
                "load",
                "overloaded hosts",
                Judgement.PART,
                "processors busy: lb1 5.0 %, backend1 60 %, db1 5.0 %; the hypervisor of backend1 gives them to other guests: about 150 ms of a request's 1027 ms"));
    assertThat(judgements()).containsEntry("elsewhere", Judgement.CLEARED);
  }

  @Test
  void aBusyHostIsClearedWithTheNumbers() {
    fleet.host("backend1").computes(180).busy(0.9, 0.1);

    assertThat(suspect("load").because())
        .startsWith("processors busy: ")
        .contains("backend1 90 %")
        .contains(", but a request computes only 10.0 ms of 533 ms, and 0 ms are not explained");
  }

  @Test
  void theCauseComesFirst() {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 5000, 1, 532));

    assertThat(onlyBudget().suspects())
        .first()
        .satisfies(first -> {
          assertThat(first.id()).isEqualTo("load-balancer");
          assertThat(first.judgement()).isEqualTo(Judgement.CAUSE);
        });
  }

  @Test
  void whatNothingExplainsIsElsewhere() {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 1999));
    fleet.connection("backend1", "db1", 5432).rtt(25.2);
    fleet.connection("backend1", "db1", 5432).rtt(25.2);
    fleet.connection("backend1", "db1", 5432).rtt(25.2);
    fleet.host("db1").postgres(new PostgresFixture().statements(360, 9, 18));

    assertThat(judgements())
        .containsEntry("elsewhere", Judgement.CAUSE)
        .containsEntry("distance", Judgement.PART);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "500, 0", "100000, 100"})
  void commitDelayIsWaitedForBeforeEachFlush(int micros, double milliseconds) {
    fleet
        .host("db1")
        .postgres(
            new PostgresFixture()
                .set("synchronous_commit", "on")
                .set("commit_siblings", micros == 500 ? "5" : "0")
                .set("commit_delay", String.valueOf(micros)));

    assertThat(Millis.of(cost().commit())).isEqualTo(1.5 + milliseconds, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({
    // milliseconds behind the balancer, connections, verdict
    "1199, 1, PART", // two requests under way for one connection, most of the time unexplained
    "1199, 2, CLEARED",
    "532, 1, CLEARED"
  })
  void theSuspectAndTheWhatIfOfThePoolAgree(int response, int connections, Judgement judgement) {
    fleet
        .host("lb1")
        .haProxy(
            new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, response));
    for (int more = 1; more < connections; more++) {
      fleet.connection("backend1", "db1", 5432).rtt(25.2);
    }

    assertThat(whatIf("larger-pool").saves().isPositive()).isEqualTo(judgement == Judgement.PART);
    if (cost().explainedRatio().orElseThrow() >= 0.5) {
      assertThat(suspect("pool").judgement()).isEqualTo(judgement);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.32, on, 1.8, the disk and 0.30 ms for a synchronous standby",
    "10.0.0.32, remote_apply, 1.8, the disk and 0.30 ms for a synchronous standby",
    "10.0.0.32, local, 1.5, the disk",
    "10.0.0.99, on, 1.5, 'the disk alone (the round trip to the synchronous standby is not known, and not included)'"
  })
  void commitsWaitForASynchronousStandbyToo(
      String standby, String setting, double milliseconds, String waitedFor) {
    fleet
        .host("db1")
        .postgres(
            new PostgresFixture()
                .set("synchronous_commit", setting)
                .set("synchronous_standby_names", "*")
                .standby(standby, "sync"));

    assertThat(Millis.of(cost().commit())).isEqualTo(milliseconds, within(1e-3));
    assertThat(suspect("commit").because()).endsWith("commits wait for " + waitedFor);
    assertThat(whatIf("synchronous-commit").because()).contains(" for " + waitedFor + ";");
  }

  @Test
  void turningCommitsOnWouldWaitForTheStandby() {
    fleet
        .host("db1")
        .postgres(
            new PostgresFixture()
                .set("synchronous_commit", "off")
                .set("synchronous_standby_names", "*")
                .standby("10.0.0.32", "sync"));

    assertThat(cost().commit()).isZero();
    assertThat(Millis.of(cost().commitIfOn().orElseThrow())).isEqualTo(1.8, within(1e-3));
  }

  @Test
  void everySuspectOfTheIncidentIsAnsweredFor() {
    fleet
        .host("db1")
        .postgres(
            new PostgresFixture().statements(360, 9, 18).sessions("10.0.0.31", "app", "app", 1));

    assertThat(judgements())
        .containsAllEntriesOf(
            Map.of(
                "distance", Judgement.CAUSE,
                "load", Judgement.CLEARED,
                "load-balancer", Judgement.CLEARED,
                "balancer-network", Judgement.CLEARED,
                "queries", Judgement.CLEARED,
                "commit", Judgement.CLEARED,
                "pool", Judgement.CLEARED,
                "connections", Judgement.CLEARED))
        .containsEntry("application", Judgement.UNKNOWN)
        .containsEntry("loss", Judgement.CLEARED)
        .containsEntry("elsewhere", Judgement.CLEARED);
  }

  @Test
  void whatCouldNotBeMeasuredIsNotCleared() {
    fleet.host("lb1").doesNotTell(HaProxy.PROBE, "denied").groups("lb");
    fleet
        .host("db1")
        .doesNotTell(PostgresSettings.PROBE, "denied")
        .doesNotTell(PostgresActivity.PROBE, "denied");

    assertThat(judgements())
        .containsEntry("load-balancer", Judgement.UNKNOWN)
        .containsEntry("queries", Judgement.UNKNOWN)
        .containsEntry("commit", Judgement.UNKNOWN)
        .containsEntry("connections", Judgement.UNKNOWN)
        .containsEntry("elsewhere", Judgement.UNKNOWN)
        .containsEntry("distance", Judgement.PART);
  }

  @Test
  void whatIsNotKnownIsLookedForNextWhereItIs() {
    fleet.host("lb1").doesNotTell(HaProxy.PROBE, "denied").groups("lb");
    fleet
        .host("db1")
        .doesNotTell(PostgresSettings.PROBE, "denied")
        .doesNotTell(PostgresActivity.PROBE, "denied")
        .doesNotTell(Cpu.PROBE, "denied");

    assertThat(onlyBudget().suspects())
        .allSatisfy(suspect ->
            assertThat(suspect.next().isPresent())
                .as(suspect.id())
                .isEqualTo(suspect.judgement() == Judgement.UNKNOWN));
    assertThat(looks())
        .containsEntry(
            "load-balancer",
            "lb1: echo 'show stat' | socat stdio /run/haproxy/admin.sock   # qtime, ctime, rtime, ttime")
        .containsEntry("load", "db1: vmstat 1 5   # columns r, us, sy, id, st")
        .containsEntry(
            "application", "backend1: top -b -d 5 -n 2   # column %CPU of the second list")
        .containsEntry(
            "connections",
            "db1: sudo -u postgres psql -X -p 5432 -c \"select state, wait_event_type, count(*) from pg_stat_activity group by 1, 2\"");
  }

  @Test
  void commitsAreLookedForAtTheDiskWhereTheSettingsAreKnown() {
    fleet.host("db1").answers(Disk.PROBE, "1000.00 9.0\n253 0 vda 10 0 10 10 1 0 80 5 0 5 0\n");

    assertThat(looks()).containsEntry("commit", "db1: iostat -x 1 5   # columns f/s, f_await");
  }

  /// 506 of the 533.8 ms that are known: enough where two a second arrive, too much for who sends
  /// one request at a time; whatever the rest is.
  @ParameterizedTest
  @CsvSource({"0, 1, PART", "1.9, 1, PART", "2, 1, CAUSE", "2, 2, PART"})
  void mostOfWhatIsKnownIsTheCauseOnlyWhereItAloneIsTooMuch(
      double arriving, int atOnce, Judgement judgement) {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().tcp().server("backend1", "10.0.0.31:8536", 2, 2, 0, 1, 0));
    if (arriving > 0) {
      fleet.arriving(arriving, atOnce);
    }

    assertThat(suspect("distance").judgement()).isEqualTo(judgement);
    assertThat(suspect("distance").because())
        .contains(" of what is known)")
        .matches(because ->
            because.contains("this alone lets no more than 2.0/s through, and 2.0/s arrive")
                == (judgement == Judgement.CAUSE));
  }

  @Test
  void theSumOfTheKnownPartsClearsNothingThatItDoesNotHold() {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().tcp().server("backend1", "10.0.0.31:8536", 2, 2, 0, 1, 0));
    fleet
        .host("db1")
        .postgres(
            new PostgresFixture().statements(360, 9, 18).sessions("10.0.0.31", "app", "app", 1));

    assertThat(judgements())
        .containsEntry("elsewhere", Judgement.UNKNOWN)
        .containsEntry("load-balancer", Judgement.UNKNOWN)
        .containsEntry("balancer-network", Judgement.CLEARED)
        .containsEntry("queries", Judgement.CLEARED)
        .containsEntry("commit", Judgement.CLEARED);
    assertThat(suspect("elsewhere").because()).contains("nothing measured a request as a whole");
    assertThat(looks())
        .containsEntry(
            "elsewhere",
            "lb1: grep -nE '^ *(mode|defaults|frontend|listen|backend)' /etc/haproxy/haproxy.cfg   # mode http times requests");
    assertThat(onlyBudget().whatIfs())
        .allMatch(whatIf -> !whatIf.exact())
        .extracting(WhatIf::id)
        .doesNotContain("second-load-balancer");
    assertThat(whatIf("colocate-backend").requestWords()).startsWith("at least ");
  }

  @Test
  void aBusyHostIsNotClearedWhereNothingMeasuredTheWhole() {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().tcp().server("backend1", "10.0.0.31:8536", 2, 2, 0, 1, 0));
    fleet.host("backend1").computes(180).busy(0.9, 0.1);

    assertThat(suspect("load").judgement()).isEqualTo(Judgement.UNKNOWN);
  }

  /// One server behind it, so that its log's times are of that.
  @ParameterizedTest
  @CsvSource({
    "true, false, 600",
    "false, false, ", // an older Earshot asked, and knew no mean
    "true, true, " // another service behind it as well
  })
  void nginxTellsByItsLog(boolean mean, boolean mixed, @Nullable Double measured) {
    fleet.host("lb1").lacks(HaProxy.PROBE);
    fleet
        .host("lb1")
        .answers(
            Nginx.PROBE,
            "nginx\nlog\t/a\tt\trequest\tupstream\ntimes\tupstream\t900\t500\t800\t999%s\n"
                .formatted(mean ? "\t600" : ""));
    if (mixed) {
      fleet.host("backend2").listens(1234, "node");
      fleet.connection("lb1", "backend2", 1234);
    }

    assertThat(cost().measured()).isEqualTo(Optional.ofNullable(measured).map(Millis::duration));
    if (measured != null) {
      assertThat(cost().whole().orElseThrow().by())
          .isEqualTo("nginx's log (the mean of its last 900 requests)");
      assertThat(suspect("distance").judgement()).isEqualTo(Judgement.CAUSE);
    }
    assertThat(judgements()).containsEntry("load-balancer", Judgement.UNKNOWN);
  }

  /// 18 requests of 533 ms, and 200 ms at least for each answer that was sent again.
  @ParameterizedTest
  @CsvSource({
    // answers and those of them sent again, by the balancer's own address and a floating one
    "18, 0, 0, 0, CLEARED, 10.0.0.11 0 of 18 segments (0 %)",
    "18, 0, 18, 3, CLEARED, '10.0.0.11 0 of 18 segments (0 %), 10.0.0.99 3 of 18 segments (17 %)'",
    "18, 0, 18, 6, PART, 10.0.0.99 6 of 18 segments (33 %)",
    "18, 0, 100, 60, CAUSE, 10.0.0.99 60 of 100 segments (60 %)",
    "5, 0, 0, 0, UNKNOWN, did not stay open",
    "0, 0, 0, 0, UNKNOWN, no answer to a client was seen"
  })
  void anAddressThatLosesAnswersIsSuspected(
      long own,
      long ownAgain,
      long floating,
      long floatingAgain,
      Judgement judgement,
      String told) {
    if (own > 0) {
      fleet.incoming("203.0.113.5", "lb1", 80).roundTrips(own).sentAgain(ownAgain);
    }
    if (floating > 0) {
      fleet.host("client", "203.0.113.6");
      fleet
          .incoming("client", "lb1", "10.0.0.99", 80)
          .roundTrips(floating)
          .sentAgain(floatingAgain);
    }

    assertThat(suspect("floating-address").judgement()).isEqualTo(judgement);
    assertThat(suspect("floating-address").because()).contains(told);
    assertThat(suspect("floating-address").next().isPresent())
        .isEqualTo(judgement == Judgement.UNKNOWN);
    assertThat(onlyBudget().suspects().getFirst().id())
        .isEqualTo(judgement == Judgement.CAUSE ? "floating-address" : "distance");
  }

  /// Two connections, 0.9 of them at work as far as calls were counted, for 3.6 requests under way.
  @ParameterizedTest
  @CsvSource({"1, UNKNOWN", "2, CAUSE"})
  void connectionsThatTheServerSawAtWorkAreTaken(int busy, Judgement judgement) {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 1999));
    fleet.connection("backend1", "db1", 5432).rtt(25.2);
    fleet
        .host("db1")
        .postgres(
            new PostgresFixture()
                .busySessions("10.0.0.31", "app", "app", busy)
                .sessions("10.0.0.31", "app", "app", 1));

    assertThat(suspect("pool").judgement()).isEqualTo(judgement);
  }

  @ParameterizedTest
  @CsvSource({
    "on, 10.0.0.32, sync, CLEARED", // backend2, in the same place
    "on, 192.0.2.9, sync, UNKNOWN", // a host that nobody measured
    "on, 192.0.2.9, async, UNKNOWN", // the one that is named is not connected
    "local, 192.0.2.9, sync, CLEARED"
  })
  void aStandbyWhoseDistanceIsUnknownIsNotCleared(
      String commit, String client, String state, Judgement judgement) {
    fleet
        .host("db1")
        .postgres(
            new PostgresFixture()
                .set("synchronous_commit", commit)
                .set("synchronous_standby_names", "*")
                .standby(client, state));

    assertThat(suspect("commit").judgement()).isEqualTo(judgement);
  }

  @ParameterizedTest
  @CsvSource({"500000, CLEARED", "3000000, PART"})
  void workThatWaitsForMemoryIsLoad(long stalled, Judgement judgement) {
    String stall = "/proc/stat:cpu  9 0 0 %d 0 0 0 0\n/proc/pressure/memory:some total=%d\n";
    fleet
        .host("backend1")
        .answers(Pressure.PROBE, "1000.0 1\n" + stall.formatted(1000, 5_000_000))
        .answersAtEnd(Pressure.PROBE, "1010.0 1\n" + stall.formatted(2000, 5_000_000 + stalled));

    assertThat(suspect("load").judgement()).isEqualTo(judgement);
    assertThat(suspect("load").because().contains("backend1 30 %"))
        .isEqualTo(judgement == Judgement.PART);
  }

  /// 18 requests in ten seconds, of which a sender that waits for each answer gets 1.9 a second.
  @ParameterizedTest
  @CsvSource({
    "3, 1, CLEARED, 3.0/s have to get through; no more than 1.9/s can",
    "1.8, 1, UNKNOWN, 1.8/s came from all senders together; --remote",
    "30, 20, CAUSE, 37.5/s could; 1.8/s came from all senders together: what else there is waits there"
  })
  void whoCouldSendMoreIsSuspected(double arriving, int atOnce, Judgement judgement, String told) {
    fleet.arriving(arriving, atOnce);

    assertThat(suspect("sender").judgement()).isEqualTo(judgement);
    assertThat(suspect("sender").because()).contains(told.split("; "));
    assertThat(onlyBudget().suspects().getFirst().id())
        .isEqualTo(judgement == Judgement.CAUSE ? "sender" : "distance");
  }

  /// What came on one of two ways is not all that came.
  @Test
  void whereThereIsAnotherWayNoSenderIsBlamed() {
    fleet.connection("lb1", "backend2", 8536).rtt(0.3).roundTrips(18);
    fleet.connection("backend2", "db1", 5432).rtt(0.3).roundTrips(360);
    fleet.arriving(30, 20);

    assertThat(budgets(fleet).stream().flatMap(budget -> budget.suspects().stream()))
        .filteredOn(suspect -> suspect.id().equals("sender"))
        .isNotEmpty()
        .extracting(Suspect::judgement)
        .containsOnly(Judgement.UNKNOWN);
  }

  @Test
  void whereNobodyMeasuredARequestNoSenderIsBlamed() {
    fleet.host("lb1").doesNotTell(HaProxy.PROBE, "denied").groups("lb");
    fleet.arriving(1, 1);

    assertThat(suspect("sender").judgement()).isEqualTo(Judgement.UNKNOWN);
    assertThat(onlyBudget().suspects()).extracting(Suspect::id).contains("sender");
  }

  @Test
  void withoutKnowingWhatArrivesNoSenderIsSuspected() {
    assertThat(onlyBudget().suspects()).extracting(Suspect::id).doesNotContain("sender");
  }

  private Map<String, String> looks() {
    return onlyBudget().suspects().stream()
        .filter(suspect -> suspect.next().isPresent())
        .collect(
            Collectors.toMap(
                Suspect::id,
                suspect ->
                    suspect.next().orElseThrow().on()
                        + ": "
                        + suspect.next().orElseThrow().command()));
  }

  @Test
  void countersThatDidNotMoveClearNothing() {
    fleet.host("db1").postgres(new PostgresFixture().counted(0, 0, 0));

    assertThat(judgements()).containsEntry("queries", Judgement.UNKNOWN);
  }

  @Test
  void countersThatWereResetClearNothing() {
    fleet.host("db1").postgres(new PostgresFixture().statements("9000,9000,900", "3,0.1,1"));

    assertThat(judgements()).containsEntry("queries", Judgement.UNKNOWN);
    assertThat(cost().opinions()).noneMatch(opinion -> opinion.by().equals("pg_stat_statements"));
  }

  @Test
  void aDiskThatCountsNoFlushesDoesNotClearCommits() {
    fleet.host("db1").answers(Disk.PROBE, "1000.00 9.0\n253 0 vda 10 0 10 10 1 0 80 5 0 5 0\n");

    assertThat(judgements()).containsEntry("commit", Judgement.UNKNOWN);
    assertThat(cost().commitIfOn()).isEmpty();
  }

  @Test
  void statementsAreExactAndEndBeforeTheirCommit() {
    // 18 requests: 90 ms of execution are 5 ms each; active_time tells of something else
    fleet.host("db1").postgres(new PostgresFixture().statements(360, 90, 18).counted(3, 3, 900));

    assertThat(Millis.of(cost().execution())).isEqualTo(5, within(0.01));
    assertThat(cost().opinions())
        .filteredOn(opinion -> opinion.by().equals("pg_stat_statements"))
        .singleElement()
        .satisfies(
            opinion -> assertThat(opinion.roundTripsPerRequest()).isEqualTo(20, within(1e-6)));
  }

  @ParameterizedTest
  @CsvSource({
    // the server's clock at the end, which began at 1000 ms; statements per request
    "11000, 20", // as long as the window
    "10500, 21.05", // psql took half a second longer to start the first time
    "99000, 20", // somebody set the clock
    "900, 20"
  })
  void statementsAreCountedOverTheServersOwnTime(long at, double perRequest) {
    fleet
        .host("db1")
        .postgres(new PostgresFixture().statements("0,0,0,1000", "360,90,18,%d".formatted(at)));

    assertThat(cost().opinions())
        .filteredOn(opinion -> opinion.by().equals("pg_stat_statements"))
        .singleElement()
        .satisfies(opinion ->
            assertThat(opinion.roundTripsPerRequest()).isEqualTo(perRequest, within(0.01)));
  }

  /// It takes the write-ahead log over a connection like everybody's.
  @Test
  void aStandbyDoesNoneOfTheStatements() {
    fleet
        .host("db1")
        .postgres(new PostgresFixture().statements(360, 90, 18).standby("10.0.0.22", "async"));
    fleet.host("db2", "10.0.0.22").postgres(new PostgresFixture().set("in_hot_standby", "on"));
    fleet.connection("db2", "db1", 5432).roundTrips(90);

    assertThat(Millis.of(cost().execution())).isEqualTo(5, within(0.01));
  }

  @Test
  void whatIsNotExplainedShrinksWithAShorterWait() {
    // 10 ms of computing leave 26.2 of 570 ms, and 1.5 ms are commits
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 569));
    fleet.host("backend1").computes(180);
    assertThat(Millis.of(whatIf("synchronous-commit").saves()))
        .isEqualTo(1.5 + 0.75 * 26.2 * 1.5 / 543.8, within(1e-3));
    assertThat(whatIf("synchronous-commit").because())
        .endsWith("75 % of the unexplained 26.2 ms shrink in proportion");

    // 97 of 640 ms are not little
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 639));
    assertThat(Millis.of(whatIf("synchronous-commit").saves())).isEqualTo(1.5, within(1e-3));
  }

  @Test
  void activeTimeStandsInAndHasTheCommitsInIt() {
    // 180 ms are 10 ms each, and 1.5 ms of them wait for the commit
    fleet.host("db1").postgres(new PostgresFixture().counted(18, 18, 180));

    assertThat(Millis.of(cost().execution())).isEqualTo(8.5, within(0.01));
    assertThat(Millis.of(cost().commit())).isEqualTo(1.5, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({
    // commits, rows, writing statements (-1: not counted), commits that write, per request
    "360, 18, -1, 1", // 20 autocommits each, one of them writes
    "36, 360, -1, 2", // many rows a transaction
    "360, 0, -1, 0", // reads alone
    "0, 0, -1, 1", // the counters lag: one is assumed
    "0, 0, 36, 2", // the counters lag, the statements don't
    "18, 99, 54, 1", // three writes a transaction
    "360, 99, 0, 0"
  })
  void commitsThatWriteAreBounded(long commits, long rows, long writing, double perRequest) {
    PostgresFixture server = new PostgresFixture().counted(commits, rows, 0);
    fleet.host("db1").postgres(writing < 0 ? server : server.statements(360, 9, writing));

    assertThat(Millis.of(cost().commit())).isEqualTo(1.5 * perRequest, within(0.001));
  }

  @Test
  void theServersOwnTimingOfFlushesBeatsTheDisks() {
    fleet.host("db1").postgres(new PostgresFixture().counted(18, 18, 0).walSyncs(10, 40));

    assertThat(Millis.of(cost().commit())).isEqualTo(4, within(0.001));
  }

  @Test
  void commitsDoNotWaitWhereTheyAreTurnedOffForTheRole() {
    fleet
        .host("db1")
        .postgres(
            new PostgresFixture()
                .override("app", "", "synchronous_commit", "off")
                .sessions("10.0.0.31", "app", "app", 5)
                .sessions("", "postgres", "postgres", 1));

    assertThat(cost().commit()).isZero();
    assertThat(cost().commitIfOn()).contains(millis(1.5));
    assertThat(whatIf("synchronous-commit").saves()).isEqualTo(millis(-1.5));
    assertThat(whatIf("synchronous-commit").request()).isEqualTo(millis(534.5));
  }

  @Test
  void aWindowOfFewRequestsCountsWholeOnes() {
    // the kernel saw the last request leave 0.4 s before the window and 0.1 s before its end
    FleetFixture cut = new FleetFixture();
    cut.host("lb1", "10.0.0.11")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 0, 4, 0, 1, 2500));
    cut.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    cut.host("backend1", "10.0.0.31").listens(8536, "app");
    cut.connection("lb1", "backend1", 8536).roundTrips(4).quiet(0.4, 0.1);
    cut.connection("backend1", "db1", 5432).roundTrips(80);

    Count count = cost(cut).requests();
    assertThat(count.rate().perSecond()).isEqualTo(4 / 10.3, within(1e-9));
    assertThat(count.error()).isLessThan(0.01);
  }

  @Test
  void withoutTheKernelsWordACutWindowErrsByOneRequest() {
    FleetFixture cut = new FleetFixture();
    cut.host("lb1", "10.0.0.11")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 0, 5, 0, 1, 2000));
    cut.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    cut.host("backend1", "10.0.0.31");
    cut.connection("backend1", "db1", 5432).roundTrips(100);

    Count count = cost(cut).requests();
    assertThat(count.rate().perSecond()).isEqualTo(0.5, within(1e-9));
    assertThat(count.error()).isEqualTo(0.2 + 0.002, within(1e-9));
  }

  @Test
  void aSingleSampleIsNoMeasurement() {
    assertThat(reason(fleet.withoutWindow())).isEqualTo("lb1 → backend1 → db1: " + Sampled.SINGLE);
    assertThat(fleet.evidence().troubles()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2"})
  void fewRequestsAreNoMeasurement(long requests) {
    FleetFixture quiet = new FleetFixture();
    quiet
        .host("lb1", "10.0.0.11")
        .haProxy(
            new HaProxyFixture().server("backend1", "10.0.0.31:8536", 5, 5 + requests, 0, 1, 500));
    quiet.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    quiet.host("backend1", "10.0.0.31");
    quiet.connection("backend1", "db1", 5432).rtt(25).roundTrips(20 * requests);

    assertThat(reason(quiet))
        .isEqualTo(
            "lb1 → backend1 → db1: fewer than 3 requests took this path within 10 s: audit while there is traffic, or lengthen --window");
    assertThat(budgets(quiet).getFirst().rtt()).contains(millis(25));
    assertThat(budgets(quiet).getFirst().whatIfs()).isEmpty();
  }

  @Test
  void requestsThatAreCountedTooRoughlyAreNoMeasurement() {
    FleetFixture quiet = new FleetFixture();
    quiet
        .host("lb1", "10.0.0.11")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 5, 9, 0, 1, 500));
    quiet.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    quiet.host("backend1", "10.0.0.31");
    quiet.connection("backend1", "db1", 5432).rtt(25).roundTrips(100);

    assertThat(reason(quiet))
        .isEqualTo(
            "lb1 → backend1 → db1: only 4 requests took this path within 10 s, too few to count to better than 25 %: audit while there is traffic, or lengthen --window");
  }

  @Test
  void enoughRequestsOfALongerWindowThanAskedForAreAMeasurement() {
    // asked for 1 s, took 10 s: 18 requests are many, though 1.8 a second are not
    FleetRecording recording = fleet.recording();
    FleetEvidence evidence =
        FleetEvidence.of(
            new FleetRecording(
                recording.takenAt(), Duration.ofSeconds(1), "test", recording.hosts()),
            Optional.empty());

    assertThat(LatencyBudget.of(Topology.of(evidence)).getFirst().cost())
        .isInstanceOf(Evidence.Collected.class);
  }

  @Test
  void connectionsThatDoNotLastAreNoMeasurement() {
    FleetFixture churn = new FleetFixture();
    churn.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    churn.host("backend1", "10.0.0.31").listens(8536, "app");
    churn.connection("db1", "backend1", 8536).roundTrips(50);
    churn.connection("backend1", "db1", 5432).young();

    assertThat(reason(churn)).contains("no connection from backend1 to db1 stayed open");
  }

  @Test
  void requestsThatNobodyCountsAreNoMeasurement() {
    FleetFixture uncounted = new FleetFixture();
    uncounted.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    uncounted.host("backend1", "10.0.0.31");
    uncounted.connection("backend1", "db1", 5432).roundTrips(80);

    assertThat(reason(uncounted)).contains("nothing counts requests");
    assertThat(budgets(uncounted).getFirst().suspects())
        .extracting(suspect -> suspect.id() + " " + suspect.judgement())
        .containsExactly(
            "load CLEARED", "connections CLEARED", "distance UNKNOWN", "elsewhere UNKNOWN");
    assertThat(budgets(uncounted).getFirst().suspects())
        .filteredOn(suspect -> suspect.judgement() == Judgement.UNKNOWN)
        .allMatch(suspect -> suspect.next().isPresent());
  }

  @Test
  void requestsWithoutQuestionsAreNoMeasurement() {
    FleetFixture silent = new FleetFixture();
    silent.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    silent.host("backend1", "10.0.0.31").listens(8536, "app");
    silent.connection("db1", "backend1", 8536).roundTrips(50);
    silent.connection("backend1", "db1", 5432);

    assertThat(reason(silent)).contains("none asked db1");
  }

  @Test
  void withoutALoadBalancerTheKernelCounts() {
    FleetFixture plain = new FleetFixture();
    plain.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    plain.host("client", "10.0.0.5");
    plain.host("backend1", "10.0.0.31").listens(8536, "app");
    plain.connection("client", "backend1", 8536).roundTrips(40);
    plain.connection("backend1", "db1", 5432).rtt(0.2).roundTrips(200);

    RequestCost cost = cost(plain);
    assertThat(cost.requests().by()).isEqualTo("kernel");
    assertThat(cost.roundTrips().perRequest()).isEqualTo(5, within(1e-9));
    assertThat(cost.measured()).isEmpty();
    assertThat(cost.explainedRatio()).isEmpty();
    assertThat(cost.requestTime()).isEqualTo(cost.sum()).isPositive();
    assertThat(budgets(plain).getFirst().suspects())
        .extracting(Suspect::id)
        .doesNotContain("load-balancer");
  }

  @Test
  void behindALoadBalancerInTcpModeTheKernelCounts() {
    // two connections since start, none of them within the window, carried 18 requests
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().tcp().server("backend1", "10.0.0.31:8536", 2, 2, 0, 1, 0));

    assertThat(cost().requests().by()).isEqualTo("kernel");
    assertThat(cost().requests().number()).isEqualTo(18);
    assertThat(cost().roundTrips().perRequest()).isEqualTo(20, within(1e-6));
    assertThat(cost().measured()).isEmpty();
  }

  private void asksACache(double rtt, int roundTrips) {
    fleet.host("cache1", "10.0.0.61").listens(6379, "valkey-server");
    fleet.connection("backend1", "cache1", 6379).rtt(rtt).roundTrips(roundTrips);
  }

  @Test
  void callsToACacheAreAPartOfARequest() {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 732));
    asksACache(20, 180);

    RequestCost cost = cost();
    // 10 × 20 ms
    assertThat(cost.caches().network()).isEqualTo(millis(200));
    assertThat(cost.network()).isEqualTo(millis(506 + 26.3 + 200));
    assertThat(cost.sum()).isEqualTo(millis(733.8));
    assertThat(suspect("cache").judgement()).isEqualTo(Judgement.PART);
    assertThat(suspect("cache").because())
        .isEqualTo(
            "200 ms of 733 ms (27 %): 10.0 calls to redis on cache1, a round trip of 20.0 ms each");
    WhatIf beside = whatIf("colocate-cache");
    // nothing near backend1 was measured: 10 × (20 − 0.5), of which 733 of 733.8 ms are real
    assertThat(Millis.of(beside.saves())).isEqualTo(195 * 733 / 733.8, within(1e-3));
    assertThat(beside.title()).isEqualTo("a cache next to backend1");
  }

  @Test
  void aMoveAwayFromTheCacheIsSaidToCostThat() {
    asksACache(0.3, 180);
    fleet.pings("db1", "cache1", 20);

    // 10 × (20 − 0.3)
    assertThat(whatIf("colocate-backend").because())
        .contains("the calls to caches grow from 3.0 ms to 200 ms");
  }

  @Test
  void aCacheWhoseDistanceThenIsNotKnownCountsAsNow() {
    asksACache(0.3, 180);

    assertThat(whatIf("colocate-backend").because())
        .contains("the calls to caches count as now, as what they would take is not known");
  }

  @Test
  void aNearCacheIsClearedAndGainsNothing() {
    asksACache(0.3, 180);

    assertThat(suspect("cache").judgement()).isEqualTo(Judgement.CLEARED);
    assertThat(whatIf("colocate-cache").saves()).isZero();
  }

  @Test
  void aCacheWhoseConnectionsDoNotLastIsNotCleared() {
    asksACache(20, 180);
    fleet.host("cache2", "10.0.0.62").listens(11211, "memcached");
    fleet.connection("backend1", "cache2", 11211).rtt(20).young();

    assertThat(suspect("cache").judgement()).isEqualTo(Judgement.UNKNOWN);
    assertThat(suspect("cache").because())
        .isEqualTo(
            "no connection from backend1 to memcached on cache2 stayed open over the window");
    assertThat(suspect("cache").next().orElseThrow().on().value()).isEqualTo("backend1");
    assertThat(cost().caches().network()).isZero();
    assertThat(onlyBudget().whatIfs()).extracting(WhatIf::id).doesNotContain("colocate-cache");
  }

  @Test
  void whereNoCacheIsAskedNoneIsSuspected() {
    assertThat(judgements()).doesNotContainKey("cache");
  }

  @Test
  void aBackendThatTookNoRequestsHasNoPartInTheMeasuredTime() {
    // busier than any since its start, but not now; the host is one service by two names
    fleet
        .host("lb1")
        .haProxy(
            new HaProxyFixture()
                .server("old", "backend1", "10.0.0.31:8536", 9000, 9000, 40, 9, 4000)
                .server("web", "backend1", "10.0.0.31:8536", 100, 106, 0, 1, 532)
                .server("inbox", "backend1", "10.0.0.31:8536", 100, 112, 0, 1, 682));

    // 6 × 533 and 12 × 683
    assertThat(Millis.of(cost().measured().orElseThrow())).isEqualTo(633, within(1e-6));
    assertThat(cost().queue()).contains(Duration.ZERO);
    assertThat(cost().requests().number()).isEqualTo(18);
  }

  @Test
  void requestsOfAnotherServiceOfTheHostAreNotMixedIn() {
    fleet
        .host("lb1")
        .haProxy(
            new HaProxyFixture()
                .server("app", "backend1", "10.0.0.31:8536", 100, 118, 0, 1, 532)
                .server("ui", "backend1", "10.0.0.31:1234", 500, 560, 0, 1, 3));

    assertThat(reason(fleet))
        .isEqualTo(
            "lb1 → backend1 → db1: requests go to several services of backend1 (port 1234: 60, port 8536: 18), and which of them asks the database can't be told apart");
  }

  /// A socket of the level `user` hides addresses.
  @Test
  void theConfigurationTellsWhichFrontendLeadsWhere() {
    fleet
        .host("lb1")
        .answers(
            HaProxyConfiguration.PROBE,
            """
            === /etc/haproxy/haproxy.cfg
            frontend web
            use_backend ui if
            default_backend app
            backend app
            server backend1 10.0.0.31:8536
            backend ui
            server backend1 10.0.0.31:1234
            whole
            """)
        .haProxy(
            new HaProxyFixture()
                .server("app", "backend1", "", 100, 118, 0, 1, 532)
                .server("ui", "backend1", "", 500, 560, 0, 1, 3));

    assertThat(reason(fleet)).contains("(port 1234 from web: 60, port 8536 from web: 18)");
  }

  @Test
  void aFewRequestsOfAnotherServiceAreLeftOut() {
    fleet
        .host("lb1")
        .haProxy(
            new HaProxyFixture()
                .server("app", "backend1", "10.0.0.31:8536", 100, 118, 0, 1, 532)
                .server("idle", "backend1", "10.0.0.31:1234", 900, 900, 0, 1, 3));

    assertThat(cost().measured()).contains(millis(533));
    assertThat(cost().requests().number()).isEqualTo(18);
  }

  @Test
  void severalLoadBalancersOfDifferentServicesAreMixedToo() {
    fleet
        .host("lb2", "10.0.0.12")
        .haProxy(new HaProxyFixture().server("ui", "10.0.0.31:1234", 0, 18, 0, 1, 3));

    assertThat(reason(fleet)).contains("port 1234: 18, port 8536: 18");
  }

  /// Few enough to be let pass, and none of the times that count.
  @Test
  void aLoadBalancerOfAnotherServiceAloneTellsNoTimes() {
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("app", "10.0.0.31:8536", 100, 160, 0, 1, 532));
    fleet
        .host("lb2", "10.0.0.12")
        .haProxy(new HaProxyFixture().server("ui", "10.0.0.31:1234", 0, 3, 0, 1, 3));

    assertThat(budgets(fleet))
        .filteredOn(budget -> budget.path().backend().value().equals("backend1"))
        .flatExtracting(budget -> budget.cost().collected().stream().toList())
        .flatExtracting(cost -> cost.measured().stream().toList())
        .containsOnly(millis(533));
  }

  @Test
  void severalLoadBalancersShareTheBackendsQuestions() {
    fleet
        .host("lb2", "10.0.0.12")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 0, 18, 0, 1, 532));

    List<LatencyBudget> both =
        budgets(fleet).stream()
            .filter(budget -> budget.path().backend().value().equals("backend1"))
            .toList();
    assertThat(both)
        .hasSize(2)
        .allSatisfy(budget ->
            assertThat(budget.cost().collected().orElseThrow().roundTrips().perRequest())
                .isEqualTo(10, within(1e-9)));
  }

  @Test
  void loadBalancerAndBackendOnOneHost() {
    FleetFixture together = new FleetFixture();
    together.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    together
        .host("backend1", "10.0.0.31")
        .listens(80, "haproxy")
        .listens(8536, "app")
        .haProxy(new HaProxyFixture().server("app", "127.0.0.1:8536", 0, 40, 0, 0, 30));
    together.connection("backend1", "backend1", 8536).rtt(0.02).roundTrips(40);
    together.connection("backend1", "db1", 5432).rtt(1.2).roundTrips(800);

    assertThat(Millis.of(cost(together).databaseNetwork())).isEqualTo(24, within(0.01));
    assertThat(budgets(together).getFirst().suspects())
        .filteredOn(suspect -> suspect.id().equals("load"))
        .singleElement()
        .satisfies(load -> {
          assertThat(load.judgement()).isEqualTo(Judgement.CLEARED);
          assertThat(load.because()).containsOnlyOnce("backend1");
        });
  }

  @Test
  void aNearBackendGainsNothingByMoving() {
    FleetFixture near = new FleetFixture();
    near.host("db1", "10.0.0.21").postgres(new PostgresFixture());
    near.host("client", "10.0.0.5");
    near.host("backend1", "10.0.0.31").listens(8536, "app");
    near.pings("backend1", "db1", 0.5).pings("client", "db1", 0.1);
    near.connection("client", "backend1", 8536).roundTrips(40);
    near.connection("backend1", "db1", 5432).rtt(0.5).roundTrips(800);

    WhatIf colocate =
        budgets(near).getFirst().whatIfs().stream()
            .filter(one -> one.id().equals("colocate-backend"))
            .findFirst()
            .orElseThrow();
    assertThat(colocate.saves()).isZero();
    assertThat(colocate.because()).contains("next to each other already");
  }

  @Test
  void noWhatIfPromisesARequestInNoTimeWherePartsAreOverrated() {
    // measured 400 ms, while the parts add up to 533.8
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 399));

    assertThat(onlyBudget().whatIfs())
        .allSatisfy(whatIf -> {
          assertThat(whatIf.request()).isPositive();
          assertThat(whatIf.request().plus(whatIf.saves())).isEqualTo(millis(400));
        });
    assertThat(onlyBudget().whatIfs().getFirst().ceiling().perSecond()).isLessThan(1000);
  }

  @Test
  void aFullPoolMayBeWhatIsNotExplained() {
    // one connection, always at work, for about two requests at a time that take 1 s each
    fleet
        .host("lb1")
        .haProxy(new HaProxyFixture().server("backend1", "10.0.0.31:8536", 100, 118, 0, 1, 1199));

    assertThat(whatIf("larger-pool").saves()).isEqualTo(cost().unexplained()).isPositive();
  }

  @Test
  void anOverloadedHostIsAPart() {
    fleet.host("db1").busy(0.9, 0.1);

    assertThat(judgements()).containsEntry("load", Judgement.PART);
  }

  @ParameterizedTest
  @CsvSource({
    "10, Client, 100, CLEARED",
    "70, Client, 100, PART",
    "10, Lock, 100, CLEARED", // a lock is no lack of connections
    "10, Client, many, UNKNOWN",
    "10, Client, 99999999999, UNKNOWN"
  })
  void connectionsAreScarceOrNot(int count, String waitsFor, String limit, Judgement judgement) {
    fleet
        .host("db1")
        .postgres(
            new PostgresFixture()
                .set("max_connections", limit)
                .sessions("10.0.0.31", "app", "app", count, waitsFor));

    assertThat(judgements()).containsEntry("connections", judgement);
  }

  @Test
  void nothingDividesByZero() {
    assertThat(RequestCost.ceiling(Duration.ZERO).perSecond()).isEqualTo(1e6);
    assertThat(RequestCost.times(Duration.ofSeconds(Long.MAX_VALUE), 2)).isPositive();
  }

  private Map<String, Judgement> judgements() {
    return onlyBudget().suspects().stream()
        .collect(Collectors.toMap(Suspect::id, Suspect::judgement));
  }

  private Suspect suspect(String id) {
    return onlyBudget().suspects().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private WhatIf whatIf(String id) {
    return onlyBudget().whatIfs().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private LatencyBudget onlyBudget() {
    return budgets(fleet).stream()
        .filter(budget -> budget.cost().collected().isPresent())
        .findFirst()
        .orElseThrow();
  }

  private RequestCost cost() {
    return cost(fleet);
  }

  private static RequestCost cost(FleetFixture fleet) {
    assertThat(budgets(fleet).getFirst().cost()).isInstanceOf(Evidence.Collected.class);
    return budgets(fleet).getFirst().cost().collected().orElseThrow();
  }

  private static String reason(FleetFixture fleet) {
    assertThat(budgets(fleet).getFirst().cost()).isInstanceOf(Evidence.Uncollected.class);
    return ((Evidence.Uncollected<RequestCost>) budgets(fleet).getFirst().cost()).reason();
  }

  private static List<LatencyBudget> budgets(FleetFixture fleet) {
    return LatencyBudget.of(fleet.topology());
  }

  private static Duration millis(double value) {
    return Millis.duration(value);
  }
}
