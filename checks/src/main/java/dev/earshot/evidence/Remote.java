package dev.earshot.evidence;

import java.time.Instant;
import java.util.Optional;

/// Another Lemmy instance, asked by the machine that audits how far it is with sending to ours; at
/// both ends of the window.
///
/// @param name its host's
/// @param domain ours, by which it knows us
public record Remote(String name, String domain, Evidence<Poll> start, Evidence<Poll> end) {

  /// What its `federated_instances` said.
  ///
  /// @param at when, by the clock of the machine that asked
  /// @param newest number of the newest activity that any instance has got from it: ids count all
  ///   of its activities, whoever they are for
  /// @param newestPublished when that instance's activity was published, by its own clock
  /// @param ours nothing where it does not send to us
  /// @param others nothing where it does not send to us, or an older Earshot asked
  public record Poll(
      Instant at,
      long newest,
      Optional<Instant> newestPublished,
      Optional<Sent> ours,
      Optional<Others> others) {}

  /// How far it is with everybody else: whether it is late with us alone.
  ///
  /// @param reached instances besides ours to which its last attempt did not fail
  /// @param asLate those of them that are at least half as many activities behind as we are
  public record Others(int reached, int asLate) {}

  /// How far it is with us; it writes that down once a minute.
  ///
  /// @param upTo number of the last activity that we got or did not need
  /// @param published when that one was
  /// @param failures in a row
  public record Sent(long upTo, Optional<Instant> published, int failures) {}
}
