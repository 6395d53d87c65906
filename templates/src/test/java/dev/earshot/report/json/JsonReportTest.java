package dev.earshot.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.earshot.report.AuditReport;
import dev.earshot.report.BudgetRow;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.topology.Role;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
  void theSchemaNamesEveryRole() throws IOException {
    assertThat(
            JSON.readTree(ReportSchema.text())
                .at("/$defs/host/properties/roles/items/enum")
                .valueStream()
                .map(JsonNode::stringValue))
        .containsExactly(Arrays.stream(Role.values()).map(Role::label).toArray(String[]::new));
  }

  @Test
  void olderReportsLackKeysAndNewerOnesHaveMore() throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(render("postmortem"));
    json.remove(List.of("findings", "baseline"));
    ObjectNode host = (ObjectNode) json.path("hosts").path(0);
    host.remove(List.of("site", "roles"));
    host.put("new", 1);
    AuditReport report = JsonReader.report(json.toString());
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

  /// Markdown once.
  private static final Set<ReportFormat> FORMATS =
      EnumSet.complementOf(EnumSet.of(ReportFormat.MARKDOWN_MDBOOK, ReportFormat.MARKDOWN_PLAIN));

  /// A value of a report, the first of its kind.
  private record Value(ObjectNode of, String key) {}

  private static void collect(String path, JsonNode node, Map<String, Value> values) {
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(field -> {
                String inner = path + "/" + field.getKey();
                values.putIfAbsent(inner, new Value(object, field.getKey()));
                collect(inner, field.getValue(), values);
              });
      case ArrayNode array -> array.forEach(one -> collect(path + "/*", one, values));
      case JsonNode _ -> {}
    }
  }

  /// Whatever a stranger's report lacks, or has in another form, is refused or harmless.
  @Test
  void whatIsReadCanBeShownInEveryFormat() throws IOException {
    JsonNode report = JSON.readTree(render("waived"));
    Map<String, Value> values = new TreeMap<>();
    collect("", report, values);
    Set<String> wrong = new TreeSet<>();
    for (Map.Entry<String, Value> one : values.entrySet()) {
      ObjectNode object = one.getValue().of();
      String key = one.getValue().key();
      JsonNode right = object.get(key);
      List<String> others =
          right.isContainer()
              ? List.of("", "null", "[null]", "{}", "[]")
              : right.isNumber()
                  ? List.of("", "-1", "1e999")
                  : List.of("", "null", "\"\"", "\"other\"");
      for (String other : others) {
        if (other.isEmpty()) {
          object.remove(key);
        } else {
          object.set(key, JSON.readTree(other));
        }
        brokenFormat(report.toString())
            .ifPresent(how -> wrong.add("%s as %s: %s".formatted(one.getKey(), other, how)));
        object.set(key, right);
      }
    }
    assertThat(values).hasSizeGreaterThan(100);
    assertThat(wrong).isEmpty();
  }

  private static Optional<String> brokenFormat(String json) throws IOException {
    AuditReport read;
    try {
      read = JsonReader.report(json);
    } catch (IOException _) {
      return Optional.empty();
    }
    for (ReportFormat format : FORMATS) {
      try {
        format.render(read, new RenderOptions(false, 100, true), new StringBuilder());
      } catch (RuntimeException broken) {
        return Optional.of(format + " " + broken);
      }
    }
    return Optional.empty();
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
    return Stream.concat(
            Stream.of(BudgetRow.class),
            Stream.of(AuditReport.class, BudgetRow.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredClasses())))
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
