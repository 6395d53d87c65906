package dev.earshot.check.lemmy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.LemmyProcess;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.LemmyFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessesCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  /// A process a word: what it does of `h`ttp, `s`ending and the schedule (`t`), then its share.
  @ParameterizedTest
  @CsvSource({
    "hst, pass",
    "hs ht, pass",
    "h h s1/2 s2/2 t, pass",
    "hst hst, unknown", // each activity twice, unless their environment says otherwise
    "hst h, pass",
    "hs hs, fail medium", // nobody for the schedule, whatever else
    "hs1/1 hst, unknown",
    "s1/2 h hst, unknown", // one of them may be told to be the second
    "s1/2 s1/2 hst, fail high", // which no environment mends
    "hs1/1t hs1/1, fail high",
    "ht s1/2 s1/2, fail high",
    "ht s1/2 s2/2 t, unknown",
    "ht s1/2, fail high",
    "ht s1/2 s2/3, fail high",
    "ht s3/2 s1/2 s2/2, fail high",
    "ht, fail high", // nobody sends
    "s t, fail high", // nobody answers
    "hs h, fail medium",
    "hst ht, unknown"
  })
  void parts(String processes, String verdict) {
    fleet.host("app1", "10.0.0.31").answers(LemmyProcess.PROBE, printed(processes));
    fleet.host("db1", "10.0.0.21");

    assertThat(verdicts()).containsExactly(verdict + " fleet");
  }

  @Test
  void whatTheEnvironmentMaySayIsNotKnown() {
    fleet.host("app1", "10.0.0.31").answers(LemmyProcess.PROBE, printed("hst"));
    fleet.host("app2", "10.0.0.32").answers(LemmyProcess.PROBE, printed("hst"));

    assertThat(fleet.judge(new ProcessesCheck()).getFirst().verdict().because())
        .endsWith(
            "2 of 2 processes that send have no flags that say which share; 2 processes have no flag against scheduled tasks; wanted: 1; LEMMY_… in their environment may part them, which is not read: flags would show it");
  }

  @Test
  void partsMayBeSpreadOverHosts() {
    fleet.host("app1", "10.0.0.31").answers(LemmyProcess.PROBE, printed("h s1/2"));
    fleet.host("app2", "10.0.0.32").answers(LemmyProcess.PROBE, printed("h s2/2 t"));

    assertThat(verdicts()).containsExactly("pass fleet");
  }

  @ParameterizedTest
  @CsvSource({"63, pass", "62, fail high"})
  void poolsOfAllProcesses(int connections, String verdict) {
    fleet
        .host("app1", "10.0.0.31")
        .lemmy("0.19.3", "pool 30 read")
        .answers(LemmyProcess.PROBE, printed("hs t"));
    fleet
        .host("db1", "10.0.0.21")
        .lemmyDatabase(new LemmyFixture())
        .postgres(
            new PostgresFixture()
                .set("max_connections", String.valueOf(connections))
                .set("superuser_reserved_connections", "3"));

    assertThat(verdicts()).containsExactly(verdict + " fleet");
    assertThat(fleet.judge(new ProcessesCheck()).getFirst().verdict().because())
        .startsWith(
            "app1: 2 processes, of which 1 answer requests, 1 send, 1 run scheduled tasks (pools of 60 connections together of "
                + (connections - 3)
                + " to be had)");
  }

  /// Of several databases, each counts the pools of those that ask it, by whichever port.
  @ParameterizedTest
  @ValueSource(ints = {5433, 5432})
  void aDatabaseInAContainerIsUsedByWhoAsksIt(int port) {
    fleet
        .host("app1", "10.0.0.31")
        .lemmy("0.19.3", "pool 99 read")
        .answers(LemmyProcess.PROBE, printed("hst"));
    fleet
        .host("db1", "10.0.0.21")
        .lemmyDatabase(new LemmyFixture().inContainer(5433, "web", 5432))
        .postgres(new PostgresFixture(5433).inContainer("web", 5432));
    fleet
        .host("db2", "10.0.0.22")
        .lemmyDatabase(new LemmyFixture())
        .postgres(new PostgresFixture());
    fleet.connection("app1", "db1", port);

    assertThat(verdicts()).containsExactly("fail high db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new ProcessesCheck()));
  }

  private static String printed(String processes) {
    StringBuilder text = new StringBuilder();
    for (String process : processes.split(" ", -1)) {
      text.append("process\n");
      if (!process.contains("h")) {
        text.append("--disable-http-server\n");
      }
      if (!process.contains("s")) {
        text.append("--disable-activity-sending\n");
      }
      if (!process.contains("t")) {
        text.append("--disable-scheduled-tasks\n");
      }
      int slash = process.indexOf('/');
      if (slash > 0) {
        text.append("--federate-process-index=" + process.charAt(slash - 1) + "\n");
        text.append("--federate-process-count=" + process.charAt(slash + 1) + "\n");
      }
    }
    return text.toString();
  }
}
