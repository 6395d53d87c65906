package dev.earshot.become;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.become.Become.Method;
import dev.earshot.become.Escalation.Result;
import dev.earshot.ssh.LocalShell;
import dev.earshot.ssh.Secret;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.ShellOutcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real sudo, su and doas behind a real sshd.
class EscalationTest {

  private static final ShellLimits LIMITS =
      new ShellLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 1 << 20);
  private static final String COMMAND = "env LC_ALL=C sh -s";

  @TempDir static Path shared;
  private static BecomeHost host;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws Exception {
    host = BecomeHost.in(shared);
  }

  @AfterAll
  static void stop() {
    if (host != null) {
      host.close();
    }
  }

  private static Become become(Method method, String user, String password) {
    return Become.by(
        method, user, Optional.of(password).filter(p -> !p.isEmpty()).map(Secret::new));
  }

  private Result run(String login, Become become) {
    return new Escalation(become)
        .run(host.shellOf(login), COMMAND, "id -un\necho next\n", output, LIMITS);
  }

  private String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    // login, method, user, password
    "free, SUDO, root, ''",
    "free, SUDO, service, ''",
    "free, SUDO, root, 'never asked for'",
    "csh, SUDO, root, ''",
    "csh, SUDO, root, 'never asked for'",
    "fish, SUDO, root, ''",
    "fish, SUDO, root, 'never asked for'",
    "asked, SUDO, root, 'secret of asked'",
    "root, SUDO, stranger, ''",
    "root, SU, stranger, ''",
    "root, SU, stranger, 'never asked for'",
    "stranger, SU, asked, 'secret of asked'",
    "csh, SU, asked, 'secret of asked'",
    "fish, SU, asked, 'secret of asked'",
    "asked, SU, csh, 'secret of csh'",
    "asked, SU, fish, 'secret of fish'",
  })
  void runs_the_program_as_somebody_else(
      String login, String method, String user, String password) {
    assertThat(run(login, become(Method.valueOf(method), user, password)))
        .isInstanceOfSatisfying(
            Result.Became.class,
            became ->
                assertThat(became.outcome())
                    .isInstanceOfSatisfying(
                        ShellOutcome.Finished.class,
                        finished -> assertThat(finished.exitStatus()).isZero()));
    assertThat(output()).isEqualTo(user + "\nnext\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          asked    | SUDO | root    |                 | sudo wants a password for becoming root: set ansible_become_password
          asked    | SUDO | root    | wrong           | sudo does not accept the password for becoming root
          stranger | SUDO | root    | secret of stranger | is not in the sudoers file
          limited  | SUDO | root    | secret of limited | sudoers does not allow the login user to run /bin/sh as root
          tty      | SUDO | root    |                 | sudo wants a terminal, which Earshot does not have: remove 'requiretty'
          root     | SU   | expired |                 | the account or its password has expired, so su does not become expired
          free     | SUDO | nobodys |                 | there is no user nobodys to become
          free     | SUDO | '; id'  |                 | there is no user ; id to become
          stranger | SU   | asked   |                 | su wants a password for becoming asked
          stranger | SU   | asked   | wrong           | su does not accept the password for becoming asked
          stranger | SU   | nobodys | wrong           | there is no user nobodys to become
          root     | SU   | service |                 | service has a login shell that refuses to run anything
          """)
  void says_why_not_and_what_to_do(
      String login, String method, String user, @Nullable String password, String reason) {
    Result result =
        run(login, become(Method.valueOf(method), user, Optional.ofNullable(password).orElse("")));
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
    assertThat(output()).isEmpty();
  }

  @Test
  void notices_a_wrong_password_at_once() {
    long start = System.nanoTime();
    run("asked", become(Method.SUDO, "root", "wrong"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void says_that_there_is_no_such_program() {
    Become missing = new Become(Method.SUDO, "root", "/opt/sudo", "-n", Optional.empty());
    assertThat(run("free", missing))
        .isEqualTo(
            new Result.Refused(
                "there is no /opt/sudo on the host: install it, or correct ansible_become_method"
                    + " or ansible_become_exe"));
  }

  @Test
  void takes_executables_and_flags_as_a_shell_reads_them() {
    Become words = new Become(Method.SU, "asked", "sudo -n su", "-s /bin/sh", Optional.empty());
    assertThat(run("free", words)).isInstanceOf(Result.Became.class);
    assertThat(output()).isEqualTo("asked\nnext\n");
  }

  @ParameterizedTest
  @CsvSource({"-H -S -n", "-HSn", "-nHS", "--non-interactive -H -S"})
  void lets_sudo_ask_where_there_is_a_password(String flags) {
    Become become =
        new Become(Method.SUDO, "root", "sudo", flags, Optional.of(new Secret("secret of asked")));
    assertThat(run("asked", become)).isInstanceOf(Result.Became.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          free     |                 |
          free     | never asked for |
          asked    | secret of asked |
          asked    |                 | doas wants a password for becoming root: set ansible_become_password
          asked    | wrong           | doas does not accept the password for becoming root
          stranger |                 | doas.conf does not permit the login user to become root
          """)
  void doas_works_with_a_password_and_without(
      String login, @Nullable String password, @Nullable String reason) {
    assumeTrue(Files.exists(Path.of("/usr/bin/doas")), "doas is not installed");
    Result result =
        run(login, become(Method.DOAS, "root", Optional.ofNullable(password).orElse("")));
    if (reason == null) {
      assertThat(result).isInstanceOf(Result.Became.class);
      assertThat(output()).isEqualTo("root\nnext\n");
    } else {
      assertThat(result)
          .isInstanceOfSatisfying(
              Result.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
    }
  }

  @Test
  void a_terminal_lets_long_programs_through_as_they_are() {
    assumeTrue(Files.exists(Path.of("/usr/bin/doas")), "doas is not installed");
    String odd = "\t\u0003\u0004\u0011\u0013\u001a\u001c\u007f\r";
    String program = "x='%s'\nprintf %%s \"$x\"\n".formatted(odd + "a".repeat(70_000) + odd);
    Result result =
        new Escalation(become(Method.DOAS, "root", "secret of asked"))
            .run(host.shellOf("asked"), COMMAND, program, output, LIMITS);
    assertThat(result).isInstanceOf(Result.Became.class);
    assertThat(output()).isEqualTo(odd + "a".repeat(70_000) + odd);
  }

  /// It would ask at the terminal of whoever runs the audit.
  @Test
  void doas_is_told_no_password_on_this_machine() {
    Result result =
        new Escalation(become(Method.DOAS, "root", "never told"))
            .run(new LocalShell(), COMMAND, "id -un\n", output, LIMITS);
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> assertThat(refused.reason()).contains("can't be told one on this machine"));
    assertThat(output()).isEmpty();
  }
}
