package dev.earshot.report.playbook;

import dev.earshot.evidence.CustomQuestion;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.layout.Plays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A finding's play, with what it answers above it and the check's id as its tag. Its tasks stand
/// in a block whose failure is remembered: Ansible ends the whole playbook where all hosts of a
/// play have failed or are lost, and most plays here have one. No block rescues from a host's loss:
/// it is ignored, and the block fails for it at its end, before handlers act and after.
///
/// @param number in the playbook, from 1 on
/// @param play at the margin, of one or more plays
/// @param findings that it mends; several where they have the same remedy
record Step(int number, String play, List<FindingRow> findings) {

  /// Between plays.
  private static final Pattern PLAY = Pattern.compile("(?m)^(?=- )");

  private static final String TAGS = "  tags: [";

  private static final String TASKS = "  tasks:";

  private static final String HANDLERS = "  handlers:";

  /// Handlers run before the block ends, so that their failures are remembered, too.
  private static final String FLUSH =
      """
              - name: Let the handlers act
                ansible.builtin.meta: flush_handlers
      """;

  private static final String RESCUE =
      """
            rescue:
              - name: Go on with the other remedies
                ansible.builtin.set_fact:
                  earshot_failed: "{{ earshot_failed | default([]) + [ansible_play_name] }}"
      """;

  private static final String ASSERTION = "ansible.builtin.assert:";

  Step {
    findings = List.copyOf(findings);
  }

  /// Whether it fails as long as the finding is there.
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
    return said + rescued(new Plays(play).below("tags: [%s]".formatted(tags)).text());
  }

  /// The hosts of its plays, each as a YAML scalar.
  List<String> hosts() {
    return new Plays(play).hosts();
  }

  /// The same plays with their tasks in blocks.
  private String rescued(String plays) {
    return PLAY.splitAsStream(plays)
        .map(each -> rescued(results(each.lines().toList())))
        .collect(Collectors.joining());
  }

  /// A user's own tasks may rely on those before them, and are left as they are.
  private Results results(List<String> lines) {
    return isCustom() ? Results.none(lines) : Results.of(lines, "earshot_%d_".formatted(number));
  }

  private boolean isCustom() {
    return findings.stream().anyMatch(finding -> finding.check().startsWith(CustomQuestion.PREFIX));
  }

  private static String rescued(Results results) {
    List<String> lines = results.lines();
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < lines.size(); at++) {
      text.append(lines.get(at)).append("\n");
      if (results.whole() && lines.get(at).startsWith(TAGS)) {
        text.append("  ignore_unreachable: true\n");
      }
      if (lines.get(at).equals(TASKS)) {
        int end = end(lines, at + 1);
        text.append("    - block:\n");
        for (String task : lines.subList(at + 1, end)) {
          text.append(task.isEmpty() ? "" : "    " + task).append("\n");
        }
        boolean handled = end < lines.size() && lines.get(end).equals(HANDLERS);
        String reached = results.whole() ? results.reached() : "";
        text.append(reached);
        text.append(handled ? FLUSH + reached : "").append(RESCUE);
        at = end - 1;
      }
    }
    return text.toString();
  }

  /// Where the tasks that begin here end: at another key of the play's, or at another play.
  private static int end(List<String> lines, int begin) {
    int end = begin;
    while (end < lines.size() && (lines.get(end).isEmpty() || lines.get(end).startsWith("   "))) {
      end++;
    }
    return end;
  }

  static String summary(FindingRow finding) {
    return finding.remedy().orElseThrow().summary();
  }
}
