package dev.earshot.vault;

import dev.earshot.python.Surroundings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Passwords for something else than a vault, which stand in files or are printed by programs just
/// like those.
public final class PasswordSource {

  /// What came of reading one.
  public sealed interface Outcome {

    /// Its text form doesn't show it.
    record Read(String password) implements Outcome {
      @Override
      public String toString() {
        return "Read[]";
      }
    }

    /// A sentence that says why, and what to do.
    record Failed(String sentence) implements Outcome {}
  }

  private PasswordSource() {}

  /// Reads a file, or runs it if it is a program.
  public static Outcome read(String file, Surroundings surroundings) {
    var settings =
        new VaultSettings(List.of(), VaultSettings.DEFAULT_LABEL, false, VaultSettings.DEADLINE);
    var password =
        new VaultPasswords(settings, surroundings, _ -> Optional.empty())
            .password(VaultIdentity.file(VaultSettings.DEFAULT_LABEL, file));
    return switch (password) {
      case Password.Given(var bytes) ->
          new Outcome.Read(new String(bytes.array(), StandardCharsets.UTF_8));
      case Password.Missing(var message, var advice) ->
          new Outcome.Failed("password from %s: %s; %s".formatted(file, message, advice));
    };
  }
}
