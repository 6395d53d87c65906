package dev.earshot.report.terminal;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.Findings;
import dev.earshot.report.layout.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Findings, and what could not be found out.
final class FindingLines {

  private final Page page;

  FindingLines(Page page) {
    this.page = page;
  }

  List<String> failure(FindingRow finding) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        page.labelled(
            finding.severity().toUpperCase(Locale.ROOT),
            Style.ofSeverity(finding.severity()),
            finding.subject().label(),
            Style.HEADING));
    lines.addAll(page.labelled("", Style.PLAIN, finding.because(), Style.PLAIN));
    lines.addAll(page.labelled("why", Style.FAINT, finding.why(), Style.PLAIN));
    finding.remedy().ifPresent(remedy -> lines.addAll(remedy(remedy)));
    lines.addAll(page.labelled("rule", Style.FAINT, rule(finding), Style.FAINT));
    return lines;
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
    return finding.check()
        + ": "
        + finding.title()
        + finding.location().map(at -> " · %s:%d".formatted(at.file(), at.line())).orElse("");
  }

  /// What could not be judged, and why.
  List<String> open(Findings findings) {
    List<String> lines = new ArrayList<>();
    for (FindingRow finding : findings.open()) {
      lines.addAll(page.labelled("unknown", Style.OPEN, brief(finding), Style.PLAIN));
    }
    if (!findings.unasked().isEmpty() && page.options().verbose()) {
      for (FindingRow finding : findings.unasked()) {
        lines.addAll(page.labelled("unknown", Style.OPEN, brief(finding), Style.PLAIN));
      }
    } else if (!findings.unasked().isEmpty()) {
      lines.addAll(
          page.labelled(
              "unknown",
              Style.OPEN,
              "%s about hosts that were not reached: %s (-v lists them)"
                  .formatted(
                      Figures.count(findings.unasked().size(), "question"),
                      String.join(", ", findings.unaskedHosts())),
              Style.PLAIN));
    }
    return lines;
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
