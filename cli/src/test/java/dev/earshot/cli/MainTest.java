package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.python.Surroundings;
import dev.earshot.recording.RecordingStore;
import dev.earshot.report.format.ReportFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int earshot(String... arguments) {
    return Main.run(
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false, 100),
        new Surroundings(environment(), Path.of(""), folder),
        arguments);
  }

  /// Whoever runs the tests keeps their own audits.
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    return environment;
  }

  @Test
  void theDemoNamesTheCauseAndTheExitCodeSaysSo() {
    assertThat(earshot("demo", "--arrival-rate", "3")).isEqualTo(1);
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("CRITICAL backend1 → db1")
        .contains("falling behind by about 1.2 per second, never catches up")
        .contains("What would help, most first")
        .contains("conf.d/incident.conf line 2");
    assertThat(err.toString()).contains("5 recorded hosts answer on 127.0.0.1");
  }

  @Test
  void aSlipIsToldWithWhatWasMeant() {
    assertThat(earshot("pnig")).isEqualTo(2);
    assertThat(earshot("ping", "--limti", "web")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'pnig' (did you mean ping?)")
        .contains("'--limti' (did you mean --limit?)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reprot x.zip | (did you mean report?)",
        "history shwo | (did you mean show?)",
        "report x.zip --fail-on critcal | (did you mean critical?)",
        "report x.zip --profile lemy | (did you mean lemmy?)",
      })
  void aWrongWordIsToldWithTheNearestRightOne(String line, String told) {
    assertThat(earshot(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(told);
  }

  @Test
  void aValueMayBeginWithADashAsInAnsible() {
    assertThat(earshot("ping", "-i", "127.0.0.1,", "--ssh-common-args", "-o Bogus=1")).isEqualTo(2);
    assertThat(err.toString()).contains("--ssh-common-args: -o Bogus");
    assertThat(earshot("ping", "-i", "127.0.0.1,", "--ask-pass", "-o Bogus=1")).isEqualTo(2);
    assertThat(err.toString()).contains("Unknown option: '-o Bogus=1'");
    assertThat(earshot("audit", "-i", "no-such", "--no-history", "--ssh-common-args=-o Bogus=1"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("no-such").doesNotContain("--no-history");
  }

  @Test
  void moreVsTellNoMoreThanOne() {
    assertThat(earshot("report", "no-such.zip", "-vvv")).isEqualTo(2);
    assertThat(err.toString()).contains("no-such.zip").doesNotContain("only once");
  }

  @Test
  void whatTheDemoSavedGivesTheSameReportsByteForByte() throws IOException {
    Path saved = folder.resolve("audit.zip");
    List<String> audit =
        new ArrayList<>(List.of("demo", "--profile", "generic", "--save", saved.toString()));
    audit.addAll(everyReport("first"));
    List<String> report = new ArrayList<>(List.of("report", saved.toString()));
    report.addAll(everyReport("again"));

    assertThat(earshot(audit.toArray(String[]::new))).isEqualTo(1);
    assertThat(earshot(report.toArray(String[]::new))).isEqualTo(1);

    for (ReportFormat format : ReportFormat.values()) {
      assertThat(folder.resolve("again." + format.label()))
          .hasSameBinaryContentAs(folder.resolve("first." + format.label()));
    }
    assertThat(Files.readString(folder.resolve("again.json")))
        .contains("\"arrivalPerSecond\": 3.0", "\"because\": \"it was chosen\"");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anAnonymousAuditNamesNobodyInReportsAndInWhatItSaves() throws IOException {
    Path saved = folder.resolve("audit.zip");
    List<String> audit =
        new ArrayList<>(List.of("demo", "--anonymise", "-v", "--save", saved.toString()));
    audit.addAll(everyReport("first"));
    List<String> report = new ArrayList<>(List.of("report", saved.toString(), "-v"));
    report.addAll(everyReport("again"));

    assertThat(earshot(audit.toArray(String[]::new))).isEqualTo(1);
    assertThat(earshot(report.toArray(String[]::new))).isEqualTo(1);

    String planted = "(?<![\\w.])(lb1|lb2|backend1|backend2|db1|10\\.77\\.0\\.\\d+)(?!\\w)";
    for (ReportFormat format : ReportFormat.values()) {
      Path first = folder.resolve("first." + format.label());
      assertThat(folder.resolve("again." + format.label())).hasSameBinaryContentAs(first);
      assertThat(Files.readString(first)).doesNotContainPattern(planted);
    }
    assertThat(Files.readString(folder.resolve("first.markdown")))
        .contains("Critical: backend-1 → database-1");
    try (var zip = FileSystems.newFileSystem(saved);
        Stream<Path> entries = Files.walk(zip.getPath("/"))) {
      for (Path entry : entries.filter(Files::isRegularFile).toList()) {
        assertThat(entry.toString()).doesNotContainPattern(planted);
        assertThat(Files.readString(entry).replaceAll("(?m)^\\| .*$", ""))
            .doesNotContainPattern(planted);
      }
    }
  }

  private List<String> everyReport(String name) {
    return Stream.of(ReportFormat.values())
        .flatMap(format ->
            Stream.of(
                "--report",
                "%s=%s".formatted(format.label(), folder.resolve(name + "." + format.label()))))
        .toList();
  }

  @Test
  void evidenceThatWasChangedEndsTheReport() throws IOException {
    Path saved = folder.resolve("audit.zip");
    RecordingStore.save(
        RecordingStore.load(Path.of("../inventory-samples/postmortem/recorded")), saved);
    try (var zip = FileSystems.newFileSystem(saved)) {
      Path settings = zip.getPath("/db1/postgres.settings.txt");
      Files.writeString(settings, Files.readString(settings).replace("\njit,on,", "\njit,off,"));
    }

    assertThat(earshot("report", saved.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("db1/postgres.settings.txt is not what was saved");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void wrongInputIsToldAllAtOnceWithFileAndLine() throws IOException {
    Path hosts =
        Files.writeString(
            folder.resolve("hosts.ini"),
            "[web]\nweb1 ansible_port=abc\nweb2 ansible_user\n[web:foo]\n");
    assertThat(earshot("audit", "-i", hosts.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("hosts.ini:3")
        .contains("hosts.ini:4")
        .doesNotContain("at dev.");
  }

  @Test
  void aVariableOfTheWrongTypeIsToldWithItsLine() throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts.ini"), "web1 ansible_port=abc\n");
    assertThat(earshot("audit", "-i", hosts.toString(), "--window", "1s")).isEqualTo(3);
    assertThat(err.toString()).contains("hosts.ini:1").contains("ansible_port");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          audit                                        | -i
          audit -i none.ini                            | there is no such file
          audit -i HOSTS --limit nobody                | nobody
          audit -i HOSTS --window 9ms                  | --window is between
          audit -i HOSTS --window soon                 | write it like 10s
          audit -i HOSTS --forks 0                     | --forks
          audit -i HOSTS --arrival-rate -1             | --arrival-rate
          audit -i HOSTS --concurrent-sends 5          | --concurrent-sends goes with --arrival-rate
          audit -i HOSTS --arrival-rate 3 --concurrent-sends 0 | --concurrent-sends is a number from 1
          audit -i HOSTS --profile mastodon            | --profile
          audit -i HOSTS --report pdf                  | no report format 'pdf'
          audit -i HOSTS --report markdown=            | names no file
          audit -i HOSTS --report json=/no/where.json  | folder does not exist
          audit -i HOSTS --save /no/where.zip          | folder does not exist
          audit -i HOSTS --report json=/tmp            | /tmp can't be written: it is a folder
          audit -i HOSTS --history mysql://a@b/c       | --history is a file, or postgresql://
          audit -i HOSTS --history postgresql://a:b@c/ | no password
          audit -i HOSTS --history x --no-history      | contradict
          drift -i HOSTS --no-history                  | --baseline
          drift -i HOSTS                               | no audit of
          history show 1                               | no run 1
          history show first                           | is no run
          history prune --keep 0                       | --keep
          plan -i HOSTS --move a=b --report csv        | a plan has no csv report
          report none.zip                              | no such file
          report HOSTS                                 | no zip file
          checks no-such-check                         | no check no-such-check
          nonsense                                     | nonsense
          """)
  void wrongUseEndsInASentenceAndExitCodeTwo(String arguments, String sentence) throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "web1\n");
    assertThat(earshot(arguments.replace("HOSTS", hosts.toString()).split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(sentence).doesNotContain("Exception");
  }

  @Test
  void theProfileChoosesSeverities() {
    String recorded = "../inventory-samples/postmortem/recorded";
    earshot("report", recorded, "--profile", "lemmy", "--fail-on", "info", "--report", "markdown");
    assertThat(out.toString())
        .contains("Judged by the profile lemmy: it was chosen.")
        .contains("### Info: db1 (postgres.synchronous-commit)");
    out.getBuffer().setLength(0);
    earshot("report", recorded, "--report", "markdown");
    assertThat(out.toString())
        .contains("Judged by the profile generic: no host is seen to run Lemmy.")
        .contains("### Medium: db1 (postgres.synchronous-commit)");
  }

  @Test
  void aPluginsLineComesWithAPluginsExitCode() {
    String recorded = "../inventory-samples/postmortem/recorded";
    assertThat(earshot("report", recorded, "--report", "nagios")).isEqualTo(2);
    assertThat(out.toString()).startsWith("EARSHOT CRITICAL: backend1 is 25.2 ms away from db1");
    String file = folder.resolve("earshot.nagios").toString();
    assertThat(earshot("report", recorded, "--report", "nagios=" + file)).isEqualTo(1);
  }

  /// Exit code 2 would be a critical state of the hosts.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          audit -i none.ini --report nagios              | none.ini: there is no such file
          report none.zip --report=nagios                | no such file
          report none.zip --report nagios --widnow 3     | Unknown option
          report RECORDED --report nagios --profile lemy | (did you mean lemmy?)
          audit -i HOSTS --report nagios --window 9ms    | --window is between
          drift -i HOSTS --report nagios                 | drift has no nagios report
          """)
  void aPluginThatCannotLookIsUnknown(String arguments, String problem) throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "web1\n");
    String line =
        arguments
            .replace("HOSTS", hosts.toString())
            .replace("RECORDED", "../inventory-samples/postmortem/recorded");

    assertThat(earshot(line.split(" "))).isEqualTo(3);
    assertThat(out.toString()).startsWith("EARSHOT UNKNOWN: ").contains(problem).hasLineCount(1);
    assertThat(err.toString()).contains(problem);
    assertThat(earshot(line.replace("nagios", "nagios=" + folder.resolve("a")).split(" ")))
        .isEqualTo(2);
  }

  @Test
  void aHostThatCannotBeReachedMakesTheAuditIncomplete() throws IOException {
    Path hosts =
        Files.writeString(folder.resolve("hosts"), "gone ansible_host=127.0.0.1 ansible_port=1\n");
    assertThat(earshot("audit", "-i", hosts.toString(), "--window", "1s")).isEqualTo(3);
    assertThat(out.toString()).contains("gone").contains("refused");
  }

  @Test
  void aConnectionThatEarshotDoesNotSpeakIsNamed() throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "win1 ansible_connection=winrm\n");
    assertThat(earshot("audit", "-i", hosts.toString(), "--window", "1s")).isEqualTo(3);
    assertThat(out.toString()).contains("winrm");
  }

  @Test
  void thisMachineIsAuditedWithoutSsh() throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "me ansible_connection=local\n");
    int exitCode = earshot("audit", "-i", hosts.toString(), "--window", "1s", "--report", "json");
    assertThat(exitCode).isBetween(0, 3);
    assertThat(out.toString()).contains("\"name\": \"me\"").contains("machine.saturation");
  }

  @Test
  void everyCommandThatRunsOnHostsIsPrinted() {
    assertThat(earshot("probes")).isZero();
    assertThat(out.toString())
        .contains("network.sockets (twice)")
        .contains("pg_stat_statements")
        .contains("show info;show stat");
  }
}
