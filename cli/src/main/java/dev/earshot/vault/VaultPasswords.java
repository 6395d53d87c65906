package dev.earshot.vault;

import dev.earshot.python.Surroundings;
import dev.earshot.vault.Password.Given;
import dev.earshot.vault.Password.Missing;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Gets the passwords of a vault: reads files, runs programs, asks.
public final class VaultPasswords {

  /// What came of getting the passwords.
  ///
  /// @param vault with the passwords that could be had
  /// @param troubles with the others
  /// @param fatal true if there is nothing to go on with: no password at all, or somebody was to be
  ///   asked and gave none
  public record Outcome(Vault vault, List<VaultTrouble> troubles, boolean fatal) {
    public Outcome {
      troubles = List.copyOf(troubles);
    }
  }

  private final VaultSettings settings;
  private final Surroundings surroundings;
  private final Prompt prompt;
  private final List<VaultSecret> secrets = new ArrayList<>();
  private final List<VaultTrouble> troubles = new ArrayList<>();
  private boolean gaveUp;

  VaultPasswords(VaultSettings settings, Surroundings surroundings, Prompt prompt) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.prompt = prompt;
  }

  /// Gets all passwords, in order. Like Ansible, goes on without those that can't be had as long as
  /// there is one.
  ///
  /// @param surroundings what paths are relative to
  public static Outcome get(VaultSettings settings, Surroundings surroundings, Prompt prompt) {
    return new VaultPasswords(settings, surroundings, prompt).get();
  }

  private Outcome get() {
    for (var identity : settings.identities()) {
      switch (password(identity)) {
        case Given(var bytes) ->
            secrets.add(new VaultSecret(identity.label().orElse(settings.defaultLabel()), bytes));
        case Missing(var message, var advice) ->
            troubles.add(new VaultTrouble(identity.source(), message, advice));
      }
    }
    if (secrets.isEmpty()) {
      return new Outcome(Vault.withoutPassword(), troubles, !troubles.isEmpty());
    }
    return new Outcome(new Keyring(secrets, settings), troubles, gaveUp);
  }

  Password password(VaultIdentity identity) {
    var question = identity.question(settings.defaultLabel());
    if (question.isPresent()) {
      var answer = asked(question.get());
      gaveUp |= answer instanceof Missing;
      return answer;
    }
    Path file;
    try {
      file = surroundings.resolve(identity.source());
    } catch (InvalidPathException _) {
      return new Missing("this is no path", "name a file, a program or prompt");
    }
    if (!Files.exists(file)) {
      return new Missing(
          "there is no such file (%s)".formatted(file),
          "check the path; a label is written before it, as in LABEL@FILE");
    }
    if (Files.isDirectory(file)) {
      return new Missing("this is a directory", "name the file in it that holds the password");
    }
    return PasswordFile.isProgram(file)
        ? new PasswordScript(settings.deadline(), prompt).run(file, identity.label())
        : PasswordFile.read(file, new Keyring(secrets, settings), settings.deadline());
  }

  private Password asked(String question) {
    var answer = prompt.ask(question);
    if (answer.isEmpty()) {
      return new Missing(
          "nobody could be asked for it",
          "run this in a terminal, or give --vault-password-file FILE");
    }
    var password = VaultSecret.bytes(answer.get()).stripped();
    return password.isEmpty()
        ? new Missing("the password is empty", "type the password")
        : new Given(password);
  }
}
