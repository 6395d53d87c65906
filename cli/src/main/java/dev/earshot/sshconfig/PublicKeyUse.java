package dev.earshot.sshconfig;

/// What `PubkeyAuthentication` can be. The last two choose between versions of the protocol.
public enum PublicKeyUse {
  NO,
  YES,
  UNBOUND,
  HOST_BOUND
}
