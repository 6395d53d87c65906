package dev.earshot.inventory;

/// How much of the input a [Problem] spoils.
public enum Severity {
  /// The input can't be used as it is.
  ERROR,
  /// Ansible would go on, and so can we, but the author probably meant something else.
  WARNING
}
