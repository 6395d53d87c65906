package dev.earshot.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.earshot.inventory.Problem;
import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomReaderTest {

  private static final String GOOD =
      """
      checks:
        - id: mine
          title: Mine is well
          hosts: all
          command: 'true'
          that: result.rc == 0
          severity: low
          why: because
      """;

  private static final Path SAMPLE = Path.of("../inventory-samples/custom-checks/earshot.yml");

  @TempDir Path folder;

  @Test
  void theSampleIsRightByTheReaderAndByTheSchema() throws IOException {
    PolicyFile file = PolicyFile.read(SAMPLE, Surroundings.ofProcess());

    assertThat(file.problems()).isEmpty();
    assertThat(file.checks())
        .extracting(info -> info.id())
        .containsExactly(
            "custom.swappiness",
            "custom.updates-by-themselves",
            "custom.superusers",
            "custom.memory-left");
    assertThat(schemaSays(Files.readString(SAMPLE))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "||",
      quoteCharacter = '`',
      value = {
        "id: mine               || id: Mine              || 2: checks: id is no id: Mine; write small letters",
        "id: mine               || id: 'postgres.jit'    || 2: checks: id is no id: postgres.jit",
        "id: mine               || titel: x              || 2: checks has no id",
        "id: mine               || titel: x              || 2: checks: titel is not known here (did you mean title?)",
        "severity: low          || severity: lo          || 7: checks: severity can't be lo (did you mean low?)",
        "why: because           || database: x           || 2: checks has no why",
        "why: because           || database: x           || 8: checks: database goes with sql alone",
        "command: 'true'        || by_hand: x            || 2: checks asks nothing; write exactly one of",
        "why: because           || sql: select 1         || 2: checks asks more than one thing: command, sql",
        "command: 'true'        || `sql: drop table t`   || 5: checks: sql is no query; begin with select",
        "command: 'true'        || `sql: select 1; select 2` || 5: checks: sql is more than one statement",
        "command: 'true'        || evidence: machine.memry || 5: checks: evidence names no probe: machine.memry (did you mean machine.memory?)",
        "command: 'true'        || evidence: network.tunnels || 5: checks: evidence names no probe",
        "that: result.rc == 0   || that: result.rc ==    || 6: checks: that is no expression",
        "that: result.rc == 0   || that: x | nofilter     || 6: checks: that is no expression",
        "that: result.rc == 0   || `that: [a, 'b ==']`   || 6: checks: that is no expression",
        "that: result.rc == 0   || `that: []`            || 6: checks: that is empty",
        "that: result.rc == 0   || `that: '{{ x }}'`     || 6: checks: that stands in braces",
        "why: because           || `remedy: {a: 1}`      || 8: checks: remedy has to be a sentence, or a list",
        "why: because           || `remedy: [a]`         || 8: checks: remedy has to be a task of Ansible's",
        "command: 'true'        || `command: [a]`        || 5: checks: command has to be a text but is a list",
      })
  void oneMistake(String good, String bad, String told) {
    String text = GOOD.replace(good.strip(), bad.strip());

    assertThat(text).isNotEqualTo(GOOD);
    assertThat(told(text)).anySatisfy(problem -> assertThat(problem).startsWith(told));
  }

  @Test
  void allMistakesAreToldAtOnce() {
    assertThat(
            told(
                """
                checks:
                  - id: mine
                    hosts: all
                    severity: urgent
                    that: x ==
                  - {id: mine, title: t, hosts: all, evidence: x, that: y, severity: low, why: w}
                  - 7
                waivers:
                  - {check: custom.mine, reason: r, owner: o, expires: 2030-01-01}
                  - {check: custom.mind, reason: r, owner: o, expires: 2030-01-01}
                """))
        .satisfiesExactlyInAnyOrder(
            told -> assertThat(told).startsWith("2: checks has no title"),
            told -> assertThat(told).startsWith("2: checks has no why"),
            told -> assertThat(told).startsWith("2: checks asks nothing"),
            told -> assertThat(told).startsWith("4: checks: severity can't be urgent"),
            told -> assertThat(told).startsWith("5: checks: that is no expression"),
            told -> assertThat(told).startsWith("6: checks: id is there twice: mine"),
            told -> assertThat(told).startsWith("6: checks: evidence names no probe: x"),
            told -> assertThat(told).startsWith("7: checks has to be a mapping but is a number"),
            told ->
                assertThat(told)
                    .startsWith(
                        "10: waivers: check names no check: custom.mind (did you mean"
                            + " custom.mine?)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "||",
      quoteCharacter = '`',
      value = {
        "id: mine        || id: Mine",
        "command: 'true' || by_hand: x",
        "why: because    || sql: select 1",
        "why: because    || database: x",
        "severity: low   || severity: lo",
        "that: result.rc == 0 || `that: []`",
      })
  void theSchemaRefusesWhatTheReaderRefuses(String good, String bad) {
    assertThat(schemaSays(GOOD)).isEmpty();
    assertThat(schemaSays(GOOD.replace(good.strip(), bad.strip()))).isNotEmpty();
  }

  private static List<?> schemaSays(String text) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(PolicySchema.text())
        .validate(text, InputFormat.YAML);
  }

  private List<String> told(String text) {
    try {
      return PolicyFile.read(
              Files.writeString(folder.resolve(PolicyFile.NAME), text), Surroundings.ofProcess())
          .problems()
          .stream()
          .map(Problem::toString)
          .map(told -> told.substring(told.indexOf("earshot.yml:") + "earshot.yml:".length()))
          .toList();
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
