package dev.earshot.custom;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Origin;
import dev.earshot.check.Severity;
import dev.earshot.jinja.Condition;
import dev.earshot.jinja.TemplateException;
import dev.earshot.redaction.Redactor;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A check as it is written in `earshot.yml`, whichever hosts it is about.
///
/// @param id with `custom.` before what was written
/// @param title the good state, a sentence
/// @param that all of which have to hold where the state is good
/// @param byHand how people see the same
public record CustomDefinition(
    String id,
    String title,
    Severity severity,
    String why,
    Asked asked,
    List<Condition> that,
    Optional<String> byHand,
    Mending mending,
    Origin origin) {

  /// How to mend it.
  ///
  /// @param summary a sentence
  /// @param tasks of Ansible's, as a YAML list at the margin; empty where only people can do it
  public record Mending(String summary, String tasks) {}

  public CustomDefinition {
    that = List.copyOf(that);
  }

  /// Its entry in the catalogue. A secret in the command is told to nobody: who wrote it knows
  /// where it stands.
  public CheckInfo info() {
    return new CheckInfo(
        id,
        title,
        severity,
        why,
        new Card(
            List.of(asked.probe()),
            that.stream()
                .map(condition ->
                    new Card.Threshold(
                        "where this does not hold: %s: %s".formatted(severity.label(), condition),
                        origin.toString()))
                .toList(),
            Redactor.redact(byHand.orElseGet(asked::byHand)),
            mending.summary()));
  }

  /// The same, with other names in all that people read. What is judged has them, too, and so have
  /// the conditions.
  CustomDefinition with(UnaryOperator<String> text) {
    return new CustomDefinition(
        id,
        text.apply(title),
        severity,
        text.apply(why),
        asked.with(text),
        that.stream().map(condition -> condition(condition, text)).toList(),
        byHand.map(text),
        new Mending(text.apply(mending.summary()), text.apply(mending.tasks())),
        origin);
  }

  private static Condition condition(Condition condition, UnaryOperator<String> text) {
    try {
      return Condition.parse(text.apply(condition.toString()));
    } catch (TemplateException _) {
      return condition;
    }
  }
}
