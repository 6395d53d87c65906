package dev.earshot.report.playbook;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.AuditReport.WaiverRow;
import dev.earshot.report.PlanReport;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/// One Ansible playbook with the plays of all failures that have one, host by host; what only
/// people can mend is in its comments. Plays that verify come last, so that they see what the
/// others mended.
///
/// What fails keeps no other remedy from being tried: hosts that can't be reached are left out by
/// the first play, what fails later, and hosts that are lost later, are remembered, and the last
/// play fails for them.
public final class PlaybookRenderer implements Renderer {

  /// A playbook has to have a play.
  private static final String NOTHING =
      """

      - name: Nothing that a playbook can mend
        hosts: localhost
        gather_facts: false
        tasks: []
      """;

  @Override
  public void render(AuditReport given, RenderOptions options, Appendable out) throws IOException {
    AuditReport report = Harmless.report(given);
    List<String> hosts = report.hosts().stream().map(HostRow::name).toList();
    write(report.takenAt(), report.earshotVersion(), sorted(report.findings(), hosts), out);
  }

  /// The same of what stands in a move's way.
  public void render(PlanReport given, Appendable out) throws IOException {
    PlanReport report = Harmless.plan(given);
    write(report.takenAt(), report.earshotVersion(), report.findings(), out);
  }

  private static void write(
      String takenAt, String version, List<FindingRow> findings, Appendable out)
      throws IOException {
    out.append(head(takenAt, version));
    List<FindingRow> failed =
        findings.stream()
            .filter(finding -> finding.failed() && finding.remedy().isPresent())
            .toList();
    List<Step> steps = steps(failed);
    String hosts =
        steps.stream()
            .flatMap(step -> step.hosts().stream())
            .distinct()
            .collect(Collectors.joining(", "));
    out.append(steps.isEmpty() ? NOTHING : before(hosts));
    for (boolean verifying : List.of(false, true)) {
      for (Step step : steps) {
        if (step.verifies() == verifying) {
          out.append("\n").append(step.text());
        }
      }
    }
    out.append(steps.isEmpty() ? "" : after(hosts));
    List<FindingRow> byPeople = failed.stream().filter(finding -> play(finding).isEmpty()).toList();
    if (!byPeople.isEmpty()) {
      out.append("\n# By people:\n");
      for (FindingRow finding : byPeople) {
        out.append(
            "# - %s: %s. %s\n"
                .formatted(finding.check(), finding.because(), Step.summary(finding)));
      }
    }
    List<FindingRow> waived =
        findings.stream().filter(finding -> finding.waiver().isPresent()).toList();
    if (!waived.isEmpty()) {
      out.append("\n# Waived, and left alone:\n");
      for (FindingRow finding : waived) {
        out.append(
            "# - %s: %s; %s\n"
                .formatted(
                    finding.check(),
                    finding.because(),
                    finding.waiver().map(WaiverRow::told).orElse("")));
      }
    }
  }

  private static String head(String takenAt, String version) {
    return """
    ---
    # What would mend the findings of %s, by Earshot %s. Read it first, then:
    #   ansible-playbook -i INVENTORY THIS-FILE --check --diff
    #   ansible-playbook -i INVENTORY THIS-FILE
    # A check's id is a tag (--tags postgres.jit). Steps that interrupt, delete or make less durable
    # are skipped without: -e earshot_allow_disruption=true
    # A remedy that fails keeps no other from being tried; the last play names it, and fails.
    """
        .formatted(takenAt, version);
  }

  private static String before(String hosts) {
    return """

    - name: Leave out hosts that can't be reached
      hosts: [%s]
      tags: [always]
      gather_facts: false
      tasks:
        - name: Reach the host
          ansible.builtin.ping:
    """
        .formatted(hosts);
  }

  private static String after(String hosts) {
    return """

    - name: Tell which remedies failed
      hosts: [%s]
      tags: [always]
      gather_facts: false
      tasks:
        - name: All of this host's remedies worked
          ansible.builtin.assert:
            that: earshot_failed is not defined
            fail_msg: "Failed, see above: {{ earshot_failed | default([]) | join('; ') }}"
            quiet: true
    """
        .formatted(hosts);
  }

  private static List<Step> steps(List<FindingRow> failed) {
    Map<String, List<FindingRow>> plays = new LinkedHashMap<>();
    for (FindingRow finding : failed) {
      if (!play(finding).isEmpty()) {
        plays.computeIfAbsent(play(finding), _ -> new ArrayList<>()).add(finding);
      }
    }
    List<Step> steps = new ArrayList<>();
    plays.forEach((play, findings) -> steps.add(new Step(steps.size() + 1, play, findings)));
    return steps;
  }

  private static String play(FindingRow finding) {
    return finding.remedy().map(RemedyRow::playbook).orElse("");
  }

  /// Host by host, as they were; findings about none of them last.
  private static List<FindingRow> sorted(List<FindingRow> findings, List<String> hosts) {
    Map<String, Integer> places = new LinkedHashMap<>();
    hosts.forEach(host -> places.putIfAbsent(host, places.size()));
    ToIntFunction<FindingRow> place =
        finding ->
            finding.subject().hosts().stream()
                .findFirst()
                .map(host -> places.getOrDefault(host, places.size()))
                .orElse(places.size());
    return findings.stream().sorted(Comparator.comparingInt(place)).toList();
  }
}
