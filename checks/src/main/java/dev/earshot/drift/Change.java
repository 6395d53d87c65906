package dev.earshot.drift;

import java.util.Optional;

/// One thing that is not as it was; or that is [State#UNCHANGED], and bad as before.
///
/// @param key the same from run to run: a finding's key, `setting/db1:5432/jit`,
///   `rule/db1:5432/local all all peer`, `haproxy/lb1/version`, `round-trip/backend1/db1`,
///   `host/db1`
/// @param told a sentence with what was and what is
/// @param before of a setting or a rule, what it was; nothing where nobody set it, and for what is
///   neither
/// @param now of a setting or a rule, what it is
public record Change(
    State state, String key, String told, Optional<Value> before, Optional<Value> now) {

  /// What a setting or a rule is.
  ///
  /// @param origin who set it: a file and its line, a statement, `default`
  public record Value(String value, String origin) {}

  Change(State state, String key, String told) {
    this(state, key, told, Optional.empty(), Optional.empty());
  }

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
    RESOLVED("resolved"),
    /// It is as bad as it was.
    UNCHANGED("unchanged");

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
