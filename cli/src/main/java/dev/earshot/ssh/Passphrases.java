package dev.earshot.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Opens encrypted keys. The person is asked once for each of them in the whole run, one question
/// at a time, while all hosts that need the answer wait, and their deadlines with them.
final class Passphrases {
  private static final int ATTEMPTS = 3;

  private final SecretPrompt prompt;
  private final ReentrantLock asking = new ReentrantLock();
  private final ConcurrentHashMap<Path, Answer> answers = new ConcurrentHashMap<>();

  private sealed interface Answer {
    record Opened(KeyPair keyPair) implements Answer {
      @Override
      public String toString() {
        return "Opened[]";
      }
    }

    record Failed(String reason) implements Answer {}
  }

  Passphrases(SecretPrompt prompt) {
    this.prompt = prompt;
  }

  KeyPair open(KeyFile.Locked key, Deadline deadline) throws KeyException, InterruptedException {
    Answer answer = answers.get(key.file());
    if (answer == null) {
      try (var _ = deadline.pause()) {
        answer = firstAnswer(key);
      }
    }
    return switch (answer) {
      case Answer.Opened(KeyPair keyPair) -> keyPair;
      case Answer.Failed(String reason) -> throw new KeyException(reason);
    };
  }

  private Answer firstAnswer(KeyFile.Locked key) throws InterruptedException {
    asking.lockInterruptibly();
    try {
      return answers.computeIfAbsent(key.file(), _ -> ask(key));
    } finally {
      asking.unlock();
    }
  }

  private Answer ask(KeyFile.Locked key) {
    String question = "Passphrase for the key %s: ".formatted(HomePath.shown(key.file()));
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Secret> secret =
          prompt.ask(attempt == 1 ? question : "That was not the passphrase. " + question);
      if (secret.isEmpty()) {
        return new Answer.Failed(
            "is encrypted, and nobody gave its passphrase; start ssh-agent and add the key with ssh-add %s, or run this at a terminal"
                .formatted(HomePath.inCommand(key.file())));
      }
      Optional<KeyPair> opened = opened(key, secret.get());
      if (opened.isPresent()) {
        return new Answer.Opened(opened.get());
      }
    }
    return new Answer.Failed(
        "is encrypted, and none of the %d passphrases given opens it".formatted(ATTEMPTS));
  }

  /// A wrong passphrase shows as garbage of any kind, depending on the format.
  private static Optional<KeyPair> opened(KeyFile.Locked key, Secret passphrase) {
    try {
      return key.text().decode(passphrase.text());
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
