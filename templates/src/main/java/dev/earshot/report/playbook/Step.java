package dev.earshot.report.playbook;

import dev.earshot.report.AuditReport.FindingRow;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A finding's play, with what it answers above it and the check's id as its tag.
///
/// @param play at the margin, of one or more plays
/// @param findings that it mends; several where they have the same remedy
record Step(String play, List<FindingRow> findings) {

  /// How the plays of remedies begin; what stands behind is quoted, so that no name has such a
  /// line.
  private static final Pattern HOSTS = Pattern.compile("(?m)^ {2}hosts: .*$");

  private static final String ASSERTION = "ansible.builtin.assert:";

  Step {
    findings = List.copyOf(findings);
  }

  /// Whether it fails as long as the finding is there: Ansible takes such a host out of all that
  /// follows.
  boolean verifies() {
    return play.contains(ASSERTION);
  }

  String text() {
    String said =
        findings.stream()
            .map(finding ->
                "# %s: %s\n# %s\n".formatted(finding.check(), finding.because(), summary(finding)))
            .collect(Collectors.joining());
    String tags =
        findings.stream().map(FindingRow::check).distinct().collect(Collectors.joining(", "));
    return said + HOSTS.matcher(play).replaceAll(hosts -> quoted(hosts.group(), tags));
  }

  static String summary(FindingRow finding) {
    return finding.remedy().orElseThrow().summary();
  }

  private static String quoted(String hosts, String tags) {
    return Matcher.quoteReplacement("%s\n  tags: [%s]".formatted(hosts, tags));
  }
}
