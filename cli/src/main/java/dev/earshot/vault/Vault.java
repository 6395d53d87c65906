package dev.earshot.vault;

/// Opens text in Ansible Vault's armour, with whatever passwords it was given.
@FunctionalInterface
public interface Vault {

  /// What became of the attempt to open a text.
  sealed interface Opening {

    /// It opened. The text form of this record doesn't show what was inside.
    record Opened(String plain) implements Opening {
      @Override
      public String toString() {
        return "Opened[]";
      }
    }

    /// It stays shut.
    ///
    /// @param reason for people, such as "no password was given"
    record Locked(String reason) implements Opening {}
  }

  /// Never throws for what is in the text.
  ///
  /// @param armoured the whole text, from `$ANSIBLE_VAULT` on
  Opening open(String armoured);

  /// A vault without any password.
  static Vault withoutPassword() {
    return _ -> new Opening.Locked("no vault password was given");
  }

  /// True for a text that begins as Ansible Vault's do.
  static boolean isArmoured(String text) {
    return text.startsWith("$ANSIBLE_VAULT");
  }
}
