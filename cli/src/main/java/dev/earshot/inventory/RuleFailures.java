package dev.earshot.inventory;

import dev.earshot.jinja.Template;
import dev.earshot.jinja.TemplateException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What becomes of expressions of `constructed` that have no value for a host. Ansible skips them
/// unless the plugin is strict; one that has a value for no host at all is told.
final class RuleFailures {

  private static final class Count {
    int hosts;
    String example = "";
  }

  private record Rule(Location where, String name) {}

  private final boolean strict;
  private final Problems problems;
  private final Map<Rule, Count> counts = new LinkedHashMap<>();

  RuleFailures(boolean strict, Problems problems) {
    this.strict = strict;
    this.problems = problems;
  }

  /// Absent if the template is malformed or asks for what is not known, which is an error even
  /// where Ansible would skip it: it might know it.
  Optional<Template> parse(String template, Location where) {
    try {
      return Optional.of(Template.parse(template));
    } catch (TemplateException e) {
      problems.error(
          where,
          "%s can't be evaluated: %s".formatted(e.expression(), e.getMessage()),
          "write it with what Earshot knows, or have Ansible list the inventory");
      return Optional.empty();
    }
  }

  void add(Location where, String rule, String host, TemplateException e) {
    fail(where, rule, host, e.getMessage());
  }

  void empty(Location where, String rule, String host) {
    fail(where, rule, host, "its value is empty");
  }

  private void fail(Location where, String rule, String host, String reason) {
    if (strict) {
      problems.error(
          where,
          "%s has no value for host %s: %s".formatted(rule, host, reason),
          "mend it, or set strict: false to leave such hosts out");
      return;
    }
    var count = counts.computeIfAbsent(new Rule(where, rule), _ -> new Count());
    count.hosts++;
    count.example = reason;
  }

  /// To be called once, after all hosts.
  void report(int hosts) {
    counts.forEach((rule, count) -> {
      if (count.hosts == hosts) {
        problems.warning(
            rule.where(),
            "%s has a value for no host: %s".formatted(rule.name(), count.example),
            "mend it; it sees only what the sources before this one say");
      }
    });
  }
}
