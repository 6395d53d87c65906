package dev.earshot.inventory;

import java.util.regex.Pattern;

/// The names of Ansible's inventory plugins.
final class PluginNames {

  private static final Pattern BUILT_IN = Pattern.compile("^ansible\\.(?:builtin|legacy)\\.");

  private PluginNames() {}

  /// The short name of one of Ansible's own plugins; any other name as it is.
  static String plain(String name) {
    return BUILT_IN.matcher(name).replaceFirst("");
  }
}
