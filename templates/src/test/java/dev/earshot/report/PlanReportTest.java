package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.earshot.check.Fleet;
import dev.earshot.check.Origin;
import dev.earshot.check.Policy;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Waiver;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.plan.Move;
import dev.earshot.plan.Plan;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.json.ReportSchema;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.topology.DeclaredTopology;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlanReportTest {

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ReportSchema.plan(), InputFormat.JSON);

  @ParameterizedTest
  @CsvSource({"postmortem", "no-traffic", "hostile", "half-blind", "nothing-reachable"})
  void everyPlanKeepsToThePublishedSchema(String name) throws IOException {
    assertThat(SCHEMA.validate(render(before(name), ReportFormat.JSON), InputFormat.JSON))
        .isEmpty();
    FleetEvidence fleet = evidence(name);
    PlanReport after =
        PlanAssembly.after(Fleet.of(fleet), move(fleet), Optional.of(Fleet.of(fleet)), "test");
    assertThat(SCHEMA.validate(render(after, ReportFormat.JSON), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          TERMINAL; : at least [0-9.]+ ms today; .*: at least [0-9.]+ ms predicted \\([0-9.]+/s at most for a serial sender\\)
          MARKDOWN; \\| at least [0-9.]+ ms \\| at least [0-9.]+ ms \\|
          HTML;     <dd>at least [0-9.]+ ms</dd>.*<dd>at least [0-9.]+ ms</dd>
          JSON;     "exactBefore": false, "exactAfter": false
          """)
  void whatNothingMeasuredAsAWholeIsTheLeast(ReportFormat format, String words) throws IOException {
    Move move = new Move(new HostName("backend1"), new HostName("backend2"));
    PlanReport untimed = PlanAssembly.before(ReportCases.untimed().fleet(), move, "test");
    PlanReport timed = PlanAssembly.before(ReportCases.audit("postmortem").fleet(), move, "test");

    assertThat(inOneLine(untimed, format)).containsPattern(words);
    assertThat(inOneLine(timed, format)).doesNotContainPattern(words);
  }

  private static String inOneLine(PlanReport report, ReportFormat format) throws IOException {
    return render(report, format).replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @EnumSource(
      value = ReportFormat.class,
      names = {"TERMINAL", "MARKDOWN", "HTML", "JSON", "PLAYBOOK"})
  void whatIsWaivedStaysVisible(ReportFormat format) throws IOException {
    FleetEvidence fleet = evidence("postmortem");
    Policy policy =
        new Policy(
            DeclaredTopology.NONE,
            Thresholds.USUAL,
            Plan.conditions().stream()
                .map(condition -> waiver(condition.id(), LocalDate.parse("2099-12-31")))
                .toList(),
            List.of(),
            List.of());
    PlanReport report = PlanAssembly.before(Fleet.of(fleet, policy), move(fleet), "test");

    assertThat(report.findings()).noneMatch(AuditReport.FindingRow::failed);
    assertThat(report.findings()).anyMatch(finding -> finding.verdict().equals("waived"));
    assertThat(render(report, format)).contains("it moves", "ops@example.org", "2099");
    if (format == ReportFormat.JSON) {
      assertThat(SCHEMA.validate(render(report, format), InputFormat.JSON)).isEmpty();
    }
  }

  private static Waiver waiver(String check, LocalDate expires) {
    return new Waiver(
        check,
        check,
        new Waiver.Scope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        "it moves",
        "ops@example.org",
        expires,
        new Origin("earshot.yml", 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = ReportFormat.class,
      names = {"TERMINAL", "MARKDOWN", "HTML", "JSON", "PLAYBOOK"})
  void nothingInAPlanSteersATerminal(ReportFormat format) throws IOException {
    assertThat(render(before("hostile"), format).codePoints())
        .noneMatch(c -> c != '\n' && Character.isISOControl(c))
        .noneMatch(c -> Character.getType(c) == Character.FORMAT);
  }

  private static PlanReport before(String name) {
    FleetEvidence fleet = evidence(name);
    return PlanAssembly.before(Fleet.of(fleet), move(fleet), "test");
  }

  /// From the last host to the first.
  private static Move move(FleetEvidence fleet) {
    HostName first = fleet.hosts().getFirst().name();
    return new Move(fleet.hosts().getLast().name(), first);
  }

  private static FleetEvidence evidence(String name) {
    return ReportCases.audit(name).evidence();
  }

  private static String render(PlanReport report, ReportFormat format) throws IOException {
    StringBuilder out = new StringBuilder();
    format.render(report, RenderOptions.plain(), out);
    return out.toString();
  }
}
