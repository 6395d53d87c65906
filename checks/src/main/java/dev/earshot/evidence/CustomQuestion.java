package dev.earshot.evidence;

import java.util.regex.Pattern;

/// A question that an admin wrote into `earshot.yml`. It is put to a host after all others, once,
/// and its answer is kept like theirs.
public sealed interface CustomQuestion permits CustomCommand, CustomQuery {

  /// What the ids of all of them, and of the checks that ask them, begin with.
  String PREFIX = "custom.";

  /// What stands behind it.
  Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,39}(?:-[a-z0-9]{1,40}){0,8}");

  /// How a host's shell is asked it.
  Probe<?> probe();

  /// Whether a probe's id is that of such a question.
  static boolean isId(String id) {
    return id.startsWith(PREFIX) && NAME.matcher(id.substring(PREFIX.length())).matches();
  }
}
