package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Profile;
import dev.earshot.evidence.Arrivals;
import dev.earshot.recording.Judging;
import dev.earshot.recording.RecordingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryCommandTest {

  private static final List<String> AUDIT_THIS_MACHINE = List.of("audit", "-i", "hosts");
  private static final String RECORDED = "../inventory-samples/postmortem/recorded";

  @TempDir Path folder;

  @Test
  void anAuditIsListedAndShownAsItWas() throws IOException {
    InProcess audit = audit("--report", "json=audit.json");
    assertThat(audit.err()).doesNotContain("warning");

    InProcess list = earshot("history");
    assertThat(list.exit()).isZero();
    assertThat(list.out().lines()).hasSize(2);
    assertThat(list.out().lines().skip(1).findFirst().orElseThrow())
        .matches(" +1  \\S+Z +%d +1 .* +%s".formatted(audit.exit(), real("hosts")));

    InProcess shown = earshot("history", "show", "1", "--report", "json");
    assertThat(shown.exit()).isZero();
    assertThat(shown.out()).isEqualTo(Files.readString(folder.resolve("audit.json")));
    assertThat(earshot("history", "show", "last").out()).contains("me");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 99})
  void theListFitsNarrowTerminals(int width) {
    List<String> names = List.of("hosts", "h".repeat(width - 10));
    String recorded = Path.of(RECORDED).toAbsolutePath().toString();
    names.forEach(
        name -> earshot("drift", "--evidence", recorded, "--update", "--history-name", name));

    String list = InProcess.run(state(), width, folder, folder, "history").out();

    assertThat(list.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    assertThat(list.lines().findFirst().orElseThrow()).contains("crit high med low info");
    assertThat(list).contains(names);
  }

  @Test
  void nothingIsKeptWhereThatIsNotWanted() {
    audit("--no-history");
    assertThat(folder.resolve("state")).doesNotExist();
    InProcess list = earshot("history");
    assertThat(list).extracting(InProcess::exit, InProcess::out).containsExactly(0, "");
    assertThat(list.err()).contains("no audit was kept in").contains("state/earshot/history.db");
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void aHistoryThatCannotBeWrittenChangesNothingElse() throws IOException {
    InProcess kept = audit("--report", "json=kept.json");
    Files.writeString(folder.resolve("occupied"), "");
    InProcess unkept = audit("--history", "occupied/history.db", "--report", "json=unkept.json");

    assertThat(unkept.exit()).isEqualTo(kept.exit());
    assertThat(unkept.out()).isEqualTo(kept.out());
    assertThat(folder.resolve("unkept.json")).isNotEmptyFile();
    assertThat(unkept.err())
        .contains("warning: this audit was not kept: the history in " + real("occupied"))
        .contains("--no-history");
  }

  @Test
  void oldRunsArePruned() {
    Stream.of(1, 2, 3).forEach(_ -> drift(RECORDED, "--update"));
    InProcess pruned = earshot("history", "prune", "--keep", "1");
    assertThat(pruned.out()).isEqualTo("2 runs pruned\n");
    assertThat(earshot("history").out().lines()).hasSize(2);
    assertThat(earshot("history", "show", "1").exit()).isEqualTo(2);
  }

  @Test
  void theHistoryMayBeNamedBeforeOrBehindTheVerb() {
    drift(RECORDED, "--update", "--history", "elsewhere.db");
    for (List<String> line :
        List.of(
            List.of("history", "--history", "elsewhere.db", "show", "last"),
            List.of("history", "show", "last", "--history", "elsewhere.db"))) {
      InProcess shown = earshot(line.toArray(String[]::new));
      assertThat(shown.exit()).as(shown.err()).isZero();
      assertThat(shown.out()).contains("backend1 → db1");
    }
  }

  /// Whoever can write to a team's history could have their commands run by whoever plays it.
  @Test
  void noPlaybookComesOutOfAHistory() {
    drift(RECORDED, "--update");
    InProcess shown =
        earshot("history", "show", "last", "--report", "playbook", "--report", "json=r.json");
    assertThat(shown.exit()).isEqualTo(2);
    assertThat(shown.out()).isEmpty();
    assertThat(shown.err())
        .contains("no playbook")
        .contains("earshot report FILE --report playbook");
    assertThat(folder.resolve("r.json")).doesNotExist();
  }

  @Test
  void trendsAreForEyes() throws IOException {
    drift(RECORDED, "--update");
    assertThat(earshot("history", "show", "last").out()).doesNotContain("Trends");
    drift(RECORDED, "--update");
    drift(RECORDED, "--update");

    String shown = earshot("history", "show", "last").out();
    assertThat(shown)
        .contains("Trends: 3 runs since ")
        .containsPattern(
            "backend1 → db1 \\(kernel\\) +███ +25\\.\\d ms  25\\.\\d ms to 25\\.\\d ms")
        .containsPattern("lb1 → backend1 → db1 +███ +1\\.8/s");

    earshot("history", "show", "last", "--report", "html=page.html", "--report", "json=r.json");
    assertThat(Files.readString(folder.resolve("page.html")))
        .contains("<h2 id=\"trends-title\">Trends</h2>")
        .contains("<svg class=\"trend\" role=\"img\"")
        .contains("<path d=\"M3.0 3.0L120.0 3.0L237.0 3.0\"/>");
    assertThat(Files.readString(folder.resolve("r.json"))).doesNotContain("trends");
  }

  @Test
  void driftIsFromTheLastKeptAudit() throws IOException {
    InProcess refused = drift(RECORDED);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("there is no audit of incident in the history");
    assertThat(drift(RECORDED, "--update").exit()).isZero();
    assertThat(drift(RECORDED)).isEqualTo(new InProcess(0, "", ""));

    String changed = withoutJit().toString();
    InProcess drift = drift(changed);
    assertThat(drift.exit()).isEqualTo(4);
    assertThat(drift.out())
        .contains("changed    db1: jit is 'off', by default; was 'on', by default");
    assertThat(drift(changed, "--limit", "db1").exit()).isEqualTo(2);
    assertThat(drift(changed, "--update").exit()).isZero();
    assertThat(drift(changed)).isEqualTo(new InProcess(0, "", ""));
  }

  @Test
  void whatTheKeptAuditWasToldHoldsInTheNextOne() {
    Path told = folder.resolve("told.zip");
    Path untold = folder.resolve("untold.zip");
    RecordingStore.save(
        RecordingStore.load(Path.of(RECORDED)),
        new Judging(Optional.of(Arrivals.inTurn(2.5)), Optional.of(Profile.Intent.LEMMY)),
        told);
    RecordingStore.save(RecordingStore.load(Path.of(RECORDED)), untold);
    drift(told.toString(), "--update");
    drift(untold.toString(), "--update");

    assertThat(earshot("history", "show", "2", "--report", "json").out())
        .contains("\"arrivalPerSecond\": 2.5", "\"because\": \"it was chosen\"");
  }

  @Test
  void whatAnAuditWasToldIsKeptWithIt() {
    audit("--profile", "lemmy");

    InProcess updated = earshot("drift", "-i", "hosts", "--window", "1s", "--update");

    assertThat(updated.exit()).as(updated.err()).isZero();
    assertThat(earshot("history", "show", "2", "--report", "json").out())
        .contains("\"because\": \"it was chosen\"");
  }

  private Path withoutJit() throws IOException {
    Path now = Files.createDirectory(folder.resolve("now"));
    RecordingStore.save(RecordingStore.load(Path.of(RECORDED)), now);
    Path settings = now.resolve("db1/postgres.settings.txt");
    Files.writeString(settings, Files.readString(settings).replace("\njit,on,", "\njit,off,"));
    return now;
  }

  /// Compares what was recorded with the history.
  private InProcess drift(String evidence, String... more) {
    List<String> line =
        Stream.concat(
                Stream.of(
                    "drift",
                    "--evidence",
                    Path.of(evidence).toAbsolutePath().toString(),
                    "--history-name",
                    "incident"),
                Stream.of(more))
            .toList();
    return earshot(line.toArray(String[]::new));
  }

  private InProcess audit(String... more) {
    try {
      Files.writeString(folder.resolve("hosts"), "me ansible_connection=local\n");
    } catch (IOException unwritable) {
      throw new IllegalStateException(unwritable);
    }
    List<String> line =
        Stream.of(AUDIT_THIS_MACHINE, List.of("--window", "1s"), List.of(more))
            .flatMap(List::stream)
            .toList();
    return earshot(line.toArray(String[]::new));
  }

  /// Reports are written relative to the process, which stays where it is.
  private String inFolder(String argument) {
    return argument.matches("\\w+=\\w+\\.\\w+")
        ? argument.replace("=", "=" + folder + "/")
        : argument;
  }

  private String real(String name) {
    try {
      return folder.toRealPath().resolve(name).toString();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private InProcess earshot(String... arguments) {
    return InProcess.run(
        state(), folder, folder, Stream.of(arguments).map(this::inFolder).toArray(String[]::new));
  }

  private Map<String, String> state() {
    return Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
  }
}
