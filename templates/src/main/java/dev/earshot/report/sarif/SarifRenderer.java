package dev.earshot.report.sarif;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.BaselineRow;
import dev.earshot.report.AuditReport.DeclaredRow;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.LocationRow;
import dev.earshot.report.AuditReport.TroubleRow;
import dev.earshot.report.AuditReport.WaiverRow;
import dev.earshot.report.json.JsonRenderer;
import dev.earshot.report.layout.Findings;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import dev.earshot.report.sarif.SarifLog.Base;
import dev.earshot.report.sarif.SarifLog.Configuration;
import dev.earshot.report.sarif.SarifLog.Driver;
import dev.earshot.report.sarif.SarifLog.Help;
import dev.earshot.report.sarif.SarifLog.Invocation;
import dev.earshot.report.sarif.SarifLog.Location;
import dev.earshot.report.sarif.SarifLog.LogicalLocation;
import dev.earshot.report.sarif.SarifLog.Message;
import dev.earshot.report.sarif.SarifLog.Notification;
import dev.earshot.report.sarif.SarifLog.PhysicalLocation;
import dev.earshot.report.sarif.SarifLog.Region;
import dev.earshot.report.sarif.SarifLog.Result;
import dev.earshot.report.sarif.SarifLog.Rule;
import dev.earshot.report.sarif.SarifLog.Run;
import dev.earshot.report.sarif.SarifLog.Suppression;
import dev.earshot.report.sarif.SarifLog.Tool;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// SARIF 2.1.0: what failed, at the line of the inventory that declares the host concerned, so that
/// it shows in a pull request against the inventory. What could not be asked is a notification, and
/// makes the run an unsuccessful one; a host that was not reached is a result, too, as those that
/// it had before are gone and look mended. What is waived is there with its suppression.
///
/// What is about all hosts is at the first line of the inventory: GitHub refuses a file with a
/// result that is nowhere. A list of hosts on the command line is no file; then it is at the first
/// line of `earshot.yml`, and where there is none, all results are notifications.
///
/// Where the audit was compared with another one, each result has its baseline state, and what
/// fails no longer is there as absent. What passed is left out: some that read SARIF show every
/// result as an alert.
public final class SarifRenderer implements Renderer {

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  @Override
  public void render(AuditReport given, RenderOptions options, Appendable out) throws IOException {
    AuditReport report = Harmless.report(given);
    Findings findings = Findings.of(report);
    Places places = Places.of(report);
    List<FindingRow> gone =
        Stream.concat(
                report.baseline().stream().flatMap(baseline -> baseline.absent().stream()),
                Unreachable.noLonger(report))
            .toList();
    List<FindingRow> results =
        Stream.of(
                findings.failed().stream(),
                Unreachable.now(report),
                findings.waived().stream(),
                gone.stream())
            .flatMap(all -> all)
            .filter(finding -> places.place(finding).isPresent())
            .toList();
    Map<String, FindingRow> rules = new LinkedHashMap<>();
    results.forEach(finding -> rules.putIfAbsent(finding.check(), finding));
    List<String> ids = List.copyOf(rules.keySet());
    Run run =
        new Run(
            new Tool(
                new Driver(
                    "Earshot",
                    report.earshotVersion(),
                    rules.values().stream().map(SarifRenderer::rule).toList())),
            List.of(invocation(report, places)),
            bases(results, places),
            "unicodeCodePoints",
            results.stream()
                .map(finding ->
                    result(
                        finding,
                        places,
                        ids.indexOf(finding.check()),
                        report.baseline().map(baseline -> state(finding, baseline, gone))))
                .toList());
    out.append(JsonRenderer.json(new SarifLog(SCHEMA, "2.1.0", List.of(run)))).append("\n");
  }

  /// @param worst of the check's failures
  private static Rule rule(FindingRow worst) {
    return new Rule(
        worst.check(),
        new Message(worst.title()),
        new Message(worst.why()),
        new Help(worst.why(), worst.why()),
        new Configuration(level(worst.severity())));
  }

  private static Invocation invocation(AuditReport report, Places places) {
    return new Invocation(
        !report.hosts().isEmpty() && report.troubles().isEmpty(),
        report.takenAt(),
        Stream.concat(
                report.troubles().stream().map(SarifRenderer::notification),
                Findings.of(report).failed().stream()
                    .filter(finding -> places.place(finding).isEmpty())
                    .map(SarifRenderer::notification))
            .toList());
  }

  private static Notification notification(FindingRow finding) {
    return new Notification(
        level(finding.severity()), new Message("%s: %s".formatted(finding.check(), told(finding))));
  }

  private static Notification notification(TroubleRow trouble) {
    String what =
        trouble.probe().map(probe -> trouble.host() + ", " + probe).orElse(trouble.host());
    return new Notification("error", new Message(what + ": " + trouble.reason()));
  }

  private static String state(FindingRow finding, BaselineRow baseline, List<FindingRow> gone) {
    if (gone.contains(finding)) {
      return "absent";
    } else if (baseline.added().contains(finding.key()) || Unreachable.isNew(finding, baseline)) {
      return "new";
    }
    return baseline.updated().contains(finding.key()) ? "updated" : "unchanged";
  }

  /// Where results are shown.
  ///
  /// @param whole for what none of the files' lines declares
  private record Places(Optional<LocationRow> whole) {

    /// The inventory is the file that has the first host.
    static Places of(AuditReport report) {
      return new Places(
          Stream.concat(
                  report.hosts().stream().flatMap(host -> host.location().stream()),
                  report.declared().stream().map(DeclaredRow::location))
              .findFirst()
              .map(first -> new LocationRow(first.file(), 1)));
    }

    Optional<LocationRow> place(FindingRow finding) {
      return finding.location().or(() -> whole);
    }

    Stream<Location> location(FindingRow finding) {
      return place(finding).stream()
          .map(place ->
              new Location(
                  physical(place),
                  finding.subject().hosts().stream()
                      .map(host -> new LogicalLocation(host, "host"))
                      .toList()));
    }
  }

  private static String told(FindingRow finding) {
    return finding.because() + "." + finding.remedy().map(mend -> " " + mend.summary()).orElse("");
  }

  private static Result result(
      FindingRow finding, Places places, int rule, Optional<String> state) {
    return new Result(
        finding.check(),
        rule,
        "fail",
        level(finding.severity()),
        new Message(told(finding)),
        places.location(finding).toList(),
        Map.of("earshotFinding/v1", finding.key()),
        finding.waiver().stream().map(SarifRenderer::suppression).toList(),
        state);
  }

  private static Suppression suppression(WaiverRow waiver) {
    return new Suppression(
        "external",
        "accepted",
        waiver.told(),
        new Location(physical(waiver.location()), List.of()));
  }

  private static PhysicalLocation physical(LocationRow location) {
    return new PhysicalLocation(
        SarifPath.of(location.file()).location(), new Region(Math.max(1, location.line())));
  }

  /// What the files' references are relative to, where that is not the folder of the run.
  private static Map<String, Base> bases(List<FindingRow> results, Places places) {
    Map<String, Base> bases = new TreeMap<>();
    results.stream()
        .flatMap(finding ->
            Stream.concat(
                places.place(finding).stream(), finding.waiver().stream().map(WaiverRow::location)))
        .map(location -> SarifPath.of(location.file()))
        .forEach(path -> path.base().ifPresent(id -> bases.put(id, path.described())));
    return bases;
  }

  private static String level(String severity) {
    return switch (severity) {
      case "critical", "high" -> "error";
      case "medium" -> "warning";
      default -> "note";
    };
  }
}
