package dev.earshot.inventory;

/// What kind of place a layer of variables comes from. The first six may be put into another order
/// by `precedence`; the others always rank above them, as listed here.
public enum Level {
  ALL_IN_SOURCES,
  GROUPS_IN_SOURCES,
  ALL_BESIDE_SOURCES,
  ALL_BESIDE_PLAY,
  GROUPS_BESIDE_SOURCES,
  GROUPS_BESIDE_PLAY,
  HOST_IN_SOURCES,
  HOST_BESIDE_SOURCES,
  HOST_BESIDE_PLAY,
  FACTS,
  EXTRA;

  boolean isOfHost() {
    return this == HOST_IN_SOURCES || this == HOST_BESIDE_SOURCES || this == HOST_BESIDE_PLAY;
  }

  /// The layer in words.
  ///
  /// @param owner the name of the group; nothing is made of a host's
  String words(String owner) {
    return switch (this) {
      case ALL_IN_SOURCES, GROUPS_IN_SOURCES -> "group " + owner;
      case ALL_BESIDE_SOURCES, GROUPS_BESIDE_SOURCES -> "group_vars, group " + owner;
      case ALL_BESIDE_PLAY, GROUPS_BESIDE_PLAY ->
          "group_vars of the playbook's directory, group " + owner;
      case HOST_IN_SOURCES -> "host";
      case HOST_BESIDE_SOURCES -> "host_vars";
      case HOST_BESIDE_PLAY -> "host_vars of the playbook's directory";
      case FACTS -> "cached facts";
      case EXTRA -> "extra variables (-e)";
    };
  }
}
