package dev.earshot.inventory;

import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.PythonRegex;
import dev.earshot.python.Glob;
import dev.earshot.python.PythonNumbers;
import dev.earshot.text.NearNames;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One part of a [HostPattern], without its `&` or `!`.
record PatternTerm(String text) {

  /// What a part matches, and what is wrong with it.
  record Match(List<Host> hosts, Optional<Problem> problem) {}

  private static final Pattern SUBSCRIPTED =
      Pattern.compile(
          "(?<expression>.+)\\[(?:(?<index>-?[0-9]+)|(?<from>[0-9]+)[:-](?<to>[0-9]*))\\]");

  private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE / 2);
  private static final BigInteger LEAST = MOST.negate();

  Match match(Inventory inventory) {
    if (text.isEmpty()) {
      return failed("a part of the pattern is empty", "write a name behind & or !");
    }
    if (text.startsWith("~")) {
      return regex(inventory);
    }
    var subscripted = SUBSCRIPTED.matcher(text);
    if (!subscripted.matches()) {
      return find(text, Glob.compile(text), inventory);
    }
    var expression = subscripted.group("expression");
    var found = find(expression, Glob.compile(expression), inventory);
    if (found.hosts().isEmpty()) {
      return found;
    }
    return subscripted.group("index") == null
        ? slice(
            found.hosts(),
            number(subscripted.group("from")),
            subscripted.group("to").isEmpty() ? -1 : number(subscripted.group("to")))
        : pick(found.hosts(), number(subscripted.group("index")));
  }

  /// No fleet has as many hosts as the largest number says.
  private static int number(String digits) {
    return PythonNumbers.parseInt(digits)
        .map(number -> number.signum() < 0 ? number.max(LEAST) : number.min(MOST))
        .map(BigInteger::intValue)
        .orElse(Integer.MAX_VALUE / 2);
  }

  private Match regex(Inventory inventory) {
    try {
      var pattern = PythonRegex.compile(text.substring(1), false, false);
      var budget = new Budget();
      return find(text, name -> pattern.matches(name, budget), inventory);
    } catch (Failure failure) {
      return failed(
          "%s is not a regular expression that can be matched: %s"
              .formatted(text, failure.getMessage()),
          "fix it, or use wildcards such as web*");
    }
  }

  /// The hosts of all groups that match; hosts by their own names if no group matches or wildcards
  /// are in play.
  private Match find(String expression, Predicate<String> matches, Inventory inventory) {
    var groups = inventory.groupsByName().keySet().stream().filter(matches).toList();
    var hosts = new LinkedHashMap<String, Host>();
    for (var group : groups) {
      inventory.hostsOf(group).forEach(host -> hosts.putIfAbsent(host.name(), host));
    }
    boolean wild =
        expression.startsWith("~") || expression.chars().anyMatch(c -> ".?*[".indexOf(c) >= 0);
    if (groups.isEmpty() || wild) {
      inventory.hosts().stream()
          .filter(host -> matches.test(host.name()))
          .forEach(host -> hosts.putIfAbsent(host.name(), host));
    }
    if (hosts.isEmpty()) {
      inventory.localhost(expression).ifPresent(host -> hosts.put(host.name(), host));
    }
    return hosts.isEmpty() && groups.isEmpty()
        ? unmatched(expression, inventory)
        : new Match(List.copyOf(hosts.values()), Optional.empty());
  }

  private static Match unmatched(String expression, Inventory inventory) {
    var known =
        Stream.concat(
                inventory.groupsByName().keySet().stream(),
                inventory.hostsByName().keySet().stream())
            .toList();
    var near = NearNames.near(expression, known);
    var advice =
        near.isEmpty()
            ? "see the names with: earshot inventory --graph"
            : "did you mean %s?".formatted(String.join(" or ", near));
    var message = "no host or group matches %s".formatted(expression);
    return new Match(
        List.of(), Optional.of(new Problem(Severity.WARNING, Optional.empty(), message, advice)));
  }

  private Match pick(List<Host> hosts, int index) {
    int from = index < 0 ? hosts.size() + index : index;
    return from < 0 || from >= hosts.size()
        ? failed(
            "%s asks for a host beyond the last one".formatted(text),
            "%d hosts match, counted from 0".formatted(hosts.size()))
        : new Match(List.of(hosts.get(from)), Optional.empty());
  }

  /// Both ends belong to it. An end of 0 means the first host alone, as for Ansible.
  private Match slice(List<Host> hosts, int from, int to) {
    if (to == 0) {
      return pick(hosts, from);
    }
    int end = to < 0 ? hosts.size() : Math.min(to + 1, hosts.size());
    return new Match(from < end ? hosts.subList(from, end) : List.of(), Optional.empty());
  }

  private static Match failed(String message, String advice) {
    return new Match(
        List.of(), Optional.of(new Problem(Severity.ERROR, Optional.empty(), message, advice)));
  }
}
