package dev.earshot.check;

import dev.earshot.topology.DeclaredTopology;
import java.util.List;
import java.util.Optional;

/// What the admin wants judged, and how: what `earshot.yml` says.
///
/// @param waivers failures that somebody answers for
/// @param custom checks of the admin's own
/// @param notes what is judged otherwise because of it, for readers of the report
public record Policy(
    DeclaredTopology topology,
    Thresholds thresholds,
    List<Waiver> waivers,
    List<CustomCheck> custom,
    List<Note> notes) {

  /// Nothing is declared.
  public static final Policy NONE =
      new Policy(DeclaredTopology.NONE, Thresholds.USUAL, List.of(), List.of(), List.of());

  /// Something that was declared, as a phrase.
  ///
  /// @param reason in the admin's own words
  public record Note(String told, Optional<String> reason, Origin origin) {

    /// All of it.
    public String whole() {
      return told + reason.map(why -> ": " + why).orElse("");
    }
  }

  public Policy {
    waivers = List.copyOf(waivers);
    custom = List.copyOf(custom);
    notes = List.copyOf(notes);
  }
}
