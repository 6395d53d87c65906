package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many programs at once that lead to hosts, or nowhere.
class ProxyCommandTest {
  private static final ShellLimits LIMITS =
      new ShellLimits(Duration.ofSeconds(60), Duration.ofSeconds(90), 1 << 20);

  @TempDir Path directory;
  private final SshServerFixture server =
      SshServerFixture.answering((channel, command) ->
          new AnsweringCommand((out, exit) -> {
            out.write("here\n".getBytes(StandardCharsets.UTF_8));
            exit.onExit(0);
          }));
  private final SshTransport transport = new SshTransport(SecretPrompt.NOBODY, _ -> {});

  @BeforeEach
  void writeKeys() throws IOException {
    Keys.write(Keys.USER, directory.resolve("id"));
    Files.writeString(
        directory.resolve("known_hosts"), Keys.line(server.knownName(), Keys.HOST) + "\n");
  }

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private SshTarget through(Way.Command program) {
    return server
        .target(directory.resolve("id"))
        .withHostKeys(HostKeyPolicy.ofFiles(List.of(directory.resolve("known_hosts"))))
        .by(program);
  }

  /// As `nc` does.
  private Way.Command carrier(String before) {
    assumeTrue(Programs.onPath("bash"), "bash is not installed");
    return new Way.Command(
        "bash -c '%s exec 3<>/dev/tcp/127.0.0.1/%d; cat <&3 & exec cat >&3'"
            .formatted(before, server.port()),
        Way.Command.SHELL);
  }

  @Test
  void a_hundred_and_fifty_carry_at_once() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Asking>> askings = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        askings.add(
            threads.submit(
                () -> Asking.of(transport.shellOn(through(carrier("sleep 2;"))), "", LIMITS)));
      }
      for (Future<Asking> asking : askings) {
        assertThat(asking.get().output()).isEqualTo("here\n");
      }
    }
  }

  @Test
  void many_that_say_nothing_hold_nobody_up() throws Exception {
    var brief = new ShellLimits(Duration.ofSeconds(8), Duration.ofSeconds(9), 1 << 20);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var nowhere = new Way.Command("sleep 60", Way.Command.SHELL);
      for (int i = 0; i < 200; i++) {
        threads.execute(() -> Asking.of(transport.shellOn(through(nowhere)), "", brief));
      }
      Thread.sleep(2000);
      Asking asking = Asking.of(transport.shellOn(through(carrier(""))), "", LIMITS);
      assertThat(asking.output()).isEqualTo("here\n");
      assertThat(asking.took()).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void runs_in_the_users_shell_which_becomes_the_program() throws IOException {
    Path shell = Files.writeString(directory.resolve("shell"), "#!/bin/sh\necho \"$@\" >&2\n");
    assertThat(shell.toFile().setExecutable(true)).isTrue();
    var program = new Way.Command("nowhere at all", shell.toString());
    assertThat(Asking.of(transport.shellOn(through(program)), "", LIMITS).reason())
        .contains("failed: -c exec nowhere at all");
  }

  /// @param shell what it does before and after it has said something
  private String reason(String shell) {
    var brief = new ShellLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 1 << 20);
    var program = new Way.Command("sh -c '%s'".formatted(shell), Way.Command.SHELL);
    return Asking.of(transport.shellOn(through(program)), "", brief).reason();
  }

  private String command() {
    return "the ProxyCommand for 127.0.0.1:" + server.port();
  }

  @Test
  void is_named_where_it_waits_and_quoted_where_it_says_for_what() {
    assertThat(reason("echo please log in at https://access.example/cli >&2; exec sleep 60"))
        .startsWith(
            command()
                + " brought no SSH greeting within 2 s, and said: please log in at https://access.example/cli");
    assertThat(reason("exec sleep 60"))
        .startsWith(
            command()
                + " brought no SSH greeting within 2 s, and said nothing: run it by hand to see where it leads");
  }

  @Test
  void is_named_where_it_leads_to_something_else() {
    String began =
        command()
            + " led to something else than an SSH server, which began with 'HTTP/1.1 403 Forbidden', ";
    assertThat(reason("echo HTTP/1.1 403 Forbidden; echo token expired >&2; sleep 1"))
        .startsWith(began + "and said: token expired");
    assertThat(reason("yes HTTP/1.1 403 Forbidden")).startsWith(began + "and said nothing: ");
  }

  @Test
  void is_not_blamed_for_what_sshd_says() {
    assertThat(reason("echo Not allowed at this time; sleep 1")).contains("PerSourcePenalties");
  }

  @Test
  void tells_no_secret_and_not_everything() {
    assertThat(reason("echo password=geheim4711 >&2; yes no >&2 & sleep 1; kill $!"))
        .contains(" failed: ")
        .doesNotContain("geheim4711")
        .hasSizeLessThan(1000);
  }

  @Test
  void does_not_print_what_may_be_secret() {
    assertThat(through(new Way.Command("sshpass -p geheim ssh -W host:22 jump", "/bin/zsh")))
        .asString()
        .doesNotContain("geheim");
  }
}
