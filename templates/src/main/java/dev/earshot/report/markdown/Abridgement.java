package dev.earshot.report.markdown;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What is left out of a report.
///
/// @param parts left out
/// @param findings failures that are left out, of the least severe ones
record Abridgement(Set<Part> parts, int findings) {

  static final Abridgement NONE = new Abridgement(Set.of(), 0);

  Abridgement {
    parts = parts.isEmpty() ? Set.of() : EnumSet.copyOf(parts);
  }

  /// From the whole report to hardly anything. The headline stays for as long as there is a finding
  /// to leave out.
  static List<Abridgement> of(Set<Part> present, int failures) {
    List<Part> parts =
        Stream.of(Part.values())
            .filter(part -> part != Part.HEADLINE && present.contains(part))
            .toList();
    Set<Part> allButHeadline = Set.copyOf(parts);
    return Stream.of(
            Stream.of(NONE),
            Stream.iterate(1, count -> count <= parts.size(), count -> count + 1)
                .map(count -> new Abridgement(Set.copyOf(parts.subList(0, count)), 0)),
            Stream.iterate(1, count -> count <= failures, count -> count + 1)
                .map(count -> new Abridgement(allButHeadline, count)),
            Stream.of(new Abridgement(present, failures)))
        .flatMap(abridged -> abridged)
        .toList();
  }

  boolean leavesOut(Part part) {
    return parts.contains(part);
  }

  /// A sentence for the reader of what is left.
  Optional<String> told(int maxSize) {
    if (equals(NONE)) {
      return Optional.empty();
    }
    List<String> all =
        Stream.concat(
                findings == 0
                    ? Stream.empty()
                    : Stream.of("%d of the less severe findings".formatted(findings)),
                Stream.of(Part.values()).filter(this::leavesOut).map(Part::label))
            .toList();
    return Optional.of(
        "To stay within %d bytes, this leaves out: %s.".formatted(maxSize, String.join("; ", all)));
  }
}
