package dev.earshot.custom;

import dev.earshot.check.Finding;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.jinja.Condition;
import dev.earshot.jinja.TemplateException;
import dev.earshot.python.Value;
import dev.earshot.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Judges what one host answered to one check.
record Judge(CustomDefinition definition, HostEvidence host, Seen seen) {

  /// Whoever asks for the status means to judge it; to everybody else, a command that fails has not
  /// answered.
  private static final Pattern STATUS =
      Pattern.compile("\\bresult\\s*(?:\\.\\s*rc\\b|\\[\\s*['\"]rc['\"]\\s*\\])");

  private static final int MOST_LINES = 10;
  private static final int MOST_KEYS = 30;

  Finding finding() {
    return switch (seen) {
      case Seen.Unseen(var thing, String reason, _) -> finding(thing, unknown(reason));
      case Seen.Nothing(String because) ->
          finding(Optional.empty(), new Verdict.NotApplicable(sentence(because)));
      case Seen.Judgeable judgeable -> finding(judgeable.thing(), verdict(judgeable));
    };
  }

  /// Why it could not be looked at, where nothing else tells.
  Optional<String> trouble() {
    return switch (seen) {
      case Seen.Unseen(_, String reason, boolean isTold) ->
          isTold ? Optional.empty() : Optional.of(reason);
      case Seen.Nothing _ -> Optional.empty();
      case Seen.Judgeable judgeable ->
          verdict(judgeable) instanceof Verdict.Unknown(String because)
              ? Optional.of(because)
              : Optional.empty();
    };
  }

  private Verdict verdict(Seen.Judgeable answer) {
    if (answer.failed().isPresent() && definition.that().stream().noneMatch(Judge::asksForStatus)) {
      return unknown(answer.failed().get());
    }
    HostScope scope = new HostScope(host.host(), answer.variables());
    for (Condition condition : definition.that()) {
      try {
        if (!condition.holds(scope)) {
          return new Verdict.Fail(
              definition.severity(),
              sentence("%s does not hold%s".formatted(shown(condition), found(answer))));
        }
      } catch (TemplateException error) {
        return unknown(
            "the check's own expression failed (%s): %s: %s%s"
                .formatted(
                    definition.origin(),
                    shown(condition),
                    Printable.of(error.getMessage()),
                    known(answer)));
      }
    }
    return new Verdict.Pass(
        sentence(
            definition.that().stream().map(Judge::shown).collect(Collectors.joining(" and "))
                + (definition.that().size() > 1 ? " hold" : " holds")
                + found(answer)));
  }

  /// What there is to choose from, where a name was wrong.
  private static String known(Seen.Judgeable answer) {
    return answer.variables().get("evidence") instanceof Value.Mapping(var entries)
        ? "; evidence has "
            + entries.keySet().stream()
                .flatMap(key -> key.asText().stream())
                .limit(MOST_KEYS)
                .map(Printable::of)
                .collect(Collectors.joining(", "))
        : "";
  }

  private static boolean asksForStatus(Condition condition) {
    return STATUS.matcher(condition.toString()).find();
  }

  private static String found(Seen.Judgeable answer) {
    return answer.shown().map(said -> ": " + said).orElse("");
  }

  private static String shown(Condition condition) {
    return Shown.text(condition.toString());
  }

  private Finding finding(Optional<String> thing, Verdict verdict) {
    Finding finding =
        Finding.of(definition.info(), new Subject.OfHost(host.name(), thing), verdict);
    return verdict instanceof Verdict.Fail ? finding.with(remedy()) : finding;
  }

  private Verdict unknown(String reason) {
    return new Verdict.Unknown(sentence(reason));
  }

  private String sentence(String told) {
    return host.name() + ": " + told;
  }

  private Remedy remedy() {
    String tasks = definition.mending().tasks();
    return new Remedy(
        definition.mending().summary(),
        tasks.isEmpty()
            ? ""
            : "- name: %s\n  hosts: %s\n  gather_facts: false\n  tasks:\n    - name: Gather facts\n      ansible.builtin.setup:\n%s"
                .formatted(
                    Quoted.yaml(definition.title()),
                    Quoted.yaml(host.name().value()),
                    indented(tasks)),
        byHand());
  }

  /// Without blanks on empty lines.
  private static String indented(String tasks) {
    return tasks
        .lines()
        .map(line -> line.isEmpty() ? "\n" : "    " + line + "\n")
        .collect(Collectors.joining());
  }

  private List<String> byHand() {
    String where = "   # on " + Quoted.comment(host.name().value());
    return definition
        .info()
        .card()
        .byHand()
        .lines()
        .limit(MOST_LINES)
        .map(line -> line + where)
        .toList();
  }
}
