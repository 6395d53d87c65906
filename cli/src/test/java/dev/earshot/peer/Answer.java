package dev.earshot.peer;

/// How a command ended.
record Answer(int exit, String out, String err) {

  /// Whether Ansible gave up on a source. It wraps its warnings at the terminal's width.
  boolean couldNotRead() {
    return exit != 0 || err.replaceAll("\\s+", " ").contains("Unable to parse");
  }
}
