package dev.earshot.report.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostSubject;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.Rendered;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlaybookReportTest {

  @TempDir Path folder;

  static Set<String> cases() {
    return ReportCases.names();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ansibleReadsIt(String name) throws Exception {
    Played played = play(Rendered.of(name, ReportFormat.PLAYBOOK), "localhost,", "--syntax-check");

    assertThat(played.status()).as(played.said()).isZero();
  }

  @Test
  void whatFailsKeepsNoOtherRemedyFromBeingTriedAndIsToldAtTheEnd() throws Exception {
    String playbook =
        render(
            failure("a", "command: /bin/false"),
            failure("a", "command: /bin/true\n      notify: Act", "command: /bin/false"),
            failure("b", "command: echo of b"),
            failure("gone", "command: echo of gone"),
            failure("a", "command: /bin/echo\n      notify: Break"),
            failure("a", "command: echo of a"));

    Played played = play(playbook, inventory("a", "b", "gone"));

    assertThat(played.said())
        .contains("gone                       : ok=0    changed=0    unreachable=1")
        .containsPattern("TASK \\[echo of b\\] \\*+\\s+changed: \\[b\\]")
        .containsPattern("TASK \\[echo of a\\] \\*+\\s+changed: \\[a\\]")
        .doesNotContain("TASK [echo of gone]")
        .contains(
            "Failed, see above: Remedy of a: /bin/false; Remedy of a: /bin/true; Remedy of a: /bin/echo");
    assertThat(played.status()).isNotZero();
    assertThat(play(playbook, inventory("b"), "--limit", "b").status()).isZero();
    assertThat(play(playbook, inventory("a", "b"), "--limit", "a,b").status()).isNotZero();
  }

  @Test
  void aHostThatIsLostLaterKeepsNoOtherRemedyFromBeingTriedAndIsToldAtTheEnd() throws Exception {
    Path gone = folder.resolve("is-gone");
    String playbook =
        render(
            failure("a", "command: /bin/true", "command: touch " + gone, "command: echo of a"),
            failure("a", "command: echo again"),
            failure("b", "command: echo of b"));
    String hosts =
        """
        a ansible_host=127.0.0.1 ansible_port=1 ansible_connection="{{ 'ssh' if '%s' is exists else 'local' }}"
        b ansible_connection=local
        """
            .formatted(gone);

    Played played = play(playbook, Files.writeString(folder.resolve("hosts"), hosts).toString());

    assertThat(played.said())
        .containsPattern("TASK \\[echo of b\\] \\*+\\s+changed: \\[b\\]")
        .contains("The host was lost in between")
        .contains("Failed, see above: Remedy of a: /bin/true; Remedy of a: echo again");
    assertThat(played.status()).isNotZero();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyFailureIsInItAsAPlayOrAComment(String name) throws IOException {
    String playbook = Rendered.of(name, ReportFormat.PLAYBOOK);

    assertThat(ReportCases.report(name).findings().stream().filter(FindingRow::failed))
        .allSatisfy(finding -> assertThat(playbook).contains(finding.check() + ": "));
    List<String> lines = playbook.lines().toList();
    assertThat(lines.stream().filter(line -> line.startsWith("  hosts: ")))
        .hasSameSizeAs(lines.stream().filter(line -> line.startsWith("- name: ")).toList());
    assertThat(lines.stream().filter(line -> line.equals("  gather_facts: false")))
        .as("gathering facts fails outside of what is rescued")
        .hasSameSizeAs(lines.stream().filter(line -> line.startsWith("- name: ")).toList());
    if (!playbook.contains("hosts: localhost")) {
      assertThat(lines.stream().filter(line -> line.startsWith("  tags: [")))
          .hasSameSizeAs(lines.stream().filter(line -> line.startsWith("- name: ")).toList());
    }
  }

  @Test
  void whatVerifiesComesAfterWhatMends() throws IOException {
    assertThat(Rendered.of("postmortem", ReportFormat.PLAYBOOK))
        .containsSubsequence("- name: Commits are durable", "- name: Backends run within 2 ms");
  }

  /// What Ansible ended with and printed.
  private record Played(int status, String said) {}

  private Played play(String playbook, String inventory, String... options) throws Exception {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "ansible-playbook"))),
        "ansible-playbook is missing: apt-get install ansible");
    Path file = Files.writeString(folder.resolve("fix.yml"), playbook);
    List<String> command =
        Stream.concat(
                Stream.of("ansible-playbook", "-i", inventory, file.toString()), Stream.of(options))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process ansible = builder.start();
    String said = new String(ansible.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Played(ansible.waitFor(), said);
  }

  /// All of this machine, but for one that nobody reaches.
  private String inventory(String... hosts) throws IOException {
    String lines =
        Stream.of(hosts)
            .map(host ->
                host.equals("gone")
                    ? "gone ansible_host=127.0.0.1 ansible_port=1\n"
                    : host + " ansible_connection=local\n")
            .collect(Collectors.joining());
    return Files.writeString(folder.resolve("hosts"), lines).toString();
  }

  private static FindingRow failure(String host, String... modules) {
    StringBuilder play =
        new StringBuilder(
            "- name: \"Remedy of %s: %s\"\n  hosts: \"%s\"\n  gather_facts: false\n  tasks:\n"
                .formatted(host, modules[0].lines().findFirst().orElse("").substring(9), host));
    for (String module : modules) {
      play.append("    - name: %s\n".formatted(module.lines().findFirst().orElse("").substring(9)))
          .append("      ansible.builtin.%s\n".formatted(module));
    }
    play.append(
        """
          handlers:
            - name: Act
              ansible.builtin.command: /bin/true
            - name: Break
              ansible.builtin.command: /bin/false
        """);
    return new FindingRow(
        "machine.test",
        "low",
        "fail",
        new HostSubject(host, host, Optional.empty()),
        "All is well",
        "it is not",
        "why",
        "machine.test/" + host + "/" + modules[0],
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(new RemedyRow("Mend it.", play.toString(), List.of())));
  }

  private static String render(FindingRow... findings) throws IOException {
    AuditReport some = ReportCases.report("all-good");
    AuditReport report =
        new AuditReport(
            some.schema(),
            some.takenAt(),
            some.windowSeconds(),
            some.earshotVersion(),
            some.profile(),
            some.declared(),
            "fail",
            some.headline(),
            some.summary(),
            some.hosts(),
            some.sites(),
            some.links(),
            some.pings(),
            some.flows(),
            some.containers(),
            some.budgets(),
            List.of(findings),
            some.troubles(),
            some.baseline());
    StringBuilder out = new StringBuilder();
    ReportFormat.PLAYBOOK.render(report, RenderOptions.plain(), out);
    return out.toString();
  }
}
