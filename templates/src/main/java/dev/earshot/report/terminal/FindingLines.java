package dev.earshot.report.terminal;

import dev.earshot.report.AuditReport.BudgetRow;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.layout.Doubt;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.Findings;
import dev.earshot.report.layout.Gap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Findings, and what could not be found out.
final class FindingLines {

  private static final int IN_FULL = 3;
  private static final int MOST_OPEN = 5;

  private final Page page;

  FindingLines(Page page) {
    this.page = page;
  }

  /// Worst first. Where many hosts fail the same check, the first ones stand for all.
  List<List<String>> failures(List<FindingRow> failed) {
    Map<String, Integer> seen = new HashMap<>();
    return failed.stream()
        .map(finding ->
            seen.merge(finding.check(), 1, Integer::sum) <= IN_FULL || page.options().verbose()
                ? inFull(finding)
                : inBrief(finding))
        .toList();
  }

  private List<String> inFull(FindingRow finding) {
    List<String> lines = new ArrayList<>(heading(finding));
    lines.addAll(page.labelled("", Style.PLAIN, Findings.because(finding), Style.PLAIN));
    lines.addAll(page.labelled("why", Style.FAINT, finding.why(), Style.PLAIN));
    finding.remedy().ifPresent(remedy -> lines.addAll(remedy(remedy)));
    lines.addAll(page.labelled("rule", Style.FAINT, rule(finding), Style.FAINT));
    return lines;
  }

  private List<String> inBrief(FindingRow finding) {
    List<String> lines = new ArrayList<>(heading(finding));
    lines.addAll(page.labelled("", Style.PLAIN, Findings.because(finding), Style.PLAIN));
    lines.addAll(
        page.labelled(
            "rule",
            Style.FAINT,
            finding.check() + location(finding) + " · what to do: like above, or with -v",
            Style.FAINT));
    return lines;
  }

  private List<String> heading(FindingRow finding) {
    return page.labelled(
        finding.severity().toUpperCase(Locale.ROOT),
        Style.ofSeverity(finding.severity()),
        finding.subject().label(),
        Style.HEADING);
  }

  private List<String> remedy(RemedyRow remedy) {
    List<String> lines =
        new ArrayList<>(page.labelled("do", Style.FAINT, remedy.summary(), Style.PLAIN));
    String label = "by hand";
    for (String command : remedy.commands()) {
      lines.add(page.verbatim(label, command));
      label = "";
    }
    if (!remedy.playbook().isBlank()) {
      List<String> playbook = remedy.playbook().lines().toList();
      if (page.options().verbose()) {
        lines.add(page.verbatim("playbook", playbook.getFirst()));
        playbook.stream().skip(1).map(line -> page.verbatim("", line)).forEach(lines::add);
      } else {
        lines.addAll(
            page.labelled(
                "playbook",
                Style.FAINT,
                "an Ansible play of %d lines: shown with -v, and in the other formats"
                    .formatted(playbook.size()),
                Style.FAINT));
      }
    }
    return lines;
  }

  private static String rule(FindingRow finding) {
    return finding.check() + ": " + finding.title() + location(finding);
  }

  private static String location(FindingRow finding) {
    return finding.location().map(at -> " · %s:%d".formatted(at.file(), at.line())).orElse("");
  }

  /// What somebody answers for.
  List<String> waived(List<FindingRow> waived) {
    List<String> lines = new ArrayList<>();
    for (FindingRow finding : waived) {
      lines.addAll(
          page.labelled(
              finding.severity(),
              Style.FAINT,
              "%s (%s)".formatted(finding.because(), finding.check()),
              Style.PLAIN));
      finding
          .waiver()
          .ifPresent(
              waiver -> lines.addAll(page.labelled("", Style.PLAIN, waiver.told(), Style.FAINT)));
    }
    return lines;
  }

  /// What could not be judged, and why; what a path without a budget said already is left out.
  List<String> open(Findings findings, List<BudgetRow> budgets) {
    Map<String, List<Doubt>> alike =
        Doubt.of(
                findings.open().stream()
                    .filter(finding ->
                        budgets.stream()
                            .noneMatch(budget ->
                                budget.unknown().filter(finding.because()::equals).isPresent()))
                    .toList())
            .stream()
            .collect(Collectors.groupingBy(Doubt::brief, LinkedHashMap::new, Collectors.toList()));
    List<String> lines = new ArrayList<>();
    alike.forEach((checks, doubts) ->
        lines.addAll(
            page.first(MOST_OPEN, doubts.stream().map(this::unknown).toList(), "of " + checks)));
    List<FindingRow> unasked = findings.unasked();
    if (page.options().verbose()) {
      Doubt.of(unasked).forEach(doubt -> lines.addAll(unknown(doubt)));
    } else if (!unasked.isEmpty()) {
      lines.addAll(
          page.labelled(
              "unknown",
              Style.OPEN,
              "%s about hosts that were not reached: %s (-v lists them)"
                  .formatted(
                      Figures.count(unasked.size(), "question"),
                      String.join(", ", findings.unaskedHosts())),
              Style.PLAIN));
    }
    return lines;
  }

  private List<String> unknown(Doubt doubt) {
    String checks = page.options().verbose() ? doubt.inFull() : doubt.brief();
    return page.labelled("unknown", Style.OPEN, doubt.sentence(checks), Style.PLAIN);
  }

  /// What could not be asked, and what to allow.
  List<String> gaps(List<Gap> gaps) {
    List<String> lines = new ArrayList<>();
    for (Gap gap : gaps) {
      lines.addAll(page.paragraph(2, String.join(", ", gap.hosts()), Style.HEADING));
      lines.addAll(page.paragraph(4, gap.reason(), Style.PLAIN));
      if (!gap.probes().isEmpty()) {
        lines.addAll(
            page.paragraph(4, "not asked: " + String.join(", ", gap.probes()), Style.FAINT));
      }
    }
    return lines;
  }

  /// What is well, and what does not arise.
  List<String> rest(Findings findings) {
    if (!page.options().verbose()) {
      return page.paragraph(
          0,
          "%s, %d not applicable: -v lists them; --report json has everything."
              .formatted(
                  Figures.count(findings.passed().size(), "check") + " passed",
                  findings.notApplicable().size()),
          Style.FAINT);
    }
    List<String> lines = new ArrayList<>();
    for (FindingRow finding : findings.passed()) {
      lines.addAll(page.labelled("pass", Style.GOOD, brief(finding), Style.PLAIN));
    }
    for (FindingRow finding : findings.notApplicable()) {
      lines.addAll(page.labelled("n/a", Style.FAINT, brief(finding), Style.PLAIN));
    }
    return lines;
  }

  private static String brief(FindingRow finding) {
    return finding.check() + ": " + finding.because();
  }
}
