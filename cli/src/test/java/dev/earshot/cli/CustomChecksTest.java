package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.recording.RecordingStore;
import dev.earshot.report.format.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Checks of an admin's own, from `earshot.yml` to what users see.
class CustomChecksTest {

  private static final Path SAMPLE = Path.of("../inventory-samples/custom-checks");
  private static final Path RECORDED = SAMPLE.resolve("recorded");
  private static final Path POLICY = SAMPLE.resolve("earshot.yml");

  @TempDir Path folder;

  private InProcess earshot(String... arguments) {
    return InProcess.run(
        Map.of("XDG_STATE_HOME", folder.toString()), Path.of(""), folder, arguments);
  }

  private InProcess report(String... more) {
    List<String> arguments = new ArrayList<>(List.of("report", RECORDED.toString()));
    if (!List.of(more).contains("--config")) {
      arguments.addAll(List.of("--config", POLICY.toString()));
    }
    arguments.addAll(List.of(more));
    return earshot(arguments.toArray(String[]::new));
  }

  @Test
  void theSampleIsJudged() {
    assertThat(verdicts(report("--report", "json")))
        .containsExactlyInAnyOrder(
            "custom.swappiness/db1 fail low",
            "custom.updates-by-themselves/db1 pass medium",
            "custom.updates-by-themselves/backend1 fail medium",
            "custom.superusers/db1 fail high",
            "custom.memory-left/db1 pass medium",
            "custom.memory-left/backend1 pass medium");
  }

  /// A severity of the admin's own decides as any other does.
  @Test
  void theyCountForTheExitCode() {
    assertThat(report("--fail-on", "high").exit()).isEqualTo(1);
    assertThat(report("--fail-on", "critical").exit()).isNotEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void everyFormatShowsThem(ReportFormat format) {
    String text = report("--report", format.label(), "-v").out();

    switch (format) {
      case CSV -> assertThat(text).doesNotContain("custom.");
      case NAGIOS -> assertThat(text).contains("high=1");
      default -> assertThat(text).contains("custom.superusers");
    }
  }

  @Test
  void theirRemediesAreInThePlaybook() {
    assertThat(report("--report", "playbook").out())
        .contains(
            """
            - name: "The kernel rarely swaps out what databases hold"
              hosts: "db1"
              tags: [custom.swappiness]
              gather_facts: false
              tasks:
                - block:
                    - name: Gather facts
                      ansible.builtin.setup:
                    - name: Swap late
                      ansible.posix.sysctl:
                        name: vm.swappiness
                        value: "10"
                        sysctl_file: /etc/sysctl.d/60-database.conf
                      become: true
                  rescue:
            """)
        .contains("# - custom.superusers: db1: ");
  }

  @Test
  void theyCanBeWaived() throws IOException {
    String waiver =
        """
        waivers:
          - {check: custom.superusers, hosts: db1, reason: r, owner: o, expires: 2099-01-01}
        """;
    Path policy =
        Files.writeString(folder.resolve("earshot.yml"), Files.readString(POLICY) + waiver);

    assertThat(verdicts(report("--config", policy.toString(), "--report", "json")))
        .contains("custom.superusers/db1 waived high");
  }

  @Test
  void withoutTheirDefinitionTheAnswersAreLeftOut() {
    InProcess run = earshot("report", RECORDED.toString(), "--report", "json");

    assertThat(run.out()).doesNotContain("custom.");
  }

  @Test
  void evidenceFromBeforeTheCheckDoesNotPassIt() throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("earshot.yml"),
            Files.readString(POLICY).replace("id: swappiness", "id: swapping"));
    InProcess run = report("--config", policy.toString(), "--report", "json");

    assertThat(verdicts(run)).contains("custom.swapping/db1 unknown low");
    assertThat(run.out()).contains("db1: it was not asked when this evidence was saved");
  }

  @Test
  void whatCouldNotBeAskedMakesTheAuditIncomplete() throws IOException {
    InProcess run =
        earshot(
            "report",
            saved("broken", "sh: 1: cat: not found", 127).toString(),
            "--config",
            POLICY.toString(),
            "--report",
            "json");

    assertThat(verdicts(run)).contains("custom.swappiness/db1 unknown low");
    assertThat(json(run).at("/troubles").valueStream().map(JsonNode::toString))
        .anySatisfy(trouble ->
            assertThat(trouble)
                .contains("\"custom.swappiness\"")
                .contains("the command could not be run: sh: 1: cat: not found"));
  }

  @Test
  void driftComparesThem() throws IOException {
    Path before = saved("before", "10", 0);
    Path after = saved("after", "60", 0);

    InProcess drift =
        earshot(
            "drift",
            "--no-history",
            "--config",
            POLICY.toString(),
            "--baseline",
            before.toString(),
            "--evidence",
            after.toString());

    assertThat(drift.out())
        .contains("new        low: db1: result.stdout | int <= 10 does not hold: it printed 60");
    assertThat(drift.exit()).isEqualTo(4);
  }

  /// What the admin wrote, too, names hosts.
  @Test
  void anonymousReportsNameNobodyInThem() throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("earshot.yml"),
            Files.readString(POLICY)
                .replace("title: Only postgres", "title: On db1, only postgres")
                .replace("why: An application", "why: db1 is ours. An application")
                .replace("remedy: ALTER", "remedy: On db1, ALTER"));
    for (ReportFormat format : ReportFormat.values()) {
      String text =
          report("--config", policy.toString(), "--anonymise", "--report", format.label(), "-v")
              .out();
      assertThat(text).doesNotContainPattern("(?<![\\w.])(db1|backend1)(?!\\w)");
    }
    assertThat(verdicts(report("--anonymise", "--report", "json")))
        .extracting(verdict -> verdict.replaceFirst("/\\S+", ""))
        .containsExactlyInAnyOrderElementsOf(
            verdicts(report("--report", "json")).stream()
                .map(verdict -> verdict.replaceFirst("/\\S+", ""))
                .toList());
  }

  @Test
  void theCatalogueListsAndExplainsThem() {
    assertThat(earshot("checks", "--config", POLICY.toString()).out())
        .contains("custom.superusers              high      Only postgres may do everything\n");
    assertThat(earshot("checks", "--config", POLICY.toString(), "custom.sup").out())
        .contains("custom.superusers (severity: up to high)")
        .contains("rows | map(attribute='role') | list == ['postgres']");
    assertThat(earshot("checks").out()).doesNotContain("custom.");
  }

  @Test
  void whatTheyRunIsInTheTrustDocument() {
    String all = earshot("probes", "--config", POLICY.toString()).out();
    String program = earshot("probes", "--config", POLICY.toString(), "--program").out();

    assertThat(all).contains("custom.swappiness\n").contains("cat /proc/sys/vm/swappiness");
    assertThat(program.lines().filter(line -> line.startsWith("ask_within custom."))).hasSize(3);
  }

  private Path saved(String name, String said, int status) throws IOException {
    FleetRecording sample = RecordingStore.load(RECORDED);
    Answer answer =
        new Answer(
            CommandResult.of(
                "%s\n\n@ended  %d \n"
                    .formatted(status == 0 ? said : "", status)
                    .replace("@ended  ", "@ended %s ".formatted(status == 0 ? "" : said))),
            0);
    List<HostRecording> hosts =
        sample.hosts().stream()
            .map(host -> {
              Map<Question, Answer> answers = new HashMap<>(host.answers());
              answers.computeIfPresent(
                  new Question("custom.swappiness", Moment.ONCE), (_, _) -> answer);
              return new HostRecording(
                  host.host(), host.unreachable(), host.interrupted(), answers);
            })
            .toList();
    Path file = folder.resolve(name + ".zip");
    RecordingStore.save(
        new FleetRecording(sample.takenAt(), sample.window(), sample.version(), hosts), file);
    return file;
  }

  private static List<String> verdicts(InProcess run) {
    return json(run)
        .at("/findings")
        .valueStream()
        .filter(finding -> finding.path("check").asString().startsWith("custom."))
        .map(finding ->
            "%s %s %s"
                .formatted(
                    finding.path("key").asString(),
                    finding.path("verdict").asString(),
                    finding.path("severity").asString()))
        .toList();
  }

  private static JsonNode json(InProcess run) {
    assertThat(run.out()).as(run.err()).startsWith("{");
    return new JsonMapper().readTree(run.out());
  }

  /// A real host: this machine, by its own shell.
  @Test
  void anAuditAsksTheHostsThatItIsFor() throws IOException {
    Path hosts =
        Files.writeString(
            folder.resolve("hosts.yml"),
            """
            all:
              vars: {ansible_connection: local}
              children:
                asked: {hosts: {here: {}}}
                spared: {hosts: {there: {}}}
            """);
    Files.writeString(
        folder.resolve("earshot.yml"),
        """
        checks:
          - {id: says, title: t, hosts: asked, command: "echo password=hunter2; echo 42", that: "'42' in result.stdout_lines", severity: low, why: w}
          - {id: fails, title: t, hosts: asked, command: "echo no >&2; exit 4", that: result.rc == 0, severity: low, why: w}
          - {id: nowhere, title: t, hosts: web, command: "true", that: "true", severity: low, why: w}
        """);
    Path saved = folder.resolve("audit.zip");

    InProcess run =
        earshot(
            "audit",
            "-i",
            hosts.toString(),
            "--no-history",
            "--window",
            "1s",
            "-q",
            "--save",
            saved.toString(),
            "--report",
            "json");

    assertThat(verdicts(run))
        .containsExactlyInAnyOrder(
            "custom.says/here pass low",
            "custom.fails/here fail low",
            "custom.nowhere/custom.nowhere unknown low");
    assertThat(run.err()).contains("earshot.yml:4: no host or group matches web");
    assertThat(run.out()).doesNotContain("hunter2");
    List<HostRecording> kept = RecordingStore.load(saved).hosts();
    assertThat(custom(kept.getFirst())).containsExactlyInAnyOrder("custom.says", "custom.fails");
    assertThat(custom(kept.getLast())).isEmpty();
    assertThat(kept.getFirst().answers().values().toString()).doesNotContain("hunter2");
  }

  /// It is stopped after its ten seconds, with all that it started, and what comes after it is
  /// asked.
  @Test
  @Timeout(60)
  void aCommandThatDoesNotEndIsStoppedAndIsUnknown() throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "here ansible_connection=local\n");
    Path left = folder.resolve("left");
    Files.writeString(
        folder.resolve("earshot.yml"),
        """
        checks:
          - {id: hangs, title: t, hosts: all, command: "echo begun; (sleep 13; touch %s) & sleep 300", that: "'begun' in result.stdout", severity: low, why: w}
          - {id: next, title: t, hosts: all, command: echo 42, that: result.stdout == '42', severity: low, why: w}
        """
            .formatted(left));
    long began = System.nanoTime();

    InProcess run =
        earshot(
            "audit",
            "-i",
            hosts.toString(),
            "--no-history",
            "--window",
            "1s",
            "-q",
            "--report",
            "json");

    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(40));
    assertThat(verdicts(run))
        .containsExactlyInAnyOrder("custom.hangs/here unknown low", "custom.next/here pass low");
    assertThat(
            json(run)
                .at("/findings")
                .valueStream()
                .filter(finding -> finding.path("check").asString().equals("custom.hangs"))
                .map(finding -> finding.path("because").asString()))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("10 s");
    await(Duration.ofSeconds(4));
    assertThat(left).doesNotExist();
  }

  private static void await(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  private static List<String> custom(HostRecording host) {
    return host.answers().keySet().stream()
        .map(Question::probe)
        .filter(id -> id.startsWith("custom."))
        .toList();
  }
}
