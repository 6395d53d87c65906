package dev.earshot.report.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.Rendered;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "ansible-playbook"))),
        "ansible-playbook is missing: apt-get install ansible");
    Path playbook =
        Files.writeString(folder.resolve("fix.yml"), Rendered.of(name, ReportFormat.PLAYBOOK));

    Process ansible =
        new ProcessBuilder(
                "ansible-playbook", "-i", "localhost,", "--syntax-check", playbook.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(ansible.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(ansible.waitFor()).as(said).isZero();
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
}
