package dev.earshot.check;

import java.util.List;
import java.util.Optional;

/// What `earshot checks ID` tells of a check beyond its title and why.
///
/// @param probes ids of the probes whose answers it judges
/// @param thresholds empty where the check judges without numbers
/// @param byHand how somebody without Earshot sees the same, as commands with comments
/// @param remedy what mends it in general; a finding's [Remedy] has the names and numbers
public record Card(List<String> probes, List<Threshold> thresholds, String byHand, String remedy) {

  public Card {
    probes = List.copyOf(probes);
    thresholds = List.copyOf(thresholds);
  }

  /// A number that decides.
  ///
  /// @param limit the number and what it does: "above 2 ms: high"
  /// @param source where the number is from: a manual, a measurement, or a reason
  /// @param set by which `earshot.yml` sets it otherwise, where that makes sense
  public record Threshold(String limit, String source, Optional<Limit> set) {

    public Threshold(String limit, String source) {
      this(limit, source, Optional.empty());
    }

    public Threshold(String limit, String source, Limit set) {
      this(limit, source, Optional.of(set));
    }
  }
}
