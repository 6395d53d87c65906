package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Fleet;
import dev.earshot.evidence.HostName;
import dev.earshot.plan.Move;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Width;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Reports keep within the terminal, whatever its width. Only what is to be copied and can't be
/// broken, a word of a command or a line of a playbook, is as long as it is.
class TerminalWidthTest {

  static Stream<Arguments> cases() {
    return ReportCases.names().stream()
        .flatMap(name ->
            Stream.of(60, 80, 120, 200)
                .flatMap(width ->
                    Stream.of(Arguments.of(name, width, false), Arguments.of(name, width, true))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noLineIsLongerThanTheTerminalIsWide(String name, int width, boolean verbose)
      throws IOException {
    AuditReport report = ReportCases.report(name);
    StringBuilder out = new StringBuilder();
    ReportFormat.TERMINAL.render(report, new RenderOptions(false, width, verbose), out);

    assertThat(tooLong(out, width, Harmless.report(report).findings())).isEmpty();
    if (width > 120) {
      assertThat(out.toString().lines().filter(line -> line.startsWith("             ")))
          .as("prose stays readable")
          .filteredOn(copied(Harmless.report(report).findings()).negate())
          .allSatisfy(line -> assertThat(Width.of(line)).isLessThanOrEqualTo(120));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void neitherIsAPlans(String name, int width, boolean verbose) throws IOException {
    Fleet fleet = ReportCases.audit(name).fleet();
    if (fleet.hosts().size() < 2) {
      return;
    }
    HostName first = fleet.hosts().getFirst().name();
    PlanReport plan =
        PlanAssembly.before(fleet, new Move(fleet.hosts().getLast().name(), first), "0.1.0");
    StringBuilder out = new StringBuilder();
    ReportFormat.TERMINAL.render(plan, new RenderOptions(false, width, verbose), out);

    assertThat(tooLong(out, width, Harmless.plan(plan).findings())).isEmpty();
  }

  private static List<String> tooLong(CharSequence text, int width, List<FindingRow> findings) {
    return text.toString()
        .lines()
        .filter(line -> Width.of(line) > width)
        .filter(copied(findings).negate())
        .toList();
  }

  private static Predicate<String> copied(List<FindingRow> findings) {
    Set<String> verbatim =
        findings.stream()
            .flatMap(finding -> finding.remedy().stream())
            .flatMap(TerminalWidthTest::lines)
            .map(String::strip)
            .collect(Collectors.toSet());
    return line -> verbatim.contains(line.replaceFirst("^ +(by hand|playbook)? +", ""));
  }

  private static Stream<String> lines(RemedyRow remedy) {
    return Stream.concat(remedy.commands().stream(), remedy.playbook().lines());
  }
}
