package dev.earshot.sshconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.sshconfig.Resolution.Refused;
import dev.earshot.sshconfig.Resolution.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the real ssh has no words for: origins, sentences, bounds, and time.
class SshConfigTest {

  private static final int HOSTS = 500;

  @TempDir private Path home;

  @Test
  void everyValueSaysWhereItStands() throws IOException {
    write("Host web*\n  HostName %h.example.org\n  IdentityFile ~/.ssh/web\n  ProxyJump a,b\n");
    var options = options("bob@web1", "-p", "2201", "-o", "IdentitiesOnly=yes");
    assertThat(options.hostName()).isEqualTo("web1.example.org");
    assertThat(options.find(SshKeys.USER).orElseThrow().origin()).hasToString("the address");
    assertThat(options.find(SshKeys.PORT).orElseThrow().origin())
        .hasToString("-p among the arguments of ssh");
    assertThat(options.find(SshKeys.IDENTITIES_ONLY).orElseThrow().origin())
        .hasToString("-o IdentitiesOnly among the arguments of ssh");
    assertThat(options.identityFiles().orElseThrow())
        .containsExactly(new Setting<>(home.resolve(".ssh/web"), new Origin.InFile(config(), 3)));
    assertThat(options.proxy().orElseThrow().origin()).hasToString(config() + ":4");
  }

  @Test
  void whatNobodySaysIsAbsent() {
    var options = options("web1");
    assertThat(options.find(SshKeys.PORT)).isEmpty();
    assertThat(options.find(SshKeys.USER)).isEmpty();
    assertThat(options.identityFiles()).isEmpty();
    assertThat(options.userKnownHostsFiles()).isEmpty();
    assertThat(options.proxy()).isEmpty();
  }

  @Test
  void agentsAreFoundInTheEnvironment() throws IOException {
    write(
        """
        Host none
          IdentityAgent none
        Host mine
          IdentityAgent SSH_AUTH_SOCK
        Host other
          IdentityAgent $OTHER
        Host path
          IdentityAgent ~/agent
        """);
    assertThat(agent("none").socket()).isEmpty();
    assertThat(agent("mine").socket()).contains(Path.of("/run/mine"));
    assertThat(agent("other").socket()).isEmpty();
    assertThat(agent("path").socket()).contains(home.resolve("agent"));
  }

  @Test
  void hopsHaveTokens() throws IOException {
    write("Host web1\n  ProxyJump %r@%n.jump:2200,last\n");
    assertThat(options("bob@web1").proxy().orElseThrow().value())
        .isEqualTo(
            new Proxy.Jump(
                List.of(
                    new JumpHost(Optional.of("bob"), "web1.jump", OptionalInt.of(2200)),
                    new JumpHost(Optional.empty(), "last", OptionalInt.empty()))));
  }

  @Test
  void allMistakesAreToldAtOnce() throws IOException {
    write("Prot 22\nHost a\n  Port abc\n  User\nHost b\n  BatchMode maybe\nMatch newer x\n");
    assertThat(problems("elsewhere", "-o", "Port=x"))
        .containsExactly(
            "-o Port among the arguments of ssh: Port is 'x', which is no port;"
                + " write 1 to 65535",
            config()
                + ":1: 'Prot' is no keyword that OpenSSH knows;"
                + " mend it, or name it in IgnoreUnknown before this line",
            config() + ":3: Port is 'abc', which is no port; write 1 to 65535",
            config() + ":4: User has no value; write one, or delete the line",
            config() + ":6: BatchMode is 'maybe', which it can't be; write false, no, true, yes",
            config()
                + ":7: Match has the criterion 'newer', which Earshot does not know; use all,"
                + " canonical, command, exec, final, host, localnetwork, localuser, originalhost,"
                + " sessiontype, tagged, user, version");
  }

  @Test
  void aFileThatOthersMayWriteIsRefused() throws IOException {
    write("Port 22\n");
    Files.setPosixFilePermissions(config(), PosixFilePermissions.fromString("rw-r--rw-"));
    assertThat(problems("web1"))
        .containsExactly(config() + ": others may write into the file; run chmod go-w on it");
  }

  @Test
  void aProgramThatHangsIsEnded() throws IOException {
    write("Match exec \"sleep 60; true\"\n  Port 22\n");
    var began = System.nanoTime();
    assertThat(problems("web1"))
        .containsExactly(
            config()
                + ":1: Match has a command that was not done within 1 s;"
                + " run it by hand to see what it waits for");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aCommandIsAskedOnceHoweverManyHostsWantToKnow() throws IOException {
    var calls = home.resolve("calls");
    write("Match exec \"echo %%h >> %s\"\n  Port 2200\n".formatted(calls));
    var config = config(Duration.ofSeconds(10));
    for (var host : List.of("web1", "web2", "web1")) {
      assertThat(config.resolve(host, SshArguments.NONE, "true")).isInstanceOf(Resolved.class);
    }
    assertThat(Files.readAllLines(calls)).containsExactly("web1", "web2");
  }

  @Test
  void filesThatMultiplyAreStopped() throws IOException {
    write("Include a\n");
    for (char name = 'a'; name < 'l'; name++) {
      var next = "Include " + (char) (name + 1) + "\n";
      Files.writeString(config().resolveSibling(String.valueOf(name)), next.repeat(10));
    }
    Files.writeString(config().resolveSibling("l"), "Port 22\n");
    assertThat(problems("web1")).singleElement().asString().contains("more than a million lines");
  }

  @Test
  void canonicalNamesAreLookedUp() throws IOException {
    write(
        """
        CanonicalizeHostname yes
        CanonicalDomains one.example two.example
        Match canonical host *.two.example
          Port 2201
        """);
    var resolution =
        new SshConfig(user(), missing(), "web1.two.example."::equals, Duration.ofSeconds(1))
            .resolve("WEB1", SshArguments.NONE, "true");
    assertThat(resolution).isInstanceOf(Resolved.class);
    if (resolution instanceof Resolved(var options)) {
      assertThat(options.hostName()).isEqualTo("web1.two.example");
      assertThat(options.find(SshKeys.PORT).map(Setting::value)).contains(2201);
    }
  }

  @Test
  void manyHostsTakeLittleTime() throws IOException {
    var text = new StringBuilder();
    for (int i = 0; i < HOSTS; i++) {
      text.append("Host web%d web%d.*\n  HostName 10.0.0.%d\n  Port 22\n".formatted(i, i, i % 250));
    }
    write(text + "Host *\n  IdentityFile ~/.ssh/%r\n  UserKnownHostsFile ~/.ssh/%k\n");
    var config = config(Duration.ofSeconds(1));
    var arguments = SshArguments.parse(List.of("-C", "-o", "ControlMaster=auto", "-o", "User=b"));
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      var began = System.nanoTime();
      for (int i = 0; i < HOSTS; i++) {
        assertThat(config.resolve("web" + i, arguments, "true")).isInstanceOf(Resolved.class);
      }
      best = Math.min(best, System.nanoTime() - began);
    }
    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(2));
  }

  private Agent agent(String host) {
    return options(host).identityAgent().orElseThrow().value();
  }

  private SshOptions options(String host, String... arguments) {
    var resolution =
        config(Duration.ofSeconds(1)).resolve(host, SshArguments.parse(List.of(arguments)), "true");
    return switch (resolution) {
      case Resolved(var options) -> options;
      case Refused(var problems) -> throw new AssertionError(problems);
    };
  }

  private List<String> problems(String host, String... arguments) {
    var resolution =
        config(Duration.ofSeconds(1)).resolve(host, SshArguments.parse(List.of(arguments)), "true");
    return switch (resolution) {
      case Resolved(var options) -> throw new AssertionError(options);
      case Refused(var problems) -> problems.stream().map(Problem::toString).toList();
    };
  }

  private SshConfig config(Duration deadline) {
    return new SshConfig(user(), missing(), _ -> false, deadline);
  }

  private LocalUser user() {
    return new LocalUser(
        System.getProperty("user.name"),
        home,
        Map.of("SSH_AUTH_SOCK", "/run/mine", "PATH", System.getenv("PATH")));
  }

  private Path missing() {
    return home.resolve("etc/ssh_config");
  }

  private Path config() {
    return home.resolve(".ssh/config");
  }

  private void write(String text) throws IOException {
    Files.createDirectories(config().getParent());
    Files.writeString(config(), text);
  }
}
