package dev.earshot.cli;

import dev.earshot.config.AnsibleConfig;
import dev.earshot.config.OptionsForConnections;
import dev.earshot.config.OptionsForPrivileges;
import dev.earshot.python.Surroundings;
import dev.earshot.ssh.Secret;
import dev.earshot.vault.PasswordSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Passwords for logging in and for becoming somebody: Ansible's own options.
final class PasswordOptions {

  /// What came of asking.
  ///
  /// @param connection for logging in
  /// @param become for becoming somebody; where it is left empty, the one for logging in
  record Passwords(Optional<Secret> connection, Optional<Secret> become) {}

  @Option(
      names = {"-k", "--ask-pass"},
      description = "Ask for the password to log in with.")
  boolean askPassword;

  @Option(
      names = {"-K", "--ask-become-pass"},
      description = "Ask for the password to become another user with.")
  boolean askBecomePassword;

  @Option(
      names = {"--connection-password-file", "--conn-pass-file"},
      paramLabel = "FILE",
      description = "Password to log in with, from a file or a program.")
  @Nullable String passwordFile;

  @Option(
      names = {"--become-password-file", "--become-pass-file"},
      paramLabel = "FILE",
      description = "Password to become another user with, from a file or a program.")
  @Nullable String becomePasswordFile;

  /// Asks for what is wanted, once.
  ///
  /// @throws UsageException if a password is wanted and can't be had
  Passwords read(AnsibleConfig config, Surroundings surroundings, Terminal terminal) {
    if ((askPassword && passwordFile != null)
        || (askBecomePassword && becomePasswordFile != null)) {
      throw new UsageException(
          List.of("give a password either by a file or by being asked, not both"));
    }
    Optional<String> file =
        chosen(
            askPassword, passwordFile, config.get(OptionsForConnections.CONNECTION_PASSWORD_FILE));
    Optional<String> becomeFile =
        chosen(
            askBecomePassword,
            becomePasswordFile,
            config.get(OptionsForPrivileges.BECOME_PASSWORD_FILE));
    boolean asks = askPassword || (file.isEmpty() && config.get(OptionsForConnections.ASK_PASS));
    boolean asksBecome =
        askBecomePassword
            || (becomeFile.isEmpty() && config.get(OptionsForPrivileges.BECOME_ASK_PASS));
    Optional<Secret> connection =
        asks
            ? Optional.of(asked("SSH password: ", terminal))
            : file.map(each -> ofFile(each, surroundings));
    Optional<Secret> become =
        asksBecome
            ? Optional.of(
                asked(
                    connection.isPresent()
                        ? "BECOME password[defaults to SSH password]: "
                        : "BECOME password: ",
                    terminal))
            : becomeFile.map(each -> ofFile(each, surroundings));
    return new Passwords(
        connection,
        become.flatMap(secret -> secret.text().isEmpty() ? connection : Optional.of(secret)));
  }

  private static Optional<String> chosen(
      boolean asks, @Nullable String given, Optional<Path> configured) {
    return asks
        ? Optional.empty()
        : Optional.ofNullable(given).or(() -> configured.map(Path::toString));
  }

  private static Secret asked(String question, Terminal terminal) {
    return new ConsolePrompt(terminal)
        .secret(question)
        .or(PasswordOptions::piped)
        .orElseThrow(() ->
            new UsageException(
                List.of(
                    "a password is asked for, but there is no terminal to type it at, nor does it"
                        + " come from standard input; use --connection-password-file or"
                        + " --become-password-file")));
  }

  /// A line of standard input, as Ansible takes it where there is no terminal. What follows is left
  /// for the next question.
  private static Optional<Secret> piped() {
    var line = new ByteArrayOutputStream();
    try {
      int next = System.in.read();
      if (next < 0) {
        return Optional.empty();
      }
      while (next >= 0 && next != '\n') {
        line.write(next);
        next = System.in.read();
      }
    } catch (IOException _) {
      return Optional.empty();
    }
    return Optional.of(new Secret(line.toString(StandardCharsets.UTF_8)));
  }

  private static Secret ofFile(String file, Surroundings surroundings) {
    return switch (PasswordSource.read(file, surroundings)) {
      case PasswordSource.Outcome.Read(String password) -> new Secret(password);
      case PasswordSource.Outcome.Failed(String sentence) ->
          throw new UsageException(List.of(sentence));
    };
  }
}
