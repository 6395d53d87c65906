package dev.earshot.recording;

import dev.earshot.check.Profile;
import dev.earshot.evidence.Rate;
import java.util.Optional;

/// What an admin said when the evidence was judged, kept with it, so that a report can be made
/// again as it was.
///
/// @param arrivals requests from the busiest sender
/// @param profile chosen for the fleet
public record Judging(Optional<Rate> arrivals, Optional<Profile.Intent> profile) {

  /// Nothing was said.
  public static final Judging USUAL = new Judging(Optional.empty(), Optional.empty());

  /// The same, but for what is said now.
  public Judging with(Judging now) {
    return new Judging(now.arrivals().or(this::arrivals), now.profile().or(this::profile));
  }
}
