package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.python.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the cases can't hold against the real Ansible: it deletes files that it can't read, and
/// copies of a case are always new.
class CachedFactsTest {

  @TempDir private Path directory;

  private CachedFacts facts(int timeout) {
    return new CachedFacts(new FactCaching("jsonfile", Optional.of(directory), "", timeout, true));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("h1"), text);
  }

  @ParameterizedTest
  @CsvSource({"0, 90000, true", "60, 30, true", "60, 90, false", "86400, 90000, false"})
  void factsAreForgottenInTime(int timeout, int age, boolean known) throws IOException {
    var file = write("{\"a\": 1}");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofSeconds(age))));
    assertThat(facts(timeout).variables("h1").containsKey("a")).isEqualTo(known);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "12", "[1]", "\"x\"", "{\"a\": 1", "a: 1", "{} {}", "\uFEFF{}"})
  void whatIsNoObjectIsAnErrorAndStays(String text) throws IOException {
    var file = write(text);
    var facts = facts(0);
    assertThat(facts.variables("h1")).isEmpty();
    assertThat(facts.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.isError()).isTrue();
          assertThat(problem.where()).contains(Location.of(file));
          assertThat(problem.message()).contains("cached facts of h1");
        });
    assertThat(file).hasContent(text);
  }

  @Test
  void aFactKnowsItsFileAndLine() throws IOException {
    var file = write("{\n  \"ansible_b\": 1,\n  \"a\": \"{{ x }}\"\n}\n");
    var variables = facts(0).variables("h1");
    assertThat(variables.get("a"))
        .isEqualTo(new Variable(new Value.Text("{{ x }}", true), new Location(file, 3)));
    assertThat(variables.get("ansible_facts"))
        .extracting(Variable::value)
        .asString()
        .contains("text=b", "text=a");
  }

  @Test
  void namesDoNotLeadOut() throws IOException {
    Files.createDirectory(directory.resolve("cache"));
    write("{\"a\": 1}");
    var facts =
        new CachedFacts(
            new FactCaching("jsonfile", Optional.of(directory.resolve("cache")), "", 0, true));
    assertThat(facts.variables("../h1")).isEmpty();
    assertThat(facts.problems()).isEmpty();
  }

  @Test
  void hugeFilesAreRefused() throws IOException {
    write("{\"a\": \"" + "x".repeat(SourceText.MAX_BYTES) + "\"}");
    var facts = facts(0);
    assertThat(facts.variables("h1")).isEmpty();
    assertThat(facts.problems()).singleElement().matches(Problem::isError);
  }
}
