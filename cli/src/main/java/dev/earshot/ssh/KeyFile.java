package dev.earshot.ssh;

import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;

/// A file that should hold a private key, looked at.
sealed interface KeyFile {
  Path file();

  /// The public half, if it is known without a passphrase.
  Optional<HostKey> half();

  /// One that can be used as it is.
  record Open(Path file, KeyPair keyPair) implements KeyFile {
    @Override
    public Optional<HostKey> half() {
      return Optional.of(HostKey.of(keyPair.getPublic()));
    }

    @Override
    public String toString() {
      return "Open[" + file + "]";
    }
  }

  /// One that needs a passphrase.
  record Locked(Path file, KeyText text, Optional<HostKey> half) implements KeyFile {}

  /// One of which only the public half is here; an agent may have the other.
  record PublicOnly(Path file, HostKey key) implements KeyFile {
    @Override
    public Optional<HostKey> half() {
      return Optional.of(key);
    }
  }

  /// One that may not be used, because others may read it. An agent may have its key all the same.
  ///
  /// @param reason follows its name in a sentence
  record Exposed(Path file, Optional<HostKey> half, String reason) implements KeyFile {}

  /// One that opens no host; the reason follows its name in a sentence.
  record Unusable(Path file, String reason) implements KeyFile {
    @Override
    public Optional<HostKey> half() {
      return Optional.empty();
    }
  }
}
