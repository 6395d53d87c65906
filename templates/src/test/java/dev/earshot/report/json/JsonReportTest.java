package dev.earshot.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.earshot.report.AuditReport;
import dev.earshot.report.ReportCases;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ReportSchema.text(), InputFormat.JSON);

  static Set<String> cases() {
    return ReportCases.names();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyReportKeepsToThePublishedSchema(String name) throws IOException {
    assertThat(SCHEMA.validate(render(name), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyReportIsReadAsItWasWritten(String name) throws IOException {
    String json = render(name);
    assertThat(JsonRenderer.json(JsonReader.report(json)) + "\n").isEqualTo(json);
  }

  @Test
  void olderReportsLackKeysAndNewerOnesHaveMore() throws IOException {
    AuditReport report =
        JsonReader.report(
            "{\"schema\": \"earshot.report/1\", \"hosts\": [{\"name\": \"a\", \"new\": 1}]}");
    assertThat(report.findings()).isEmpty();
    assertThat(report.hosts().getFirst().site()).isEmpty();
    assertThat(report.hosts().getFirst().roles()).isEmpty();
    assertThatThrownBy(() -> JsonReader.report("{\"schema\": \"earshot.report/2\"}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("earshot.report/2");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"verdict\": \"fail\"', '\"verdict\": \"red\"'",
    "'\"windowSeconds\": 10.0', '\"windowSeconds\": \"10\"'",
    "'\"port\": 5432', '\"port\": null'",
    "'\"takenAt\"', '\"at\"'",
    "'\"from\": \"backend1\"', '\"form\": \"backend1\"'"
  })
  void theSchemaRefusesWhatIsNoReport(String right, String wrong) throws IOException {
    String report = render("postmortem");

    assertThat(report).contains(right);
    assertThat(SCHEMA.validate(report.replace(right, wrong), InputFormat.JSON)).isNotEmpty();
  }

  /// Other tools rely on these keys.
  @Test
  void thePromisedKeysAreThereWithThePromisedTypes() throws IOException {
    JsonNode example =
        JSON.readTree(Files.readString(Path.of("src/test/resources/example/report.json")));
    Set<String> there = new TreeSet<>();
    for (String name : cases()) {
      there.addAll(keys("", JSON.readTree(render(name))).toList());
    }

    assertThat(there).containsAll(keys("", example).toList());
  }

  static Stream<Arguments> recordsAndDefinitions() {
    JsonNode schema = JSON.readTree(ReportSchema.text());
    return Stream.concat(
        Stream.of(Arguments.of(AuditReport.class, schema)),
        schema
            .path("$defs")
            .propertyStream()
            .filter(definition -> !definition.getKey().equals("subject"))
            .map(definition -> Arguments.of(record(definition.getKey()), definition.getValue())));
  }

  @ParameterizedTest
  @MethodSource("recordsAndDefinitions")
  void schemaAndRecordsHaveTheSameKeysInTheSameOrder(Class<?> record, JsonNode definition) {
    List<String> components =
        Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();

    assertThat(definition.path("properties").propertyNames()).containsExactlyElementsOf(components);
    assertThat(definition.path("required").valueStream().map(JsonNode::stringValue))
        .containsExactlyElementsOf(components);
  }

  private static Class<?> record(String definition) {
    String name = Character.toUpperCase(definition.charAt(0)) + definition.substring(1);
    return Arrays.stream(AuditReport.class.getDeclaredClasses())
        .filter(
            type -> type.getSimpleName().equals(name) || type.getSimpleName().equals(name + "Row"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no record is named " + name));
  }

  /// `/links/*/rttMinMs NUMBER`
  private static Stream<String> keys(String path, JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT ->
          node.propertyStream()
              .flatMap(field -> keys(path + "/" + field.getKey(), field.getValue()));
      case ARRAY -> node.valueStream().flatMap(one -> keys(path + "/*", one));
      default -> Stream.of(path + " " + node.getNodeType());
    };
  }

  private static String render(String name) throws IOException {
    StringBuilder out = new StringBuilder();
    new JsonRenderer().render(ReportCases.report(name), RenderOptions.plain(), out);
    return out.toString();
  }
}
