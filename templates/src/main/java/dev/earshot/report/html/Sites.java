package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.SiteRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which host is at which site, sites counted from 0; hosts of none come last.
final class Sites {

  private final List<SiteRow> sites;
  private final Map<String, Integer> numbers = new HashMap<>();

  Sites(AuditReport report) {
    sites = report.sites();
    for (int number = 0; number < sites.size(); number++) {
      for (String host : sites.get(number).hosts()) {
        numbers.put(host, number);
      }
    }
  }

  int number(String host) {
    return Optional.ofNullable(numbers.get(host)).orElse(sites.size());
  }

  String name(int number) {
    return number < sites.size() ? sites.get(number).name() : "site not known";
  }
}
