package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A pattern that chooses hosts, as behind `ansible` or `--limit`: names, groups, wildcards and
/// `~regular expressions`, joined by `,` or `:`, narrowed by `&` and `!`, with subscripts such as
/// `web[0:2]`.
///
/// @param text as the user wrote it
/// @param terms its parts in the order in which they apply: first those that add, then `&`, then
///   `!`; `all` if none adds
public record HostPattern(String text, List<String> terms) {

  private static final Pattern PARTS =
      Pattern.compile("(?:[^\\s:\\[\\]]|\\[[^\\]]*\\])+", Pattern.UNICODE_CHARACTER_CLASS);

  public HostPattern {
    terms = List.copyOf(terms);
  }

  /// Takes a pattern apart. With a comma in it, only commas separate; else colons and blanks do,
  /// unless the whole is an IPv6 address. An empty pattern means all hosts.
  public static HostPattern parse(String text) {
    var parts = split(text).map(PythonText::strip).filter(part -> !part.isEmpty()).toList();
    var terms = new ArrayList<String>();
    parts.stream().filter(HostPattern::adds).forEach(terms::add);
    if (terms.isEmpty()) {
      terms.add(Group.ALL);
    }
    parts.stream().filter(part -> part.startsWith("&")).forEach(terms::add);
    parts.stream().filter(part -> part.startsWith("!")).forEach(terms::add);
    return new HostPattern(text, terms);
  }

  private static Stream<String> split(String text) {
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
    var hosts = new LinkedHashMap<String, Host>();
    var problems = new ArrayList<Problem>();
    for (var term : terms) {
      var matched = match(term, inventory, problems);
      var names = matched.stream().map(Host::name).toList();
      switch (term.charAt(0)) {
        case '&' -> hosts.keySet().retainAll(Set.copyOf(names));
        case '!' -> names.forEach(hosts::remove);
        default -> matched.forEach(host -> hosts.putIfAbsent(host.name(), host));
      }
    }
    if (hosts.isEmpty() && problems.stream().noneMatch(Problem::isError)) {
      problems.add(nothing(problems));
    }
    return new Selection(List.copyOf(hosts.values()), problems);
  }

  /// One error, with the advice of the warning that explains it, if one does.
  private Problem nothing(List<Problem> warnings) {
    var advice = warnings.isEmpty() ? "check the pattern" : warnings.getLast().advice();
    if (warnings.size() == 1) {
      warnings.clear();
    }
    return new Problem(
        Severity.ERROR, Optional.empty(), "the pattern %s matches no host".formatted(text), advice);
  }

  private static List<Host> match(String term, Inventory inventory, List<Problem> problems) {
    var exact = inventory.host(term);
    if (exact.isPresent()) {
      return List.of(exact.get());
    }
    var found = new PatternTerm(adds(term) ? term : term.substring(1)).match(inventory);
    found.problem().ifPresent(problems::add);
    return found.hosts();
  }
}
