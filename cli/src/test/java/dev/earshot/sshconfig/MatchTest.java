package dev.earshot.sshconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.sshconfig.Resolution.Refused;
import dev.earshot.sshconfig.Resolution.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Criteria that are newer than the `ssh` that many machines have, so that it can't be asked.
class MatchTest {

  private static final String COMMAND = "sh -s";

  @TempDir private Path home;

  private Resolution resolve(String config, String command, String... arguments)
      throws IOException {
    Path file = home.resolve(".ssh/config");
    Files.createDirectories(file.getParent());
    Files.writeString(file, config);
    LocalUser user = new LocalUser(System.getProperty("user.name"), home, Map.of());
    return new SshConfig(user, home.resolve("none"), _ -> false, Duration.ofSeconds(1))
        .resolve("web1", SshArguments.parse(List.of(arguments)), command);
  }

  private boolean matches(String criteria, String command, String... arguments) throws IOException {
    String config = "Match %s\n  Port 2201\n".formatted(criteria);
    return switch (resolve(config, command, arguments)) {
      case Resolved(var options) -> options.find(SshKeys.PORT).isPresent();
      case Refused(var problems) -> throw new AssertionError(problems);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sessiontype exec                        | true
          sessiontype shell,exec                  | true
          sessiontype shell                       | false
          !sessiontype none                       | true
          command sh*                             | true
          command "sh -s"                         | true
          command rsync*                          | false
          command ""                              | false
          version OpenSSH_*                       | true
          version=OpenSSH_10.*                    | true
          version OpenSSH_9.*                     | false
          version OpenSSH_*,!OpenSSH_10*          | false
          localnetwork 127.0.0.0/8                | true
          localnetwork 203.0.113.0/24             | false
          localnetwork 203.0.113.0/24,127.0.0.0/8 | true
          localnetwork 203.0.113.7,2001:db8::/32  | false
          !localnetwork 203.0.113.0/24            | true
          localnetwork 0.0.0.0/0                  | true
          tagged x                                | false
          tagged *                                | false
          tagged ""                               | true
          !tagged x                               | true
          host web1 tagged x                      | false
          host web1 sessiontype exec              | true
          """)
  void asksForMoreThanTheHost(String criteria, boolean matches) throws IOException {
    assertThat(matches(criteria, COMMAND)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sessiontype none  | true
          sessiontype exec  | false
          command ""        | true
          command *         | false
          """)
  void onTheWayToAnotherHostNoCommandIsRun(String criteria, boolean matches) throws IOException {
    assertThat(matches(criteria, "")).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "tagged web, true",
    "'tagged db,w*', true",
    "tagged db, false",
    "'tagged \"\"', false"
  })
  void tagsComeFromArguments(String criteria, boolean matches) throws IOException {
    assertThat(matches(criteria, COMMAND, "-P", "web")).isEqualTo(matches);
    assertThat(matches(criteria, COMMAND, "-o", "Tag=web")).isEqualTo(matches);
  }

  @Test
  void tagsComeFromTheLinesBeforeAndTheFirstCounts() throws IOException {
    String config =
        """
        Match tagged web
          Port 1
        Host web*
          Tag web
        Host *
          Tag other
        Match tagged other
          Port 2
        Match tagged web
          Port 3
        """;
    assertThat(resolve(config, COMMAND))
        .isInstanceOfSatisfying(
            Resolved.class,
            resolved ->
                assertThat(resolved.options().find(SshKeys.PORT).map(Setting::value)).contains(3));
  }

  @ParameterizedTest
  @CsvSource({
    "host other newer x",
    "newer x host other",
    "!host web1 newer x",
    "newer x tagged y",
  })
  void anUnknownCriterionIsNothingToWhomTheOthersExclude(String criteria) throws IOException {
    assertThat(matches(criteria, COMMAND)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"newer x", "!newer x", "newer", "host web* newer x", "newer x host web1"})
  void anUnknownCriterionRefusesTheOthers(String criteria) throws IOException {
    assertThat(resolve("Match %s\n  Port 1\n".formatted(criteria), COMMAND))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .asString()
                    .contains("config:1: Match has the criterion 'newer', which Earshot does not"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/33",
    "10.0.0.1/8",
    "10.0.0.256",
    "10.1",
    "lan",
    "'10.0.0.0/8,'",
    "fe80::%lo/10",
    "fe80::/129",
    "!10.0.0.0/8"
  })
  void whatIsNoNetworkIsTold(String list) throws IOException {
    assertThat(resolve("Match localnetwork %s\n".formatted(list), COMMAND))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .asString()
                    .contains("config:1: Match has '")
                    .contains("which is no network; write networks as 10.0.0.0/8"));
  }

  @ParameterizedTest
  @CsvSource({"tagged", "command", "sessiontype", "version", "localnetwork", "'tagged # x'"})
  void whatIsWantedHasToStandThere(String criteria) throws IOException {
    assertThat(resolve("Match %s\n".formatted(criteria), COMMAND)).isInstanceOf(Refused.class);
  }
}
