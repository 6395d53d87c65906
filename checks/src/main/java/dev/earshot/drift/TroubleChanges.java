package dev.earshot.drift;

import dev.earshot.drift.Change.State;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Trouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Probes that could be asked and can't be any more, or the other way round. Whole hosts are
/// [HostChanges]' own.
final class TroubleChanges {

  private record Question(HostName host, String probe) {}

  private TroubleChanges() {}

  static List<Change> between(FleetEvidence before, FleetEvidence now) {
    Map<Question, Trouble> old = byQuestion(before);
    Map<Question, Trouble> current = byQuestion(now);
    List<Change> changes = new ArrayList<>();
    current.forEach((question, trouble) -> {
      if (!old.containsKey(question) && reached(before, question)) {
        changes.add(change(State.NEW, question, "could not be asked: " + trouble.reason()));
      }
    });
    old.keySet().stream()
        .filter(question -> !current.containsKey(question) && reached(now, question))
        .forEach(question -> changes.add(change(State.RESOLVED, question, "can be asked again")));
    return changes;
  }

  private static boolean reached(FleetEvidence fleet, Question question) {
    return fleet.host(question.host()).filter(host -> host.unreachable().isEmpty()).isPresent();
  }

  private static Map<Question, Trouble> byQuestion(FleetEvidence fleet) {
    Map<Question, Trouble> all = new LinkedHashMap<>();
    for (Trouble trouble : fleet.troubles()) {
      trouble
          .probe()
          .ifPresent(probe -> all.putIfAbsent(new Question(trouble.host(), probe), trouble));
    }
    return all;
  }

  private static Change change(State state, Question question, String what) {
    return new Change(
        state,
        "probe/%s/%s".formatted(question.host(), question.probe()),
        "%s: %s %s".formatted(question.host(), question.probe(), what));
  }
}
