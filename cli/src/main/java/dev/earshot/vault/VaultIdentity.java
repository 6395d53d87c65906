package dev.earshot.vault;

import java.util.Optional;

/// Where a password comes from and which label it bears, as `--vault-id [LABEL@]SOURCE` names them.
///
/// @param label absent or not empty
/// @param source the path of a file or of a program, or one of the two words for a prompt
public record VaultIdentity(Optional<String> label, String source) {

  private static final String PROMPT = "prompt";
  private static final String PROMPT_AS_EVER = "prompt_ask_vault_pass";

  /// Splits at the first `@`: what stands before it is the label.
  public static VaultIdentity parse(String text) {
    int at = text.indexOf('@');
    return at < 0
        ? new VaultIdentity(Optional.empty(), text)
        : new VaultIdentity(
            Optional.of(text.substring(0, at)).filter(label -> !label.isEmpty()),
            text.substring(at + 1));
  }

  /// What `--vault-password-file` means.
  ///
  /// @param label of passwords without any, `vault_identity`
  public static VaultIdentity file(String label, String path) {
    return new VaultIdentity(Optional.of(label), path);
  }

  /// What `--ask-vault-pass` means.
  ///
  /// @param label of passwords without any, `vault_identity`
  public static VaultIdentity prompt(String label) {
    return new VaultIdentity(Optional.of(label), PROMPT_AS_EVER);
  }

  /// The question to ask, if this is a prompt.
  Optional<String> question(String defaultLabel) {
    return switch (source) {
      case PROMPT -> Optional.of("Vault password (%s): ".formatted(label.orElse(defaultLabel)));
      case PROMPT_AS_EVER -> Optional.of("Vault password: ");
      case String _ -> Optional.empty();
    };
  }
}
