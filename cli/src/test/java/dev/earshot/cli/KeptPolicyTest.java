package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.recording.Judging;
import dev.earshot.recording.PolicyText;
import dev.earshot.recording.RecordingStore;
import dev.earshot.report.format.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `earshot.yml` said is kept with the evidence that it judged.
class KeptPolicyTest {

  private static final String WAIVED =
      """
      fail_on: critical
      roles:
        db1: database
      thresholds:
        colocation.app-database:
          acceptable: 3ms
      waivers:
        - check: colocation.app-database
          from: backend1
          to: db1
          reason: moves in January
          owner: ops@example.org
          expires: 2099-12-31
      """;

  private static final String CHECK =
      """
      checks:
        - id: swappiness
          title: The kernel rarely swaps
          hosts: databases
          command: cat /proc/sys/vm/swappiness
          that: result.stdout | int <= 10
          severity: low
          why: It costs a read.
      """;

  private static final String TASKS =
      """
          remedy:
            - name: Swap late
              ansible.posix.sysctl: {name: vm.swappiness, value: "10"}
      """;

  @TempDir Path folder;

  private Path saved = Path.of("");

  @BeforeEach
  void name() {
    saved = folder.resolve("audit.zip");
  }

  /// On a machine that has neither the file nor the inventory.
  @Test
  void aReportOfWhatWasSavedIsTheSameWithoutTheFile() throws IOException {
    Path policy = policy(WAIVED + CHECK);
    InProcess audit = audit(policy, everyReport("first"));
    Files.delete(policy);
    InProcess report =
        earshot(arguments(List.of("report", saved.toString()), everyReport("again")));

    assertThat(report.err()).isEmpty();
    assertThat(report.exit()).isEqualTo(audit.exit());
    for (ReportFormat format : ReportFormat.values()) {
      assertThat(folder.resolve("again." + format.label()))
          .hasSameBinaryContentAs(folder.resolve("first." + format.label()));
    }
    assertThat(Files.readString(folder.resolve("again.json")))
        .contains("moves in January", "custom.swappiness/db1", "\"file\": \"ours.yml\"");
  }

  @Test
  void anotherFileHoldsInItsPlaceAndAnEmptyOneDropsIt() throws IOException {
    audit(policy(WAIVED), List.of());
    Path other = Files.writeString(folder.resolve("other.yml"), "");

    assertThat(earshot("report", saved.toString()).out()).contains("moves in January");
    assertThat(earshot("report", saved.toString(), "--config", other.toString()).out())
        .doesNotContain("moves in January");
  }

  /// As one by another version of Earshot may be.
  @Test
  void whoseIsNoPolicyToThisEarshotLearnsHowToReportAllTheSame() throws IOException {
    audit(policy(WAIVED), List.of());
    Judging judging = RecordingStore.open(saved).judging();
    RecordingStore.save(
        RecordingStore.load(saved),
        judging.declared(Optional.of(new PolicyText("ours.yml", "newer: 1\n", true))),
        saved);

    InProcess refused = earshot("report", saved.toString());
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("ours.yml:1", "--config FILE names another one in its place");
    Path none = Files.writeString(folder.resolve("none.yml"), "");
    assertThat(earshot("report", saved.toString(), "--config", none.toString()).exit())
        .isIn(0, 1, 3);
  }

  @Test
  void itIsKeptWithoutWhatLooksLikeASecret() throws IOException {
    audit(policy(WAIVED.replace("moves in January", "password=hunter2 is known")), List.of());

    assertThat(kept())
        .hasValueSatisfying(
            policy -> assertThat(policy.yaml()).contains("reason: password=(withheld) is known"));
    assertThat(earshot("report", saved.toString()).exit()).isIn(0, 1, 3);
  }

  @Test
  void whatIsNoPolicyWithoutItsSecretsIsNotKept() throws IOException {
    InProcess audit =
        audit(policy("fail_on: low # password=\nwindow: 2s\n".replace("=\n", "=\\\n")), List.of());

    assertThat(audit.exit()).isIn(0, 1, 3);
    assertThat(kept().map(PolicyText::yaml).orElse("")).doesNotContain("\\");
  }

  @Test
  void anAnonymousAuditKeepsNone() throws IOException {
    audit(policy(WAIVED), List.of("--anonymise"));

    assertThat(kept()).isEmpty();
  }

  @Test
  void whoWantsTheReportAloneGetsIt() throws IOException {
    audit(policy("roles:\n  nobody: database\n"), List.of());

    InProcess report = earshot("report", saved.toString());
    assertThat(report.err()).contains("no host or group matches nobody");
    assertThat(earshot("report", saved.toString(), "-q"))
        .isEqualTo(new InProcess(report.exit(), report.out(), ""));
  }

  /// A playbook is there to be run.
  @Test
  void tasksOutOfEvidenceDoNotGetIntoAPlaybook() throws IOException {
    Path policy = policy(CHECK + TASKS);
    audit(policy, List.of());

    InProcess refused = earshot("report", saved.toString(), "--report", "playbook");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("tasks that whoever wrote").contains("--config");
    assertThat(refused.out()).isEmpty();
    assertThat(
            earshot(
                    "report",
                    saved.toString(),
                    "--report",
                    "playbook",
                    "--config",
                    policy.toString())
                .exit())
        .isIn(0, 1, 3);
  }

  @Test
  void aPlanObeysIt() throws IOException {
    audit(policy("ignored_flows:\n  - {from: backend1, reason: it is off}\n"), List.of());

    List<String> plan =
        List.of("plan", "--evidence", saved.toString(), "--move", "backend1=backend2");
    String kept = earshot(arguments(plan, List.of())).out();
    Path none = Files.writeString(folder.resolve("none.yml"), "");
    String without = earshot(arguments(plan, List.of("--config", none.toString()))).out();

    assertThat(kept).isNotEqualTo(without);
  }

  private Path policy(String text) throws IOException {
    return Files.writeString(folder.resolve("ours.yml"), text);
  }

  private Optional<PolicyText> kept() {
    return RecordingStore.open(saved).judging().policy();
  }

  private InProcess audit(Path policy, List<String> more) {
    return earshot(
        arguments(
            List.of("demo", "-q", "--config", policy.toString(), "--save", saved.toString()),
            more));
  }

  private List<String> everyReport(String name) {
    return Stream.of(ReportFormat.values())
        .flatMap(format ->
            Stream.of(
                "--report",
                "%s=%s".formatted(format.label(), folder.resolve(name + "." + format.label()))))
        .toList();
  }

  private static String[] arguments(List<String> first, List<String> more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(more);
    return all.toArray(String[]::new);
  }

  private InProcess earshot(String... arguments) {
    return InProcess.run(Map.of(), Path.of(""), folder, arguments);
  }
}
