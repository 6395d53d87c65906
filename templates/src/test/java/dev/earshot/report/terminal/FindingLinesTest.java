package dev.earshot.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostSubject;
import dev.earshot.report.AuditReport.LocationRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.ReportCases;
import dev.earshot.report.layout.Findings;
import dev.earshot.report.layout.RenderOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindingLinesTest {

  static Set<String> cases() {
    return ReportCases.names();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whyIsToldOnceForEachCheck(String name) {
    List<FindingRow> failed = Findings.of(ReportCases.report(name)).failed();

    assertThat(lines(false, failed).stream().filter(line -> line.startsWith("  why  ")))
        .hasSize((int) failed.stream().map(FindingRow::check).distinct().count());
  }

  @Test
  void hostsOfWhichTheSameIsToldAreToldTogether() {
    List<FindingRow> failed = new ArrayList<>();
    for (int host = 1; host <= 15; host++) {
      failed.add(failed("web" + host, host, "no time daemon is seen to run", "Run one."));
    }

    assertThat(lines(false, failed))
        .containsExactly(
            "  HIGH       web1, web2, web3, web4, web5, web6, web7, web8, web9, web10, web11, web12 and 3",
            "             more",
            "             no time daemon is seen to run",
            "  why        Clocks drift.",
            "  do         Run one.",
            "  by hand    date   # on web1",
            "  rule       machine.time-sync: The clock is right · hosts.yml:1, 2, 3, 4, …");
    assertThat(lines(true, failed).stream().filter(line -> line.contains("no time daemon")))
        .hasSize(15);
  }

  @Test
  void whatIsToBeDoneIsToldWhereItIsSomethingElse() {
    List<String> lines =
        lines(
            false,
            List.of(
                failed("db1", 1, "fsync is off", "Turn fsync on."),
                failed("db1", 1, "full_page_writes is off", "Turn full_page_writes on."),
                failed("db2", 2, "fsync is off, too", "Turn fsync on.")));

    assertThat(lines.stream().filter(line -> line.startsWith("  do  ")))
        .containsExactly("  do         Turn fsync on.", "  do         Turn full_page_writes on.");
    assertThat(lines)
        .contains(
            "  rule       machine.time-sync · hosts.yml:1 · more with -v",
            "  rule       machine.time-sync · hosts.yml:2 · what to do: like above, or with -v");
  }

  @Test
  void aScreenIsNotFilledByOneCheck() {
    List<FindingRow> failed = new ArrayList<>();
    for (int host = 1; host <= 400; host++) {
      failed.add(failed("web" + host, 1, "the clock is %d s late".formatted(host), "Run one."));
    }

    assertThat(lines(false, failed))
        .hasSizeLessThan(50)
        .anyMatch(
            line -> line.contains("and 390 more failures of machine.time-sync: -v lists them"));
  }

  private static List<String> lines(boolean verbose, List<FindingRow> failed) {
    return new FindingLines(new Page(new RenderOptions(false, 96, verbose)))
        .failures(failed).stream().flatMap(List::stream).toList();
  }

  private static FindingRow failed(String host, int line, String because, String remedy) {
    return new FindingRow(
        "machine.time-sync",
        "high",
        "fail",
        new HostSubject(host, host, Optional.empty()),
        "The clock is right",
        host + ": " + because,
        "Clocks drift.",
        "machine.time-sync/" + host,
        Optional.empty(),
        Optional.of(new LocationRow("hosts.yml", line)),
        List.of(),
        Optional.of(new RemedyRow(remedy, "", List.of("date   # on " + host))));
  }
}
