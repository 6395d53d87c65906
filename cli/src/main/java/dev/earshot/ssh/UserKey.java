package dev.earshot.ssh;

import java.util.Optional;

/// A key to show a server.
///
/// @param name as a sentence calls it, such as `the key ~/.ssh/id_ed25519`
/// @param half the public key or certificate to show, unless only a passphrase would tell
record UserKey(String name, Optional<HostKey> half, Holder holder) {

  /// Who has the private half.
  @FunctionalInterface
  interface Holder {
    /// Gets ready to sign, for which a person may be asked.
    Signer open(Deadline deadline) throws KeyException, InterruptedException;
  }

  /// No file and no agent has it, or none that may be used.
  ///
  /// @param reason follows the key's name in a sentence
  record Nobody(String reason) implements Holder {
    @Override
    public Signer open(Deadline deadline) throws KeyException {
      throw new KeyException(reason);
    }
  }

  /// Signs with a private key.
  interface Signer {
    /// The public half, without any certificate.
    HostKey half();

    /// The signature by an algorithm for this type of key, whose name stands in front of it.
    byte[] sign(String algorithm, byte[] data) throws KeyException, InterruptedException;
  }

  UserKey withCertificate(HostKey certificate) {
    return new UserKey(name, Optional.of(certificate), holder);
  }

  String shown() {
    return half.map(key -> "%s (%s)".formatted(name, key)).orElse(name);
  }
}
