package dev.earshot.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// OpenSSH's own agent.
final class SshAgent implements AutoCloseable {
  private final Process process;
  private final Path socket;

  private SshAgent(Process process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  /// Starts one. Skips the test where it is not installed.
  static SshAgent at(Path socket) throws IOException, InterruptedException {
    assumeTrue(
        Programs.onPath("ssh-agent") && Programs.onPath("ssh-add"), "ssh-agent is not installed");
    Process process =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    for (int i = 0; i < 100 && process.isAlive() && Files.notExists(socket); i++) {
      Thread.sleep(20);
    }
    return new SshAgent(process, socket);
  }

  SshAgent with(Path... keys) throws IOException, InterruptedException {
    for (Path key : keys) {
      add(key.toString());
    }
    return this;
  }

  private void add(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("ssh-add", "-q"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SSH_AUTH_SOCK", socket.toString());
    Process adding = builder.start();
    adding.getOutputStream().close();
    String said = new String(adding.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (adding.waitFor() != 0) {
      throw new IOException("ssh-add: " + said);
    }
  }

  Path socket() {
    return socket;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
