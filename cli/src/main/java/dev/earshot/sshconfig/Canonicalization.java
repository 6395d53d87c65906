package dev.earshot.sshconfig;

/// What `CanonicalizeHostname` can be.
public enum Canonicalization {
  NO,
  /// Only for hosts that are reached without a proxy.
  YES,
  ALWAYS
}
