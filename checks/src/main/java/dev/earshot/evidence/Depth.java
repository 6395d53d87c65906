package dev.earshot.evidence;

/// How far an audit looks.
public enum Depth {
  /// At what is cheap to ask.
  USUAL,

  /// At the tables and indexes of databases, too.
  DEEP
}
