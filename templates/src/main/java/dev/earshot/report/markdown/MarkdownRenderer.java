package dev.earshot.report.markdown;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.SiteRow;
import dev.earshot.report.layout.ContainerTable;
import dev.earshot.report.layout.Counts;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.Findings;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.Outcome;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import dev.earshot.report.layout.RttGrid;
import dev.earshot.report.layout.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A report as Markdown. Complete whatever the options, unless its size is bounded: details fold
/// away instead.
public final class MarkdownRenderer implements Renderer {

  private final Flavour flavour;

  public MarkdownRenderer(Flavour flavour) {
    this.flavour = flavour;
  }

  @Override
  public void render(AuditReport given, RenderOptions options, Appendable out) throws IOException {
    AuditReport report = Harmless.report(given);
    Findings findings = Findings.of(report);
    RttGrid grid = RttGrid.of(report);
    ContainerTable containers = ContainerTable.of(report);
    Map<String, Object> values = new HashMap<>();
    values.put("flavour", flavour);
    values.put("report", report);
    values.put("alert", alert(report));
    values.put("verdict", verdict(report));
    values.put("counts", Counts.of(report.summary()));
    values.put("window", Figures.seconds(report.windowSeconds()));
    FleetTables.grid(grid).ifPresent(table -> values.put("grid", table));
    FleetTables.pairs(grid).ifPresent(table -> values.put("pairs", table));
    values.put("leftOut", grid.leftOut());
    values.put("sites", sites(report));
    values.put("hosts", FleetTables.hosts(report));
    values.put("containers", FleetTables.containers(containers));
    values.put("containersLeftOut", containers.leftOut());
    values.put("containerCount", ContainerTable.counted(report));
    values.put("budgets", report.budgets().stream().map(BudgetSection::of).toList());
    values.put("findings", findings);
    values.put("open", FleetTables.doubts(findings.open()));
    values.put("unasked", FleetTables.doubts(findings.unasked()));
    values.put("waived", FleetTables.waived(findings.waived()));
    values.put("passed", FleetTables.findings(findings.passed()));
    values.put("notApplicable", FleetTables.findings(findings.notApplicable()));
    values.put("gaps", FleetTables.gaps(report));
    List<FailureSection> failures = FailureSection.of(findings.failed());
    Set<Part> present = present(report, findings, failures, grid);
    if (options.maxSize().isEmpty()) {
      out.append(page(values, present, failures, Abridgement.NONE, 0));
      return;
    }
    int most = options.maxSize().getAsInt();
    List<Abridgement> abridgements = Abridgement.of(present, failures.size());
    int least = 0;
    int enough = abridgements.size() - 1;
    while (least < enough) {
      int middle = (least + enough) / 2;
      String page = page(values, present, failures, abridgements.get(middle), most);
      if (page.getBytes(StandardCharsets.UTF_8).length <= most) {
        enough = middle;
      } else {
        least = middle + 1;
      }
    }
    out.append(page(values, present, failures, abridgements.get(least), most));
  }

  private static String page(
      Map<String, Object> values,
      Set<Part> present,
      List<FailureSection> failures,
      Abridgement abridged,
      int most)
      throws IOException {
    Map<String, Object> all = new HashMap<>(values);
    all.put(
        "shown",
        present.stream().filter(part -> !abridged.leavesOut(part)).map(Part::name).toList());
    all.put(
        "failures",
        failures.stream()
            .limit(failures.size() - abridged.findings())
            .map(failure -> failure.without(abridged))
            .toList());
    all.put("abridged", abridged.told(most));
    StringBuilder page = new StringBuilder();
    Templates.MARKDOWN.render(all, page);
    return page.toString();
  }

  /// The parts that there is something to say in.
  private static Set<Part> present(
      AuditReport report, Findings findings, List<FailureSection> failures, RttGrid grid) {
    return Stream.of(Part.values())
        .filter(part ->
            switch (part) {
              case NOT_APPLICABLE -> !findings.notApplicable().isEmpty();
              case CONTAINERS -> !report.containers().isEmpty();
              case PASSED -> !findings.passed().isEmpty();
              case UNASKED -> !findings.unasked().isEmpty();
              case PLAYBOOKS -> failures.stream().anyMatch(one -> one.playbook().isPresent());
              case EVIDENCE -> failures.stream().anyMatch(FailureSection::hasEvidence);
              case OPEN -> !findings.open().isEmpty();
              case GAPS -> !report.troubles().isEmpty();
              case WAIVED -> !findings.waived().isEmpty();
              case SITES -> !report.sites().isEmpty();
              case HOSTS -> !report.hosts().isEmpty();
              case ROUND_TRIPS -> !grid.rows().isEmpty() || !grid.leftOut().isEmpty();
              case BUDGETS -> !report.budgets().isEmpty();
              case HEADLINE -> true;
            })
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
  }

  private static String alert(AuditReport report) {
    return switch (Outcome.of(report)) {
      case FAIL -> report.summary().critical() > 0 ? "CAUTION" : "WARNING";
      case MEDIUM, INCOMPLETE -> "IMPORTANT";
      case LOW, INFO, PASS -> "NOTE";
    };
  }

  private static String verdict(AuditReport report) {
    Outcome outcome = Outcome.of(report);
    return switch (outcome) {
      case FAIL -> "Failed";
      case MEDIUM, LOW, INFO -> outcome.word() + " at worst";
      case INCOMPLETE -> "Incomplete";
      case PASS -> "Passed";
    };
  }

  private static Markdown sites(AuditReport report) {
    return Table.of(
        List.of("Site", "Hosts"),
        report.sites().stream()
            .map((SiteRow site) -> List.of(site.name(), String.join(", ", site.hosts())))
            .toList());
  }

  /// Made at first use: other formats do without.
  private static final class Templates {
    static final Template MARKDOWN =
        new Template(MarkdownRenderer.class, "markdown.ftl", MarkdownEscaping.INSTANCE);
  }
}
