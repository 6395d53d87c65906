package dev.earshot.drift;

import dev.earshot.drift.Change.State;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.OperatingSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hosts that came, went, or can be reached no longer, and what they run.
final class HostChanges {

  private HostChanges() {}

  static List<Change> between(FleetEvidence before, FleetEvidence now) {
    Map<HostName, HostEvidence> old = before.byName();
    Map<HostName, HostEvidence> current = now.byName();
    List<Change> changes = new ArrayList<>();
    current.forEach((name, host) -> {
      changes.addAll(
          Optional.ofNullable(old.get(name))
              .map(was -> between(was, host))
              .orElseGet(
                  () -> List.of(change(State.CHANGED, name, "was not among the hosts before"))));
    });
    old.keySet().stream()
        .filter(name -> !current.containsKey(name))
        .forEach(name -> changes.add(change(State.CHANGED, name, "is no longer among the hosts")));
    return changes;
  }

  private static List<Change> between(HostEvidence was, HostEvidence is) {
    HostName name = is.name();
    if (was.unreachable().isEmpty() && is.unreachable().isPresent()) {
      String what = is.recording().leftTo().isPresent() ? "was not asked: " : "can't be reached: ";
      return List.of(change(State.NEW, name, what + is.unreachable().orElseThrow()));
    } else if (was.unreachable().isPresent() && is.unreachable().isEmpty()) {
      return List.of(
          change(
              State.RESOLVED,
              name,
              was.recording().leftTo().isPresent() ? "is asked again" : "can be reached again"));
    }
    List<Change> changes = new ArrayList<>();
    Optional<String> oldSystem = was.os().collected().map(OperatingSystem::name);
    Optional<String> newSystem = is.os().collected().map(OperatingSystem::name);
    if (oldSystem.isPresent() && newSystem.isPresent() && !oldSystem.equals(newSystem)) {
      changes.add(
          change(
              State.CHANGED, name, "runs %s, ran %s".formatted(newSystem.get(), oldSystem.get())));
    }
    if (!was.host().address().equals(is.host().address())) {
      changes.add(
          change(
              State.CHANGED,
              name,
              "is reached at %s, was at %s".formatted(is.host().address(), was.host().address())));
    }
    return changes;
  }

  private static Change change(State state, HostName host, String what) {
    return new Change(state, "host/" + host, host + " " + what);
  }
}
