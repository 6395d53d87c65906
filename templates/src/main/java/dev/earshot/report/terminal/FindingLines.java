package dev.earshot.report.terminal;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.BudgetRow;
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
import java.util.Optional;
import java.util.stream.Collectors;

/// Findings, and what could not be found out.
final class FindingLines {

  /// Failures of one check, after which what to do is as before.
  private static final int WITH_REMEDY = 3;

  /// Failures of one check, beyond which a screen shows no more of them.
  private static final int MOST_TOLD = 10;

  private static final int MOST_OPEN = 5;

  private final Page page;

  FindingLines(Page page) {
    this.page = page;
  }

  /// Worst first. Hosts of which the same is told are told together, and why it matters once.
  List<List<String>> failures(List<FindingRow> failed) {
    if (page.options().verbose()) {
      return Alike.singly(failed).stream().map(this::inFull).toList();
    }
    List<Alike> all = Alike.of(failed);
    Map<String, List<Alike>> byCheck =
        all.stream().collect(Collectors.groupingBy(alike -> alike.first().check()));
    Map<String, Integer> told = new HashMap<>();
    return all.stream()
        .flatMap(alike -> {
          String check = alike.first().check();
          int before = told.merge(check, 1, Integer::sum) - 1;
          return block(alike, before, byCheck.getOrDefault(check, List.of())).stream();
        })
        .toList();
  }

  /// @param before failures of the check that were told already
  /// @param all of the check
  private Optional<List<String>> block(Alike alike, int before, List<Alike> all) {
    if (before == 0) {
      return Optional.of(inFull(alike));
    } else if (before < MOST_TOLD) {
      return Optional.of(inBrief(alike, all.getFirst().first(), before < WITH_REMEDY));
    }
    return before == MOST_TOLD
        ? Optional.of(notTold(all.subList(MOST_TOLD, all.size())))
        : Optional.empty();
  }

  private List<String> notTold(List<Alike> more) {
    FindingRow finding = more.getFirst().first();
    return page.labelled(
        "",
        Style.PLAIN,
        "and %d more failures of %s: -v lists them, and the other formats have them"
            .formatted(
                more.stream().mapToInt(alike -> alike.findings().size()).sum(), finding.check()),
        Style.FAINT);
  }

  private List<String> inFull(Alike alike) {
    FindingRow finding = alike.first();
    List<String> lines = new ArrayList<>(heading(alike));
    lines.addAll(page.labelled("", Style.PLAIN, Findings.because(finding), Style.PLAIN));
    lines.addAll(page.labelled("why", Style.FAINT, finding.why(), Style.PLAIN));
    finding.remedy().ifPresent(remedy -> lines.addAll(remedy(remedy, alike)));
    lines.addAll(
        page.labelled(
            "rule",
            Style.FAINT,
            finding.check() + ": " + finding.title() + alike.locations(),
            Style.FAINT));
    return lines;
  }

  /// @param told the check's first failure, in full
  /// @param withRemedy whether to say what is to be done, where it is something else
  private List<String> inBrief(Alike alike, FindingRow told, boolean withRemedy) {
    FindingRow finding = alike.first();
    Optional<String> mend =
        finding
            .remedy()
            .map(RemedyRow::summary)
            .filter(_ -> withRemedy)
            .filter(summary ->
                told.remedy().filter(other -> other.summary().equals(summary)).isEmpty());
    List<String> lines = new ArrayList<>(heading(alike));
    lines.addAll(page.labelled("", Style.PLAIN, Findings.because(finding), Style.PLAIN));
    mend.ifPresent(summary -> lines.addAll(page.labelled("do", Style.FAINT, summary, Style.PLAIN)));
    lines.addAll(
        page.labelled(
            "rule",
            Style.FAINT,
            "%s%s · %s"
                .formatted(
                    finding.check(),
                    alike.locations(),
                    mend.isPresent() ? "more with -v" : "what to do: like above, or with -v"),
            Style.FAINT));
    return lines;
  }

  private List<String> heading(Alike alike) {
    String severity = alike.first().severity();
    return page.labelled(
        severity.toUpperCase(Locale.ROOT),
        Style.ofSeverity(severity),
        alike.subjects(),
        Style.HEADING);
  }

  private List<String> remedy(RemedyRow remedy, Alike alike) {
    List<String> lines =
        new ArrayList<>(page.labelled("do", Style.FAINT, alike.remedy(remedy), Style.PLAIN));
    String label = "by hand";
    for (String command : remedy.commands()) {
      lines.addAll(page.command(label, command));
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
              "%s about hosts that did not answer: %s (-v lists them)"
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
