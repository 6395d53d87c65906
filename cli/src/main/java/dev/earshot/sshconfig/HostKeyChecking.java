package dev.earshot.sshconfig;

/// What `StrictHostKeyChecking` can be.
public enum HostKeyChecking {
  /// Unknown and changed keys are refused.
  YES,
  /// Unknown keys are accepted; changed ones, too.
  NO,
  /// A person is asked about unknown keys.
  ASK,
  /// Unknown keys are accepted; changed ones are refused.
  ACCEPT_NEW
}
