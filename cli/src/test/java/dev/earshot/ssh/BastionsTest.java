package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.ShellOutcome.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jump hosts that take their time, hang up or fall silent, and the hosts behind them.
class BastionsTest {
  private static final ShellLimits BRIEF = limits(Duration.ofMillis(700));
  private static final ShellLimits LONG = limits(Duration.ofSeconds(20));

  @TempDir Path directory;
  private final AtomicInteger forwarded = new AtomicInteger();
  private final SshServerFixture host = fixture();
  private Optional<SshTransport> open = Optional.empty();
  private int hangUps;

  private static ShellLimits limits(Duration connect) {
    return new ShellLimits(connect, connect.plusSeconds(10), 1 << 20);
  }

  /// A jump host and the host behind it, in one.
  private SshServerFixture fixture() {
    var server = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
    server
        .server()
        .setForwardingFilter(
            new AcceptAllForwardingFilter() {
              @Override
              protected boolean checkAcceptance(
                  String request, Session session, SshdSocketAddress address) {
                if (forwarded.incrementAndGet() <= hangUps) {
                  session.close(true);
                }
                return true;
              }
            });
    return server.started();
  }

  @BeforeEach
  void writeKeys() throws IOException {
    Keys.write(Keys.USER, directory.resolve("id"));
    Files.writeString(directory.resolve("known_hosts"), Keys.line("*", Keys.HOST) + "\n");
  }

  @AfterEach
  void close() {
    open.ifPresent(SshTransport::close);
    host.close();
  }

  private SshTransport transport(SecretPrompt prompt) {
    var transport = new SshTransport(prompt, _ -> {});
    open = Optional.of(transport);
    return transport;
  }

  private SshTarget target(int port) {
    return SshTarget.of("127.0.0.1", port, SshServerFixture.USER)
        .withKey(directory.resolve("id"))
        .withHostKeys(HostKeyPolicy.ofFiles(List.of(directory.resolve("known_hosts"))));
  }

  private SshTarget behind(SshTarget bastion) {
    return target(host.port()).by(new Way.Jump(bastion));
  }

  /// A jump host whose greeting takes a while.
  private RawServer slow(Duration pause) throws IOException {
    return new RawServer(socket -> {
      Thread.sleep(pause);
      RawServer.relay(socket, host.port());
    });
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void who_has_no_time_left_does_not_decide_for_others() throws Exception {
    try (var bastion = slow(Duration.ofMillis(1500));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SshTransport transport = transport(SecretPrompt.NOBODY);
      SshTarget target = behind(target(bastion.port()));
      Future<Asking> first =
          threads.submit(() -> Asking.of(transport.shellOn(target), "exit 0", BRIEF));
      await(() -> bastion.connections() == 1);
      assertThat(Asking.of(transport.shellOn(target), "exit 0", LONG).outcome())
          .isEqualTo(new Finished(0, ""));
      assertThat(first.get().reason())
          .isEqualTo(
              "the jump host 127.0.0.1:%d did not let auditor in within 0.7 s"
                  .formatted(bastion.port()));
      assertThat(bastion.connections()).isEqualTo(1);
    }
  }

  @Test
  void who_is_interrupted_takes_nobody_along() throws Exception {
    try (var bastion = slow(Duration.ofMillis(700));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SshTransport transport = transport(SecretPrompt.NOBODY);
      SshTarget target = behind(target(bastion.port()));
      Thread first =
          Thread.ofVirtual().start(() -> Asking.of(transport.shellOn(target), "exit 0", LONG));
      await(() -> bastion.connections() == 1);
      Future<Asking> second =
          threads.submit(() -> Asking.of(transport.shellOn(target), "exit 0", LONG));
      Thread.sleep(100);
      first.interrupt();
      assertThat(second.get().outcome()).isEqualTo(new Finished(0, ""));
      assertThat(bastion.connections()).isEqualTo(1);
    }
  }

  @Test
  void all_deadlines_wait_while_a_passphrase_is_asked_for() throws Exception {
    Keys.sshKeygen(directory, "-q", "-p", "-P", "", "-N", "correct horse", "-f", "id");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SshTransport transport =
          transport(_ -> {
            try {
              Thread.sleep(3000);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return Optional.of(new Secret("correct horse"));
          });
      SshTarget nearer = behind(target(host.port()));
      List<Future<Asking>> askings = new ArrayList<>();
      for (SshTarget each :
          List.of(behind(target(host.port())), behind(target(host.port())), behind(nearer))) {
        askings.add(
            threads.submit(
                () -> Asking.of(transport.shellOn(each), "exit 0", limits(Duration.ofSeconds(2)))));
      }
      for (Future<Asking> asking : askings) {
        assertThat(asking.get().outcome()).isEqualTo(new Finished(0, ""));
      }
    }
  }

  @Test
  void no_connection_outlives_the_transport() throws Exception {
    SshTransport transport = transport(SecretPrompt.NOBODY);
    SshTarget far = behind(behind(target(host.port())));
    assertThat(Asking.of(transport.shellOn(far), "exit 0", LONG).outcome())
        .isEqualTo(new Finished(0, ""));
    transport.close();
    await(() -> host.server().getActiveSessions().isEmpty());
    assertThat(Asking.of(transport.shellOn(far), "exit 0", LONG).reason())
        .containsAnyOf("the login there was stopped", "client not started");
  }

  @Test
  void a_login_under_way_ends_with_the_transport() throws Exception {
    try (var bastion = slow(Duration.ofSeconds(10));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SshTransport transport = transport(SecretPrompt.NOBODY);
      Future<Asking> asking =
          threads.submit(
              () -> Asking.of(transport.shellOn(behind(target(bastion.port()))), "exit 0", LONG));
      await(() -> bastion.connections() == 1);
      transport.close();
      assertThat(asking.get().took()).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void one_that_was_lost_is_logged_in_to_again_once() {
    SshTransport transport = transport(SecretPrompt.NOBODY);
    SshTarget target = behind(target(host.port()));
    hangUps = 1;
    assertThat(Asking.of(transport.shellOn(target), "exit 0", LONG).outcome())
        .isEqualTo(new Finished(0, ""));
    assertThat(forwarded).hasValue(2);
    forwarded.set(0);
    hangUps = 9;
    assertThat(Asking.of(transport.shellOn(target), "exit 0", LONG).reason())
        .contains("jump host 127.0.0.1:" + host.port())
        .endsWith("(tried 2 times)");
    assertThat(forwarded).hasValue(2);
  }

  @Test
  void one_that_falls_silent_is_named() throws Exception {
    try (var bastion = new RawServer(socket -> RawServer.relay(socket, host.port(), 8000))) {
      var brief = new Patience(Optional.empty(), 1, 0, Duration.ofMillis(250), 2);
      SshTarget target = behind(target(bastion.port()).withPatience(brief));
      Asking asking =
          Asking.of(
              transport(SecretPrompt.NOBODY).shellOn(target), "head -c 100000 /dev/zero", LONG);
      assertThat(asking.reason())
          .contains("the jump host 127.0.0.1:" + bastion.port() + " fell silent on the way to")
          .contains("for 0.8 s");
    }
  }

  @Test
  void one_that_says_nothing_at_all_is_named_to_all() throws Exception {
    var brief = new Patience(Optional.of(Duration.ofMillis(500)), 1, 0, Duration.ZERO, 3);
    try (var bastion = slow(Duration.ofSeconds(20));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SshTransport transport = transport(SecretPrompt.NOBODY);
      SshTarget target = behind(target(bastion.port()).withPatience(brief));
      List<Future<Asking>> askings =
          Stream.generate(
                  () -> threads.submit(() -> Asking.of(transport.shellOn(target), "exit 0", LONG)))
              .limit(10)
              .toList();
      for (Future<Asking> asking : askings) {
        assertThat(asking.get().reason())
            .startsWith("the jump host 127.0.0.1:%d is no way there: ".formatted(bastion.port()))
            .contains("sent no SSH greeting within 0.5 s");
      }
      assertThat(bastion.connections()).isEqualTo(1);
    }
  }
}
