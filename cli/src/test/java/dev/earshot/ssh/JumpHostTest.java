package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Ways to hosts that are no TCP connection from here, over OpenSSH's server, which is jump host
/// and target at once.
class JumpHostTest {
  private static final ShellLimits LIMITS =
      new ShellLimits(Duration.ofSeconds(60), Duration.ofSeconds(90), 1 << 20);
  private static final String USER = System.getProperty("user.name");

  @TempDir static Path shared;
  private static OpenSshServer server;

  @BeforeAll
  static void start() throws Exception {
    server = OpenSshServer.in(shared, "MaxStartups 10:30:100\nMaxSessions 10\nLogLevel INFO\n");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static SshTarget host() {
    return server.target(USER, server.port());
  }

  private static SshTarget behind(SshTarget bastion) {
    return host().by(new Way.Jump(bastion));
  }

  /// The same host, for which the list of what is revoked was read on its own.
  private static SshTarget revoking(SshTarget target) throws IOException {
    HostKeyPolicy policy = target.hostKeys();
    return target.withHostKeys(
        new HostKeyPolicy(
            policy.userFiles(),
            policy.globalFiles(),
            policy.strictness(),
            policy.alias(),
            policy.checkHostIp(),
            policy.hashed(),
            RevokedKeys.read(shared.resolve("id.pub")),
            policy.authoritySignatures(),
            policy.rsaBits()));
  }

  private static Way program(String command) {
    return new Way.Command(command, Way.Command.SHELL);
  }

  private static SshTransport transport() throws IOException {
    return server.transport(List.of(server.port()));
  }

  private static Asking ask(SshTarget target, String program) throws IOException {
    try (SshTransport transport = transport()) {
      return Asking.of(transport.shellOn(target), program, LIMITS);
    }
  }

  private static List<Asking> askAll(List<SshTarget> targets, String program) throws Exception {
    try (SshTransport transport = transport();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Asking>> running = new ArrayList<>();
      for (SshTarget target : targets) {
        running.add(threads.submit(() -> Asking.of(transport.shellOn(target), program, LIMITS)));
      }
      List<Asking> all = new ArrayList<>();
      for (Future<Asking> each : running) {
        all.add(each.get());
      }
      return all;
    }
  }

  private static long logins() throws IOException {
    try (Stream<String> lines = Files.lines(shared.resolve("sshd.log"))) {
      return lines.filter(line -> line.startsWith("Accepted publickey")).count();
    }
  }

  @Test
  void a_hundred_hosts_behind_a_jump_host_share_one_connection_to_it() throws Exception {
    long before = logins();
    List<SshTarget> hundred = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      hundred.add(behind(revoking(host())));
    }
    List<Asking> asked = askAll(hundred, "echo here\n");
    assertThat(asked)
        .allSatisfy(each -> {
          assertThat(each.outcome()).isEqualTo(new ShellOutcome.Finished(0, ""));
          assertThat(each.output()).isEqualTo("here\n");
        });
    assertThat(logins() - before).isEqualTo(101);
  }

  @Test
  void a_jump_host_may_stand_behind_another() throws IOException {
    SshTarget second =
        host().by(new Way.Jump(server.target("127.0.0.1").withHostKeys(host().hostKeys())));
    assertThat(ask(behind(second), "echo far\n").output()).isEqualTo("far\n");
  }

  @Test
  void a_megabyte_comes_through() throws IOException {
    Asking asking = ask(behind(host()), "head -c 1048576 /dev/zero | tr '\\0' x\n");
    assertThat(asking.output()).hasSize(1 << 20);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void no_port_is_opened_here() throws Exception {
    Set<String> before = listening();
    var output = new ByteArrayOutputStream();
    try (SshTransport transport = transport()) {
      HostShell shell = transport.shellOn(behind(host()));
      Thread running =
          Thread.ofVirtual()
              .start(() -> shell.run(Asking.SHELL, "echo up; sleep 3\n", output, LIMITS));
      while (!output.toString(StandardCharsets.UTF_8).contains("up") && running.isAlive()) {
        Thread.sleep(20);
      }
      assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("up\n");
      assertThat(listening()).isEqualTo(before);
      running.join();
    }
  }

  /// The sockets that this process listens on.
  private static Set<String> listening() throws IOException {
    Set<String> own = new HashSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        try {
          own.add(Files.readSymbolicLink(file).toString());
        } catch (IOException _) {
          // closed in between
        }
      }
    }
    Set<String> listening = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/self/net", table))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length > 9
            && fields[3].equals("0A")
            && own.contains("socket:[" + fields[9] + "]")) {
          listening.add(fields[1]);
        }
      }
    }
    return listening;
  }

  @Test
  void a_dead_jump_host_fails_its_hosts_at_once_with_one_reason() throws Exception {
    SshTarget dead = server.target(USER, OpenSshServer.freePort());
    List<Asking> asked =
        askAll(IntStream.range(0, 20).mapToObj(_ -> behind(dead)).toList(), "echo never\n");
    assertThat(asked.stream().map(Asking::reason).distinct())
        .singleElement()
        .asString()
        .contains("jump host", dead.endpoint(), "refused the connection");
    assertThat(asked)
        .allSatisfy(each -> assertThat(each.took()).isLessThan(Duration.ofSeconds(10)));
  }

  @Test
  void a_jump_host_that_lets_nobody_in_is_mended_where_its_settings_are(@TempDir Path directory)
      throws IOException {
    SshTarget strange = host().withKey(Keys.write(Keys.USER, directory.resolve("strange")));
    assertThat(ask(behind(strange), "echo never\n").reason())
        .contains("the jump host " + host().endpoint(), "check User in ~/.ssh/config")
        .doesNotContain("ansible_");
    assertThat(ask(strange, "echo never\n").reason()).contains("check ansible_user");
  }

  @Test
  void a_host_that_the_jump_host_cannot_reach_is_told_apart() throws IOException {
    SshTarget closed = server.target(USER, OpenSshServer.freePort()).by(new Way.Jump(host()));
    assertThat(ask(closed, "echo never\n").reason())
        .contains("the jump host " + host().endpoint() + " can't connect to " + closed.endpoint());
  }

  @Test
  void a_jump_host_that_forwards_nothing_is_told_apart(@TempDir Path directory) throws Exception {
    try (OpenSshServer strict = OpenSshServer.in(directory, "AllowTcpForwarding no\n");
        SshTransport transport = strict.transport(List.of(strict.port()))) {
      SshTarget target = host().by(new Way.Jump(strict.target(USER, strict.port())));
      assertThat(Asking.of(transport.shellOn(target), "echo never\n", LIMITS).reason())
          .contains("forwards no connections", "AllowTcpForwarding");
    }
  }

  @Test
  void a_program_may_carry_the_connection_and_ends_with_it() throws Exception {
    String command =
        "ssh -F none -i %1$s/id -o IdentitiesOnly=yes -o UserKnownHostsFile=%1$s/known_hosts -p %2$d -W 127.0.0.1:%2$d %3$s@127.0.0.1"
            .formatted(shared, server.port(), USER);
    Asking asking = ask(host().by(program(command)), "echo through\n");
    assertThat(asking.output()).isEqualTo("through\n");
    await(() -> carriers() == 0);
  }

  @Test
  void what_a_program_complains_about_is_told() throws IOException {
    Asking asking = ask(host().by(program("echo no way >&2; exit 1")), "echo never\n");
    assertThat(asking.reason()).matches("the ProxyCommand for 127.0.0.1:\\d+ failed: no way");
    assertThat(asking.took()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void a_program_that_just_ends_is_not_taken_for_the_host() throws IOException {
    Asking asking = ask(host().by(program("false")), "echo never\n");
    assertThat(asking.reason())
        .contains("the ProxyCommand for 127.0.0.1:")
        .contains("ended before any SSH greeting came, and said nothing")
        .doesNotContain("sshd");
  }

  private static long carriers() {
    return ProcessHandle.current()
        .children()
        .flatMap(child -> child.info().arguments().stream())
        .filter(arguments -> List.of(arguments).contains("-W"))
        .count();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
