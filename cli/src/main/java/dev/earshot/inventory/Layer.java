package dev.earshot.inventory;

import java.util.Map;

/// Variables that one place sets for a host: a section of a source, a file, the command line.
///
/// @param owner the group or host that the place is about
public record Layer(Level level, String owner, Map<String, Variable> variables) {

  /// Such as `group_vars, group web`.
  public String words() {
    return level.words(owner);
  }

  /// The values may be secrets.
  @Override
  public String toString() {
    return "Layer[" + words() + "]";
  }
}
