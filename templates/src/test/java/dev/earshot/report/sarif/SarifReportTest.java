package dev.earshot.report.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.earshot.check.Fleet;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.InventoryHost.Line;
import dev.earshot.report.AuditReport;
import dev.earshot.report.Rendered;
import dev.earshot.report.ReportAssembly;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SarifReportTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Schema SCHEMA = schema();

  static Set<String> cases() {
    return ReportCases.names();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyReportKeepsToTheStandardsSchema(String name) throws IOException {
    assertThat(SCHEMA.validate(Rendered.of(name, ReportFormat.SARIF), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theResultsAreThereThoughThereAreNone(String name) throws IOException {
    assertThat(run(name).at("/results").isArray()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"version\" : \"2.1.0\"', '\"version\" : \"2\"'",
    "'\"startLine\" : ', '\"startLine\" : -'",
    "'\"ruleIndex\" : ', '\"rule\" : '"
  })
  void theSchemaRefusesWhatIsNone(String right, String wrong) throws IOException {
    String sarif = Rendered.of("postmortem", ReportFormat.SARIF).replace("\": ", "\" : ");

    assertThat(sarif).contains(right);
    assertThat(SCHEMA.validate(sarif.replace(right, wrong), InputFormat.JSON)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachFailureIsAResultWithItsRule(String name) throws IOException {
    JsonNode run = run(name);

    assertThat(run.at("/results").valueStream().map(result -> result.at("/ruleId").asString()))
        .containsExactlyElementsOf(
            Stream.of(
                    ReportCases.report(name).findings().stream()
                        .filter(AuditReport.FindingRow::failed)
                        .map(AuditReport.FindingRow::check),
                    ReportCases.report(name).hosts().stream()
                        .filter(AuditReport.HostRow::unreachable)
                        .map(_ -> "earshot.unreachable"),
                    ReportCases.report(name).findings().stream()
                        .filter(finding -> finding.waiver().isPresent())
                        .map(AuditReport.FindingRow::check))
                .flatMap(all -> all)
                .toList());
    assertThat(run.at("/results").valueStream())
        .allSatisfy(result ->
            assertThat(
                    run.at("/tool/driver/rules/%d/id".formatted(result.at("/ruleIndex").asInt()))
                        .asString())
                .isEqualTo(result.at("/ruleId").asString()));
    assertThat(
            run.at("/results")
                .valueStream()
                .map(result -> result.at("/partialFingerprints").toString()))
        .doesNotHaveDuplicates();
  }

  @Test
  void pointsAtTheLineThatDeclaresTheHost() throws IOException {
    JsonNode location = run("postmortem").at("/results/0/locations/0/physicalLocation");

    assertThat(location.at("/artifactLocation/uri").asString()).isEqualTo("hosts.yml");
    assertThat(location.at("/region/startLine").asInt()).isPositive();
  }

  /// GitHub refuses a file with a result that is nowhere.
  @Test
  void whatIsAboutAllHostsIsAtTheInventorysFirstLine() throws IOException {
    AuditReport report = ReportCases.report("postmortem");
    AuditReport.FindingRow worst = report.findings().getFirst();
    AuditReport fleet =
        ReportCases.with(
            report,
            Stream.concat(Stream.of(aboutAll(worst)), report.findings().stream().skip(1)).toList());
    String sarif = Rendered.of(fleet, ReportFormat.SARIF);

    assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
    assertThat(JSON.readTree(sarif).at("/runs/0/results/0/locations").toString())
        .isEqualTo(
            "[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"hosts.yml\"},\"region\":{\"startLine\":1}}}]");
  }

  /// GitHub refuses the whole file where a result has no place in one.
  @Test
  void ofAListOfHostsThatIsNoFileResultsAreNotifications() throws IOException {
    AuditReport report = ofAList("postmortem");
    String sarif = Rendered.of(report, ReportFormat.SARIF);

    assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
    assertThat(sarif).doesNotContain("artifactLocation", "lb1,lb2", "{ }", "{}");
    JsonNode run = JSON.readTree(sarif).at("/runs/0");
    assertThat(run.at("/results")).isEmpty();
    assertThat(run.at("/invocations/0/toolExecutionNotifications"))
        .hasSize(
            (int) report.findings().stream().filter(AuditReport.FindingRow::failed).count()
                + report.troubles().size());
    assertThat(run.at("/invocations/0/toolExecutionNotifications").toString())
        .contains("colocation.app-database: backend1 → db1");
  }

  @Test
  void ofAListOfHostsResultsAreAtThePolicyWhereThereIsOne() throws IOException {
    String sarif = Rendered.of(ofAList("waived"), ReportFormat.SARIF);

    assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
    assertThat(JSON.readTree(sarif).at("/runs/0/results").valueStream())
        .isNotEmpty()
        .allSatisfy(result ->
            assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asString())
                .isEqualTo("earshot.yml"));
  }

  private static AuditReport ofAList(String name) {
    ReportCases.Audit audit = ReportCases.audit(name);
    FleetEvidence evidence =
        FleetEvidence.of(
            declaredIn(audit.recording(), "lb1,lb2,backend1,backend2,db1", 0), audit.arrivals());
    return ReportAssembly.assemble(Fleet.of(evidence, audit.policy()), Optional.empty(), "0.1.0");
  }

  /// Without it, code scanning shows what the host had before as mended.
  @ParameterizedTest
  @CsvSource({
    "half-blind, all-good, new",
    "half-blind, half-blind, unchanged",
    "all-good, half-blind, absent"
  })
  void aHostThatIsNotReachedIsAResultAtItsLine(String now, String baseline, String state)
      throws IOException {
    AuditReport report = ReportCases.compared(now, baseline);
    String sarif = Rendered.of(report, ReportFormat.SARIF);

    assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
    assertThat(JSON.readTree(sarif).at("/runs/0/results").valueStream())
        .filteredOn(result -> result.at("/ruleId").asString().equals("earshot.unreachable"))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.at("/level").asString()).isEqualTo("error");
          assertThat(result.at("/baselineState").asString()).isEqualTo(state);
          assertThat(result.at("/message/text").asString()).contains("backend1");
          assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
              .isEqualTo(29);
        });
  }

  /// Runs from another folder call the files differently, and are about the same findings.
  @Test
  void aFindingIsTheSameWhereverItsFileIsCalledFrom() throws IOException {
    ReportCases.Audit incident = ReportCases.audit("postmortem");
    String sarif =
        Rendered.of(
            ReportAssembly.assemble(
                FleetEvidence.of(
                    declaredIn(incident.recording(), "inventories/prod/hosts.yml", 21),
                    incident.arrivals()),
                "0.1.0"),
            ReportFormat.SARIF);

    assertThat(sarif).contains("\"inventories/prod/hosts.yml\"").doesNotContain("\"hosts.yml\"");
    assertThat(fingerprints(sarif))
        .isEqualTo(fingerprints(Rendered.of("postmortem", ReportFormat.SARIF)));
  }

  private static List<String> fingerprints(String sarif) {
    return JSON.readTree(sarif)
        .at("/runs/0/results")
        .valueStream()
        .map(result -> result.at("/partialFingerprints").toString())
        .toList();
  }

  private static AuditReport.FindingRow aboutAll(AuditReport.FindingRow finding) {
    return new AuditReport.FindingRow(
        finding.check(),
        finding.severity(),
        finding.verdict(),
        new AuditReport.FleetSubject("all hosts"),
        finding.title(),
        finding.because(),
        finding.why(),
        finding.check() + "/fleet",
        finding.waiver(),
        Optional.empty(),
        finding.measured(),
        finding.remedy());
  }

  @Test
  void anAuditThatCouldNotAskAllIsNotSuccessful() throws IOException {
    assertThat(run("half-blind").at("/invocations/0/executionSuccessful").asBoolean()).isFalse();
    assertThat(run("half-blind").at("/invocations/0/toolExecutionNotifications/0/message/text"))
        .isNotNull();
    assertThat(run("all-good").at("/invocations/0/executionSuccessful").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "postmortem, postmortem, unchanged, absent",
    "postmortem, all-good, new, updated",
    "all-good, postmortem, absent, updated"
  })
  void comparedWithABaselineEachResultHasItsState(
      String now, String baseline, String there, String notThere) throws IOException {
    StringBuilder out = new StringBuilder();
    ReportFormat.SARIF.render(ReportCases.compared(now, baseline), RenderOptions.plain(), out);

    assertThat(SCHEMA.validate(out.toString(), InputFormat.JSON)).isEmpty();
    assertThat(
            JSON.readTree(out.toString())
                .at("/runs/0/results")
                .valueStream()
                .map(result -> result.at("/baselineState").asString()))
        .isNotEmpty()
        .contains(there)
        .doesNotContain(notThere, "");
  }

  @ParameterizedTest
  @CsvSource({"all-good, new", "postmortem, unchanged", "waived, unchanged"})
  void whatIsWaivedAndWasWellIsNew(String baseline, String state) throws IOException {
    String sarif = Rendered.of(ReportCases.compared("waived", baseline), ReportFormat.SARIF);

    assertThat(
            JSON.readTree(sarif)
                .at("/runs/0/results")
                .valueStream()
                .filter(result -> result.has("suppressions"))
                .map(result -> result.at("/baselineState").asString()))
        .isNotEmpty()
        .containsOnly(state);
  }

  @ParameterizedTest
  @CsvSource({
    "hosts.yml, hosts.yml",
    "my hosts/prod 1.yml, my%20hosts/prod%201.yml",
    "c:hosts.yml, ./c:hosts.yml",
    "/etc/ansible/hosts, file:///etc/ansible/hosts",
    "/etc/../srv/./hosts, file:///srv/hosts",
    "//evil.example/hosts, file:///evil.example/hosts",
    "//, file:///",
    "./a/../hosts.yml, hosts.yml",
    "../inventory/hosts.yml, inventory/hosts.yml",
    "a/../../../hosts.yml, hosts.yml",
    "größe#1?.yml, gr%C3%B6%C3%9Fe%231%3F.yml"
  })
  void aPathBecomesAReference(String path, String uri) {
    assertThat(SarifPath.of(path).uri()).isEqualTo(uri);
  }

  @Test
  void whatLiesAboveTheFolderOfTheRunIsRelativeToABaseOfItsOwn() throws IOException {
    ReportCases.Audit incident = ReportCases.audit("postmortem");
    StringBuilder text = new StringBuilder();
    ReportFormat.SARIF.render(
        ReportAssembly.assemble(
            FleetEvidence.of(
                saidIn(incident.recording(), new Line("../../inventory/all.yml", 3)),
                incident.arrivals()),
            "0.1.0"),
        RenderOptions.plain(),
        text);

    assertThat(SCHEMA.validate(text.toString(), InputFormat.JSON)).isEmpty();
    JsonNode run = JSON.readTree(text.toString()).at("/runs/0");
    assertThat(run.at("/originalUriBaseIds/ABOVE2/description/text").asString())
        .isEqualTo("2 folders above the one in which Earshot ran.");
    assertThat(run.at("/results").toString())
        .contains("{\"uri\":\"inventory/all.yml\",\"uriBaseId\":\"ABOVE2\"}")
        .doesNotContain("..");
  }

  private static JsonNode run(String name) throws IOException {
    return JSON.readTree(Rendered.of(name, ReportFormat.SARIF)).at("/runs/0");
  }

  private static Schema schema() {
    try (InputStream text =
        SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(Objects.requireNonNull(text), InputFormat.JSON);
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /// In a pull request, what a variable says wrongly shows where it says so.
  @Test
  void whatAVariableSaysIsAnnotatedWhereItStands() throws IOException {
    ReportCases.Audit incident = ReportCases.audit("postmortem");
    AuditReport report =
        ReportAssembly.assemble(
            FleetEvidence.of(
                saidIn(incident.recording(), new Line("group_vars/all.yml", 3)),
                incident.arrivals()),
            "0.1.0");
    StringBuilder text = new StringBuilder();
    ReportFormat.SARIF.render(report, RenderOptions.plain(), text);

    Map<String, Set<String>> places = new TreeMap<>();
    JSON.readTree(text.toString())
        .at("/runs/0/results")
        .valueStream()
        .forEach(result ->
            places
                .computeIfAbsent(result.at("/ruleId").asString(), _ -> new TreeSet<>())
                .add(
                    "%s:%d"
                        .formatted(
                            result
                                .at("/locations/0/physicalLocation/artifactLocation/uri")
                                .asString(),
                            result.at("/locations/0/physicalLocation/region/startLine").asInt())));
    assertThat(places)
        .containsEntry("colocation.declared-place", Set.of("group_vars/all.yml:3"))
        .containsEntry("colocation.app-database", Set.of("hosts.yml:29"));
  }

  private static FleetRecording saidIn(FleetRecording recording, Line place) {
    return ReportCases.declared(
        recording,
        host -> new Line(host.file(), host.line()),
        Map.of(InventoryHost.Topic.PLACE, place));
  }

  private static FleetRecording declaredIn(FleetRecording recording, String file, int line) {
    return ReportCases.declared(recording, _ -> new Line(file, line), Map.of());
  }
}
