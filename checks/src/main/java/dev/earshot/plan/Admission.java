package dev.earshot.plan;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.PostgresHba.Rule;
import dev.earshot.plan.HbaRules.Answer;
import dev.earshot.plan.HbaRules.Session;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a session that gets in today gets in from another address.
///
/// @param today the rule that admits it now, if one was told
record Admission(Answer answer, Optional<Rule> today) {

  /// Whether the session is encrypted is not known: it is as it is today, so the ways count by
  /// which it gets in today.
  static Admission of(
      HbaRules rules, String role, String database, Address today, Address tomorrow) {
    List<Answer.Admitted> open = List.of();
    List<Answer> answers = List.of();
    for (boolean encrypted : new boolean[] {false, true}) {
      Answer before = rules.answer(new Session(role, database, today, encrypted));
      if (before instanceof Answer.Admitted admitted) {
        open = append(open, admitted);
        answers = append(answers, rules.answer(new Session(role, database, tomorrow, encrypted)));
      }
    }
    if (answers.isEmpty()) {
      return new Admission(
          rules.answer(new Session(role, database, tomorrow, false)), Optional.empty());
    }
    Optional<Rule> rule = Optional.of(open.getFirst().rule());
    boolean alike = answers.stream().map(Object::getClass).distinct().count() == 1;
    return new Admission(
        alike
            ? answers.getFirst()
            : new Answer.Open("it depends on whether the session is encrypted, which is not known"),
        rule);
  }

  private static <T> List<T> append(List<T> list, T one) {
    return Stream.concat(list.stream(), Stream.of(one)).toList();
  }
}
