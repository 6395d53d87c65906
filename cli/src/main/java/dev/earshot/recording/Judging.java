package dev.earshot.recording;

import dev.earshot.check.Profile;
import dev.earshot.evidence.Arrivals;
import java.util.Optional;

/// What an admin said when the evidence was judged, kept with it, so that a report can be made
/// again as it was.
///
/// @param arrivals at the busiest sender
/// @param profile chosen for the fleet
/// @param policy that was declared beside the inventory
public record Judging(
    Optional<Arrivals> arrivals, Optional<Profile.Intent> profile, Optional<PolicyText> policy) {

  /// Nothing was said.
  public static final Judging USUAL = new Judging(Optional.empty(), Optional.empty());

  /// What was said where nothing was declared.
  public Judging(Optional<Arrivals> arrivals, Optional<Profile.Intent> profile) {
    this(arrivals, profile, Optional.empty());
  }

  /// The same, but for what is said now.
  public Judging with(Judging now) {
    return new Judging(
        now.arrivals().or(this::arrivals),
        now.profile().or(this::profile),
        now.policy().or(this::policy));
  }

  /// The same with what was declared.
  public Judging declared(Optional<PolicyText> text) {
    return new Judging(arrivals, profile, text);
  }
}
