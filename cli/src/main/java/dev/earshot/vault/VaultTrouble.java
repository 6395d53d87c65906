package dev.earshot.vault;

/// Why a password could not be had.
///
/// @param source as the user named it
/// @param message what is wrong
/// @param advice what to do
public record VaultTrouble(String source, String message, String advice) {

  @Override
  public String toString() {
    return "vault password from %s: %s; %s".formatted(source, message, advice);
  }
}
