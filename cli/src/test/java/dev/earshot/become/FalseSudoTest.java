package dev.earshot.become;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.become.Become.Method;
import dev.earshot.become.Escalation.Result;
import dev.earshot.ssh.LocalShell;
import dev.earshot.ssh.Secret;
import dev.earshot.ssh.ShellLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs in sudo's place that do not behave as it does.
class FalseSudoTest {

  private static final String PASSWORD = "open sesame";

  @TempDir Path folder;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  /// Runs a program as root, so it says.
  ///
  /// @param script what stands in sudo's place; `$prompt` and `$mark` are what it was given
  private Result run(String script) throws IOException {
    Path sudo =
        Files.writeString(
            folder.resolve("sudo"),
            """
            #!/bin/sh
            prompt=$(printf '%%s' "$*" | sed 's/.*-p \\([^ ]*\\).*/\\1/')
            mark=$(printf '%%s' "$*" | sed 's/.*echo \\([^;]*\\);.*/\\1/')
            cd '%s'
            %s
            """
                .formatted(folder, script));
    Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
    Become become =
        new Become(
            Method.SUDO, "root", sudo.toString(), "-H -S -n", Optional.of(new Secret(PASSWORD)));
    return new Escalation(become, Duration.ofSeconds(1))
        .run(
            new LocalShell(),
            "sh -s",
            "echo the program",
            output,
            new ShellLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), 1 << 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo \"not allowed: sudo $*\" >&2",
        "printf '%s' \"not allowed: sudo $*\" >&2",
        "echo \"$*\"",
        "printf '%s' \"$prompt\"", // sudo asks on standard error
        "printf 'Password: ' >&2",
        "printf '%s' \"[sudo: $prompt]\" >&2",
        "printf '%s' \"[sudo: $prompt] One-time code: \" >&2", // another secret
        "printf '%s' \"note: [sudo: $prompt] Password: \" >&2",
        "printf '%s' \"[sudo: $prompt] Password: \"", // on standard output
        "printf '%s\\n' \"[sudo: $prompt] Password: \" >&2; sleep 0.2; printf 'and more' >&2",
        "printf '[sudo: authenticate] Password: ' >&2",
        "echo \"the mark is $mark, or so\"",
        "head -c 900000 /dev/zero | tr '\\0' x; head -c 900000 /dev/zero | tr '\\0' x >&2",
      })
  void tells_nothing_to_who_only_repeats_what_it_was_told(String script) throws IOException {
    assertThat(run(script + "; cat >heard")).isInstanceOf(Result.Refused.class);
    assertThat(folder.resolve("heard")).isEmptyFile();
  }

  @Test
  void hears_a_prompt_that_comes_in_pieces_after_a_lecture() throws IOException {
    Result result =
        run(
            """
            echo 'We trust you have received the usual lecture.' >&2
            for piece in $(printf '%s' "$prompt" | sed 's/./& /g'); do
              printf '%s' "$piece" >&2
            done
            read -r password
            echo; echo "$mark"
            read -r program
            echo "$password, $program"
            """);
    assertThat(result).isInstanceOf(Result.Became.class);
    assertThat(output.toString(StandardCharsets.UTF_8))
        .isEqualTo(PASSWORD + ", echo the program\n");
  }

  /// As sudo-rs asks, which is `sudo` in Ubuntu since 25.10.
  @ParameterizedTest
  @ValueSource(strings = {"Password: ", "password for auditor@REALM:"})
  void hears_its_prompt_in_front_of_that_of_pam(String asks) throws IOException {
    Result result =
        run(
            """
            printf '[sudo: %%s] ' "$prompt" >&2
            sleep 0.1
            printf '%s' >&2
            read -r password
            echo >&2; echo; echo "$mark"
            read -r program
            echo "$password, $program"
            """
                .formatted(asks));
    assertThat(result).isInstanceOf(Result.Became.class);
    assertThat(output.toString(StandardCharsets.UTF_8))
        .isEqualTo(PASSWORD + ", echo the program\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          sudo: Authentication failed, try again.                    | does not accept the password for becoming root
          sudo: Incorrect authentication attempt                     | does not accept the password for becoming root
          sudo: Maximum 1 incorrect authentication attempts          | does not accept the password for becoming root
          sudo: I'm sorry auditor. I'm afraid I can't do that        | sudoers does not allow the login user to run /bin/sh as root
          Sorry, user auditor may not run /bin/sh on web1.           | sudoers does not allow the login user to run /bin/sh as root
          sudo: Account validation failure, is your account locked?  | the account or its password has expired
          """)
  void understands_what_sudo_rs_answers(String said, String reason) throws IOException {
    Result result =
        run(
            """
            printf '[sudo: %%s] Password: ' "$prompt" >&2
            read -r password
            echo >&2; echo "%s" >&2
            exit 1
            """
                .formatted(said));
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          sudo: Interaction is required                              | wants a password for becoming root
          sudo: interactive authentication is required               | wants a password for becoming root
          sudo: Authentication required but not attempted            | wants a password for becoming root
          sudo: A terminal is required to authenticate               | wants a terminal
          sudo: user 'root' not found                                | there is no user root to become
          sudo: sudo must be owned by uid 0 and have the setuid bit set | has no setuid rights
          """)
  void understands_what_sudo_rs_says_without_a_question(String said, String reason)
      throws IOException {
    assertThat(run("echo \"%s\" >&2; exit 1".formatted(said)))
        .isInstanceOfSatisfying(
            Result.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 1", "cat >heard"})
  void repeats_no_password(String then) throws IOException {
    Result result =
        run("printf '%s' \"$prompt\" >&2; read -r password; echo \"bad: $password\" >&2; " + then);
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused ->
                assertThat(refused.reason()).contains("bad: (withheld)").doesNotContain(PASSWORD));
  }
}
