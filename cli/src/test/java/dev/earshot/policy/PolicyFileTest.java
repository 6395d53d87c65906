package dev.earshot.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.earshot.catalogue.Checks;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Policy;
import dev.earshot.check.Profile;
import dev.earshot.check.Severity;
import dev.earshot.check.Waiver;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.inventory.Problem;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.RecordingStore;
import dev.earshot.text.TimeText;
import dev.earshot.topology.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyFileTest {

  private static final Path RECORDED = Path.of("../inventory-samples/postmortem/recorded");

  @TempDir Path folder;

  /// What README shows is what can be written, and editors complete it by the schema.
  @Test
  void theExampleInTheReadmeIsRightByTheReaderAndByTheSchema() throws IOException {
    String example = example();

    assertThat(read(example).problems()).isEmpty();
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(PolicySchema.text())
                .validate(example, InputFormat.YAML))
        .isEmpty();
    for (String key : PolicyReader.KEYS) {
      assertThat(example).contains("\n" + key + ":");
      assertThat(PolicySchema.text()).contains("\"" + key + "\": {");
    }
  }

  @Test
  void whatItSaysIsBoundToTheHostsOfTheAudit() {
    PolicyFile file =
        read(
            """
            window: 30s
            profile: generic
            fail_on: medium
            roles:
              lb: load-balancer
              'backend*': [backend, database]
            ignored_flows:
              - {from: backends, to: 203.0.113.9, port: 5432, reason: a mirror}
            waivers:
              - {check: postgres.jit, hosts: databases, reason: r, owner: o, expires: 2027-01-31}
            """);
    List<Problem> problems = new ArrayList<>();

    assertThat(file.problems()).isEmpty();
    assertThat(file.window()).contains(Duration.ofSeconds(30));
    assertThat(file.profile()).contains(Profile.Intent.GENERIC);
    assertThat(file.failOn()).contains(Severity.MEDIUM);
    FleetRecording recording = RecordingStore.load(RECORDED);
    Policy policy = file.on(recording, problems);
    assertThat(policy.topology().roles().get(new HostName("backend1")))
        .containsExactlyInAnyOrder(Role.BACKEND, Role.DATABASE);
    assertThat(policy.topology().ignored())
        .singleElement()
        .satisfies(flow ->
            assertThat(flow.to().orElseThrow()).containsExactly(new HostName("203.0.113.9")));
    assertThat(policy.waivers())
        .singleElement()
        .extracting(Waiver::name, waiver -> waiver.origin().line())
        .containsExactly("postgres.jit for databases", 10);
    assertThat(policy.waivers().getFirst().scope().hosts().orElseThrow())
        .contains(new HostName("db1"));
    assertThat(problems)
        .extracting(Problem::toString)
        .singleElement()
        .satisfies(
            told -> assertThat(told).contains("earshot.yml:5: no host or group matches lb;"));
  }

  @Test
  void limitsThatAreSetAreObeyedAndTold() {
    PolicyFile file =
        read(
            """
            thresholds:
              colocation.app-database: {acceptable: 30ms, unbearable: 1s}
              postgres.cache-hits: {good: 99.5 %}
            """);
    FleetRecording recording = RecordingStore.load(RECORDED);
    FleetEvidence evidence = FleetEvidence.of(recording, Optional.empty());
    Policy policy = file.on(recording, new ArrayList<>());

    assertThat(file.problems()).isEmpty();
    assertThat(policy.notes())
        .extracting(note -> note.told() + " " + note.origin())
        .containsExactly(
            "colocation.app-database: acceptable is 30 ms rather than 2 ms earshot.yml:2",
            "colocation.app-database: unbearable is 1 s rather than 10 ms earshot.yml:2",
            "postgres.cache-hits: good is 99.5 % rather than 99 % earshot.yml:3");
    assertThat(
            Checks.judge(Fleet.of(evidence, policy)).stream()
                .filter(finding -> finding.check().id().equals("colocation.app-database")))
        .isNotEmpty()
        .noneMatch(Finding::failed)
        .anySatisfy(finding ->
            assertThat(finding.verdict().because())
                .contains("backend1 → db1: 2")
                .contains("; limit 30"));
  }

  /// Editors complete what the cards name.
  @Test
  void theSchemaListsEveryLimit() throws IOException {
    JsonNode listed =
        new JsonMapper().readTree(PolicySchema.text()).at("/properties/thresholds/properties");

    assertThat(LimitsReader.known()).hasSizeGreaterThan(5);
    assertThat(listed.size()).isEqualTo(LimitsReader.known().size());
    LimitsReader.known()
        .forEach((check, limits) -> {
          JsonNode one = listed.path(check);
          assertThat(one.path("properties").propertyNames())
              .as(check)
              .containsExactlyElementsOf(limits.keySet());
          assertThat(limits.values())
              .allSatisfy(limit -> {
                JsonNode property = one.path("properties").path(limit.name());
                assertThat(property.path("$ref").asString())
                    .endsWith(limit instanceof Limit.Time ? "/time" : "/share");
                assertThat(property.path("description").asString())
                    .isEqualTo("Usually %s.".formatted(limit.told()));
              });
        });
  }

  @Test
  void theReadmeListsEveryLimit() throws IOException {
    String table =
        LimitsReader.known().entrySet().stream()
            .map(limits ->
                "| `%s` | %s |\n"
                    .formatted(
                        limits.getKey(),
                        limits.getValue().values().stream()
                            .map(limit -> "`%s` %s".formatted(limit.name(), limit.told()))
                            .collect(Collectors.joining(", "))))
            .collect(Collectors.joining());

    assertThat(Files.readString(Path.of("../README.md"))).contains("| --- | --- |\n" + table);
  }

  /// What is set decides, whatever the usual limit would have said.
  @ParameterizedTest
  @CsvSource({
    "machine.saturation, cpu_busy: 100%, cpu_busy: 0%",
    "machine.saturation, disk_busy: 100%, disk_busy: 0%",
    "machine.saturation, memory_available: 0%, memory_available: 100%",
    "machine.pressure, waiting: 100%, waiting: 0%",
    "machine.disk-latency, 'slow: 1h, very_slow: 1h', slow: 0ms",
    "machine.disk-space, 'little: 0%, hardly_any: 0%', little: 100%",
    "haproxy.session-limits, near: 100%, near: 0%",
    "colocation.app-database, 'acceptable: 1h, unbearable: 2h', acceptable: 0ms",
    "postgres.connections, 'many: 100%, nearly_all: 100%', many: 0%",
  })
  void aLimitThatIsSetDecides(String check, String lenient, String strict) {
    assertThat(failures(check, strict)).as(strict).isGreaterThan(failures(check, lenient));
  }

  private long failures(String check, String limits) {
    PolicyFile file = read("thresholds: {%s: {%s}}\n".formatted(check, limits));
    assertThat(file.problems()).isEmpty();
    FleetRecording recording = RecordingStore.load(RECORDED);
    FleetEvidence evidence = FleetEvidence.of(recording, Optional.empty());
    Policy policy = file.on(recording, new ArrayList<>());
    return Checks.judge(Fleet.of(evidence, policy)).stream()
        .filter(finding -> finding.check().id().equals(check))
        .filter(Finding::failed)
        .count();
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "10s, PT10S",
    "10 s, PT10S",
    "2m, PT2M",
    "2min, PT2M",
    "3h, PT3H",
    "1d, PT24H",
    "7, PT7S",
    "1w, ",
    "-1s, ",
    "1.5s, ",
    "9999999999s, "
  })
  void timesAreReadTheSameEverywhere(String text, @Nullable Duration time) {
    assertThat(TimeText.readSeconds(text)).isEqualTo(Optional.ofNullable(time));
    assertThat(TimeText.read(text))
        .isEqualTo(text.equals("7") ? Optional.empty() : Optional.ofNullable(time));
  }

  @Test
  void aPatternThatMatchesNothingIsAWarningWithTheNearestName() {
    List<Problem> problems = new ArrayList<>();

    read("roles: {dbb1: database}\n").on(RecordingStore.load(RECORDED), problems);

    assertThat(problems)
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.isError()).isFalse();
          assertThat(problem.toString()).contains("earshot.yml:1:").contains("did you mean db1?");
        });
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThat(
            read("""
            windw: 10s
            window: soon
            fail_on: hihg
            roles:
              db1: databse
            ignored_flows:
              - port: 70000
            waivers:
              - check: postgres.jitt
                hosts: db1
                from: lb1
                expires: tomorrow
              - 7
            """)
                .problems())
        .extracting(problem -> problem.toString().replaceFirst("^.*/", ""))
        .satisfiesExactly(
            told ->
                assertThat(told)
                    .startsWith("earshot.yml:1: windw is not known here (did you mean window?)"),
            told -> assertThat(told).startsWith("earshot.yml:2: window is no time"),
            told ->
                assertThat(told)
                    .startsWith("earshot.yml:3: fail_on can't be hihg (did you mean high?)"),
            told ->
                assertThat(told)
                    .startsWith(
                        "earshot.yml:5: roles: db1 can't be databse (did you mean database?)"),
            told -> assertThat(told).startsWith("earshot.yml:7: ignored_flows has no reason"),
            told -> assertThat(told).startsWith("earshot.yml:7: ignored_flows: port is no port"),
            told -> assertThat(told).startsWith("earshot.yml:7: ignored_flows names no hosts"),
            told ->
                assertThat(told)
                    .startsWith(
                        "earshot.yml:9: waivers: check names no check: postgres.jitt (did you mean"
                            + " postgres.jit?)"),
            told -> assertThat(told).startsWith("earshot.yml:9: waivers has no reason"),
            told -> assertThat(told).startsWith("earshot.yml:9: waivers has no owner"),
            told ->
                assertThat(told).startsWith("earshot.yml:9: waivers has hosts beside from or to"),
            told -> assertThat(told).startsWith("earshot.yml:12: waivers: expires is no day"),
            told ->
                assertThat(told)
                    .startsWith("earshot.yml:13: waivers has to be a mapping but is a number"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'thresholds: {postgres.jit: {}}' | earshot.yml:1: thresholds: postgres.jit is not known"
            + " here",
        "'thresholds: {postgres.lock-waits: {lng: 1s}}' | lng is not known here (did you mean"
            + " long?)",
        "'thresholds: {postgres.lock-waits: {long: 1}}' | long is not a time; write it like",
        "'thresholds: {postgres.cache-hits: {good: 150%}}' | good is more than 100 %",
        "'thresholds:\n postgres.lock-waits: {long: 1s}\n postgres.long-transactions:\n  very_long:"
            + " 2h\n  long: 3h' | earshot.yml:4: thresholds: postgres.long-transactions: very_long"
            + " (2 h, line 4) would be passed before long (3 h, line 5)",
        "'thresholds: {postgres.long-transactions: {long: 2d}}' | earshot.yml:1: thresholds:"
            + " postgres.long-transactions: very_long (1 d, as it is usually) would be passed before"
            + " long (2 d, line 1)",
        "'thresholds: {machine.disk-space: {hardly_any: 20%}}' | hardly_any (20 %, line 1) would be"
            + " passed before little (10 %, as it is usually)",
        "'thresholds: {postgres.wraparound: {failsafe: 99%}}' | nearly_all (98 %, as it is usually)"
            + " would be passed before failsafe (99 %, line 1)",
        "- a                         | earshot.yml:1: it has to be a mapping but is a list",
        "'roles: [db1'               | earshot.yml:1: not valid YAML",
        "'window: \"\"'            | earshot.yml:1: window has to be a text but is empty",
        "'window: {a: 1}'            | earshot.yml:1: window has to be a text but is a mapping",
        "'window: 3h'                | earshot.yml:1: window is no time",
        "'window: 2h\nwindow: 3s'    | earshot.yml:2: window is given twice",
        "'waivers: &a [*a]'          | earshot.yml:1: waivers has to be a mapping but is a list",
        "'roles: {? [a] : backend}'  | earshot.yml:1: a key of roles has to be a text",
      })
  void oneMistake(String text, String told) {
    assertThat(read(text).problems())
        .extracting(Problem::toString)
        .anySatisfy(problem -> assertThat(problem).contains(told));
  }

  @Test
  void limitsInTheirOrderAreNoMistake() {
    assertThat(
            read("""
            thresholds:
              postgres.long-transactions: {long: 1d}
              machine.disk-space: {little: 4%, hardly_any: 4%}
              postgres.cache-hits: {poor: 50%}
            """)
                .problems())
        .isEmpty();
  }

  @Test
  void anEmptyFileSaysNothing() {
    assertThat(read("").problems()).isEmpty();
    assertThat(read("# nothing yet\n").problems()).isEmpty();
  }

  @Test
  void itIsFoundBesideTheFirstInventoryThatHasOne() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path file = Files.writeString(folder.resolve(PolicyFile.NAME), "window: 5s\n");

    assertThat(PolicyFile.beside(List.of(other.resolve("hosts"), folder.resolve("hosts.yml"))))
        .contains(file);
    assertThat(PolicyFile.beside(List.of(other))).contains(file);
    assertThat(PolicyFile.beside(List.of(other.resolve("hosts")))).isEmpty();
    Path inside = Files.writeString(other.resolve(PolicyFile.NAME), "window: 6s\n");
    assertThat(PolicyFile.beside(List.of(other))).contains(inside);
  }

  private PolicyFile read(String text) {
    try {
      return PolicyFile.read(
          Files.writeString(folder.resolve(PolicyFile.NAME), text), Surroundings.ofProcess());
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String example() throws IOException {
    Matcher block =
        Pattern.compile("```yaml\n(# earshot.yml\n.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../README.md")));
    assertThat(block.find()).as("README shows an earshot.yml").isTrue();
    return block.group(1);
  }
}
