package dev.earshot.inventory;

import java.util.regex.Pattern;

/// Makes group names that could be names of variables.
final class GroupNames {

  /// A letter or digit is what Python takes for one.
  private static final Pattern INVALID =
      Pattern.compile("^(?:\\p{Nd}|[^\\p{L}\\p{N}_])|[^\\p{L}\\p{N}_]");

  private GroupNames() {}

  /// The name with an underscore for each character that can't be in a variable's name.
  static String safe(String name) {
    return INVALID.matcher(name).replaceAll("_");
  }
}
