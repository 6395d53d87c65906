package dev.earshot.history;

import dev.earshot.python.Surroundings;

/// A process that keeps audits until it is killed.
final class KeepsForever {

  private KeepsForever() {}

  public static void main(String[] arguments) {
    HistoryLocation location = HistoryLocation.of(arguments[0], Surroundings.ofProcess());
    NewRun run = Incident.run();
    while (true) {
      try (History history = History.open(location)) {
        history.keep(run);
      }
    }
  }
}
