package dev.earshot.vault;

import java.time.Duration;
import java.util.List;

/// Which passwords a vault is to have.
///
/// @param identities in the order in which they are read and tried
/// @param defaultLabel `vault_identity`: of passwords, and of texts, without any
/// @param labelsMustMatch `vault_id_match`: a password opens only what bears its label
/// @param deadline for each program that prints a password, and each pipe that holds one
public record VaultSettings(
    List<VaultIdentity> identities,
    String defaultLabel,
    boolean labelsMustMatch,
    Duration deadline) {

  /// Long enough for somebody to type a passphrase for the program.
  public static final Duration DEADLINE = Duration.ofMinutes(1);

  /// The label where `vault_identity` names no other.
  public static final String DEFAULT_LABEL = "default";

  public VaultSettings {
    identities = List.copyOf(identities);
  }
}
