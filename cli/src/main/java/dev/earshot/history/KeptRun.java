package dev.earshot.history;

import java.time.Instant;

/// One audit in the history, in short.
///
/// @param id counts up within a history
/// @param started by the clock of the machine that ran it
/// @param version of Earshot
/// @param failed how many findings failed, by severity
/// @param exit what the audit ended with
public record KeptRun(
    long id,
    Instant started,
    Inventory inventory,
    String version,
    int exit,
    int hosts,
    Failed failed) {

  /// Failures by severity.
  public record Failed(int critical, int high, int medium, int low, int info) {}
}
