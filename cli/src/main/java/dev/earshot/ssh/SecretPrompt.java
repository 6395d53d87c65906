package dev.earshot.ssh;

import java.util.Optional;

/// Asks the person at the terminal, once for each question however many hosts want the answer.
@FunctionalInterface
public interface SecretPrompt {

  /// Nobody can be asked.
  SecretPrompt NOBODY = _ -> Optional.empty();

  /// Absent if nobody can be asked, or the person gave up.
  Optional<Secret> ask(String question);
}
