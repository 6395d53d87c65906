package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A pattern that chooses hosts, as behind `ansible`: names, groups, wildcards and `~regular
/// expressions`, joined by `,` or `:`, narrowed by `&` and `!`, with subscripts such as `web[0:2]`.
/// What stands behind `--limit` is read by [#limit].
///
/// @param text as the user wrote it
/// @param terms its parts in the order in which they apply: first those that add, then `&`, then
///   `!`; `all` if none adds
public record HostPattern(String text, List<String> terms) {

  /// What becomes of a part that matches nothing: `host_pattern_mismatch`.
  public enum Mismatch {
    WARNING,
    ERROR,
    IGNORE
  }

  private static final Pattern PARTS =
      Pattern.compile("(?:[^\\s:\\[\\]]|\\[[^\\]]*\\])+", Pattern.UNICODE_CHARACTER_CLASS);

  public HostPattern {
    terms = List.copyOf(terms);
  }

  /// Takes a pattern apart. With a comma in it, only commas separate; else colons and blanks do,
  /// unless the whole is an IPv6 address. An empty pattern means all hosts.
  public static HostPattern parse(String text) {
    return new HostPattern(text, ordered(split(text)));
  }

  /// Takes apart what stands behind `--limit`: a pattern in which `@file` stands for the lines of a
  /// file. In those, commas and `#` mean nothing.
  ///
  /// @param base what the paths of files are relative to
  /// @param problems gets what is wrong with the files
  public static HostPattern limit(String text, Path base, List<Problem> problems) {
    var parts = new ArrayList<String>();
    for (var part : split(text)) {
      if (part.startsWith("@")) {
        parts.addAll(LimitFile.lines(base, part.substring(1), problems));
      } else {
        parts.add(part);
      }
    }
    return new HostPattern(text, ordered(parts));
  }

  private static List<String> ordered(List<String> parts) {
    var terms = new ArrayList<String>();
    parts.stream().filter(HostPattern::adds).forEach(terms::add);
    if (terms.isEmpty()) {
      terms.add(Group.ALL);
    }
    parts.stream().filter(part -> part.startsWith("&")).forEach(terms::add);
    parts.stream().filter(part -> part.startsWith("!")).forEach(terms::add);
    return terms;
  }

  private static List<String> split(String text) {
    return pieces(text).map(PythonText::strip).filter(part -> !part.isEmpty()).toList();
  }

  private static Stream<String> pieces(String text) {
    if (text.contains(",")) {
      return Stream.of(text.split(",", -1));
    }
    return HostAddress.parse(text, true).isPresent()
        ? Stream.of(text)
        : PARTS.matcher(text).results().map(result -> result.group());
  }

  private static boolean adds(String part) {
    return !part.startsWith("&") && !part.startsWith("!");
  }

  /// Chooses hosts. A part that matches nothing is a warning with the names that may have been
  /// meant, as the rest still counts; a pattern that chooses nothing is an error.
  public Selection select(Inventory inventory) {
    return match(inventory, Mismatch.WARNING).orNothing(text);
  }

  /// Chooses hosts, of which there may be none.
  public Selection match(Inventory inventory, Mismatch mismatch) {
    var hosts = new LinkedHashSet<Host>();
    var problems = new ArrayList<Problem>();
    for (var term : terms) {
      var exact = inventory.host(term);
      if (exact.isPresent()) {
        hosts.add(exact.get());
        continue;
      }
      var found = new PatternTerm(adds(term) ? term : term.substring(1)).match(inventory);
      found.problem().flatMap(problem -> weighed(problem, mismatch)).ifPresent(problems::add);
      var names = found.hosts().stream().map(Host::name).collect(Collectors.toSet());
      switch (term.charAt(0)) {
        case '&' -> hosts.removeIf(host -> !names.contains(host.name()));
        case '!' -> hosts.removeIf(host -> names.contains(host.name()));
        default -> hosts.addAll(found.hosts());
      }
    }
    return new Selection(List.copyOf(hosts), problems);
  }

  private static Optional<Problem> weighed(Problem problem, Mismatch mismatch) {
    if (problem.isError()) {
      return Optional.of(problem);
    }
    return switch (mismatch) {
      case WARNING -> Optional.of(problem);
      case ERROR ->
          Optional.of(
              new Problem(Severity.ERROR, problem.where(), problem.message(), problem.advice()));
      case IGNORE -> Optional.empty();
    };
  }
}
