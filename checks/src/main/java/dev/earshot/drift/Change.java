package dev.earshot.drift;

/// One thing that is not as it was.
///
/// @param key the same from run to run: a finding's key, `setting/db1:5432/jit`,
///   `round-trip/backend1/db1`, `host/db1`
/// @param told a sentence with what was and what is
public record Change(State state, String key, String told) {

  /// What became of it, the worst first.
  public enum State {
    /// It was well, or not there.
    NEW("new"),
    /// It was bad, and is worse.
    REGRESSED("regressed"),
    /// Neither better nor worse.
    CHANGED("changed"),
    /// It is bad still, but less so; or it only got better.
    IMPROVED("improved"),
    /// It was bad, and is well.
    RESOLVED("resolved");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /// `new`
    public String label() {
      return label;
    }
  }
}
