package dev.earshot.report.junit;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.TroubleRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What concerns one host first of all, or, under the name `fleet`, none.
///
/// @param address nothing for the fleet
public record Suite(
    String name, Optional<String> address, List<TroubleRow> troubles, List<FindingRow> findings) {

  public Suite {
    troubles = List.copyOf(troubles);
    findings = List.copyOf(findings);
  }

  /// In the order of the hosts.
  static List<Suite> of(AuditReport report) {
    Map<String, List<FindingRow>> findings = new LinkedHashMap<>();
    for (FindingRow finding : report.findings()) {
      findings
          .computeIfAbsent(
              finding.subject().hosts().stream().findFirst().orElse(""), _ -> new ArrayList<>())
          .add(finding);
    }
    List<Suite> suites = new ArrayList<>();
    for (HostRow host : report.hosts()) {
      suites.add(
          new Suite(
              host.name(),
              Optional.of(host.address()),
              report.troubles().stream()
                  .filter(trouble -> trouble.host().equals(host.name()))
                  .toList(),
              Optional.ofNullable(findings.get(host.name())).orElse(List.of())));
    }
    Set<String> hosts = report.hosts().stream().map(HostRow::name).collect(Collectors.toSet());
    Suite rest =
        new Suite(
            "fleet",
            Optional.empty(),
            report.troubles().stream().filter(trouble -> !hosts.contains(trouble.host())).toList(),
            Optional.ofNullable(findings.get("")).orElse(List.of()));
    if (rest.tests() > 0) {
      suites.add(rest);
    }
    return suites;
  }

  public int tests() {
    return troubles.size() + findings.size();
  }

  public int failures() {
    return Math.toIntExact(findings.stream().filter(FindingRow::failed).count());
  }

  public int errors() {
    return troubles.size();
  }

  public int skipped() {
    return Math.toIntExact(
        findings.stream()
            .filter(finding -> !finding.failed() && !finding.verdict().equals("pass"))
            .count());
  }
}
