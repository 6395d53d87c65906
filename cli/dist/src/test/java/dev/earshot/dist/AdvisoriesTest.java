package dev.earshot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.dist.Advisories.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdvisoriesTest {

  private static final Path KNOWN = Path.of("advisories.json");

  /// A line of `dependency:list`: group, artifact, type, version and scope.
  private static final Pattern LISTED =
      Pattern.compile("(?m)^ +([^:\\s]+:[^:\\s]+):jar:([^:\\s]+):(?:compile|runtime)\\b");

  /// What a release brings along, as Maven has resolved it for this build.
  private static List<Resolved> released() throws IOException {
    List<Resolved> released =
        LISTED
            .matcher(Files.readString(Path.of("target", "dependencies.txt")))
            .results()
            .map(AdvisoriesTest::resolved)
            .filter(each -> !each.name().startsWith("dev.earshot:"))
            .toList();
    assertThat(released)
        .extracting(Resolved::name)
        .contains("org.apache.sshd:sshd-common", "org.slf4j:slf4j-simple", "info.picocli:picocli");
    return released;
  }

  private static Resolved resolved(MatchResult line) {
    return new Resolved(line.group(1), line.group(2));
  }

  @Test
  void no_library_of_a_release_has_a_known_vulnerability() throws IOException {
    Advisories known = Advisories.read(KNOWN);
    assertThat(known.vulnerable(released())).as("take a version that mends it").isEmpty();
    assertThat(known.neverLookedFor(released()))
        .as(
            "nobody has looked for advisories about these: cli/dist/renew-advisories asks OSV"
                + " (CONTRIBUTING.md)")
        .isEmpty();
  }

  /// The versions before and after those that the advisories name.
  @ParameterizedTest
  @CsvSource({
    "org.yaml:snakeyaml, 1.33, GHSA-mjmj-j48q-9wg2",
    "org.yaml:snakeyaml, 2.0, ",
    "org.postgresql:postgresql, 42.5.0, GHSA-562r-vg33-8x8h",
    "org.postgresql:postgresql, 42.7.4, GHSA-hq9p-pm7w-8p54",
    "org.postgresql:postgresql, 42.7.14, ",
    "org.apache.sshd:sshd-common, 2.9.1, GHSA-fhw8-8j55-vwgq",
    "org.bouncycastle:bcprov-jdk18on, 1.77, GHSA-m44j-cfrm-g8qc",
    "com.fasterxml.jackson.core:jackson-databind, 2.22.0, GHSA-5jmj-h7xm-6q6v",
    "com.fasterxml.jackson.core:jackson-databind, 2.22.2, ",
    "com.fasterxml.jackson.core:jackson-core, 2.9.10, GHSA-h46c-h94j-95f3",
  })
  void a_vulnerable_version_is_found(String name, String version, @Nullable String id)
      throws IOException {
    List<String> found = Advisories.read(KNOWN).vulnerable(List.of(new Resolved(name, version)));
    if (id == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).anyMatch(each -> each.startsWith(name + " " + version + ": " + id + ", "));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5 | {'introduced': '0'}, {'last_affected': '1.5'} | '' | true",
        "1.5.1 | {'introduced': '0'}, {'last_affected': '1.5'} | '' | false",
        "3.1 | {'introduced': '1'}, {'fixed': '2'}, {'introduced': '3'} | '' | true",
        "2.5 | {'introduced': '1'}, {'fixed': '2'}, {'introduced': '3'} | '' | false",
        "9 | {'introduced': '0'} | '' | true",
        "9 | {'introduced': '0'} | < 9 | false",
        "9 | {'introduced': '0'} | <= 9 | true",
        "2.10 | {'introduced': '0'}, {'fixed': '2.9'} | '' | false",
      })
  void a_range_is_read_as_osv_means_it(
      String version, String events, String known, boolean affected) throws IOException {
    String advisory =
        """
        {"packages": ["a:b"], "advisories": [{"id": "X", "summary": "s", "affected": [{
          "package": {"ecosystem": "Maven", "name": "a:b"},
          "ranges": [{"type": "ECOSYSTEM", "events": [%s]}],
          "database_specific": {"last_known_affected_version_range": "%s"}}]}]}
        """
            .formatted(events.replace('\'', '"'), known);
    Advisories advisories = new Advisories(new ObjectMapper().readTree(advisory));
    assertThat(advisories.vulnerable(List.of(new Resolved("a:b", version))))
        .hasSize(affected ? 1 : 0);
    assertThat(advisories.vulnerable(List.of(new Resolved("a:c", version)))).isEmpty();
  }

  @Test
  void a_package_that_nobody_looked_for_is_told() throws IOException {
    assertThat(Advisories.read(KNOWN).neverLookedFor(List.of(new Resolved("a:b", "1"))))
        .containsExactly(new Resolved("a:b", "1"));
  }
}
