package dev.earshot.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.maven.artifact.versioning.ComparableVersion;

/// What is known of vulnerable versions, read from advisories in the format of
/// [OSV](https://ossf.github.io/osv-schema/).
///
/// @param file with the date, where the advisories are from, the packages that were looked for, and
///   what was found of them
record Advisories(JsonNode file) {

  /// GitHub's word for the last affected version, where an advisory names no fixed one.
  private static final Pattern KNOWN_RANGE = Pattern.compile("(<=?) (\\S+)");

  /// A package as Maven resolved it.
  ///
  /// @param name `group:artifact`
  record Resolved(String name, String version) {}

  static Advisories read(Path file) throws IOException {
    return new Advisories(new ObjectMapper().readTree(file.toFile()));
  }

  /// Those of which nobody has looked whether there are advisories: nothing is known of them.
  List<Resolved> neverLookedFor(List<Resolved> packages) {
    Set<String> lookedFor =
        each(file.path("packages")).map(JsonNode::asText).collect(Collectors.toSet());
    return packages.stream().filter(each -> !lookedFor.contains(each.name())).toList();
  }

  /// A sentence for each vulnerability of each package.
  List<String> vulnerable(List<Resolved> packages) {
    return packages.stream()
        .flatMap(resolved ->
            each(file.path("advisories"))
                .filter(advisory -> affects(advisory, resolved))
                .map(advisory ->
                    "%s %s: %s, %s"
                        .formatted(
                            resolved.name(),
                            resolved.version(),
                            advisory.path("id").asText(),
                            advisory.path("summary").asText())))
        .toList();
  }

  private static boolean affects(JsonNode advisory, Resolved resolved) {
    return each(advisory.path("affected"))
        .filter(affected -> affected.at("/package/ecosystem").asText().equals("Maven"))
        .filter(affected -> affected.at("/package/name").asText().equals(resolved.name()))
        .anyMatch(affected -> isIn(affected, resolved.version()));
  }

  private static boolean isIn(JsonNode affected, String version) {
    Optional<String> known =
        Optional.of(affected.at("/database_specific/last_known_affected_version_range").asText())
            .filter(range -> !range.isEmpty());
    return each(affected.path("versions")).anyMatch(each -> each.asText().equals(version))
        || each(affected.path("ranges"))
            .filter(range -> range.path("type").asText().equals("ECOSYSTEM"))
            .anyMatch(range -> isIn(range.path("events"), known, version));
  }

  /// From the last version that introduced it on, up to one that ends it.
  private static boolean isIn(JsonNode events, Optional<String> known, String version) {
    boolean ends = each(events).anyMatch(event -> event.has("fixed") || event.has("last_affected"));
    boolean affected = false;
    for (JsonNode event : events) {
      if (event.has("introduced")) {
        affected |= isAtLeast(version, event.path("introduced").asText());
      } else if (event.has("fixed")) {
        affected &= !isAtLeast(version, event.path("fixed").asText());
      } else if (event.has("last_affected")) {
        affected &= isAtLeast(event.path("last_affected").asText(), version);
      }
    }
    return affected && (ends || known.isEmpty() || isKnown(known.get(), version));
  }

  private static boolean isKnown(String range, String version) {
    Matcher parts = KNOWN_RANGE.matcher(range);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a range of versions that is not understood: " + range);
    }
    return isAtLeast(parts.group(2), version)
        && (parts.group(1).equals("<=") || !isAtLeast(version, parts.group(2)));
  }

  private static boolean isAtLeast(String one, String other) {
    return new ComparableVersion(one).compareTo(new ComparableVersion(other)) >= 0;
  }

  private static Stream<JsonNode> each(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false);
  }
}
