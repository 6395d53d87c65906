package dev.earshot.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One run, as the tests want it.
///
/// @param output what the program printed
record Asking(ShellOutcome outcome, String output, Duration took) {
  static final String SHELL = "env LC_ALL=C sh -s";
  static final ShellLimits LIMITS =
      new ShellLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 16 << 20);

  static Asking of(HostShell shell, String program, ShellLimits limits) {
    var output = new ByteArrayOutputStream();
    long start = System.nanoTime();
    ShellOutcome outcome = shell.run(SHELL, program, output, limits);
    return new Asking(
        outcome,
        output.toString(StandardCharsets.UTF_8),
        Duration.ofNanos(System.nanoTime() - start));
  }

  static Asking of(HostShell shell, String program) {
    return of(shell, program, LIMITS);
  }

  /// Asks over SSH, trusting these lines of known_hosts.
  static Asking of(
      SshTarget target, Path directory, List<String> knownHosts, String program, ShellLimits limits)
      throws IOException {
    Path file = Files.write(directory.resolve("known_hosts"), knownHosts);
    try (var transport = new SshTransport(SecretPrompt.NOBODY, _ -> {})) {
      var trusting = target.withHostKeys(HostKeyPolicy.ofFiles(List.of(file)));
      return of(transport.shellOn(trusting), program, limits);
    }
  }

  /// Asks a server that is known by its usual key.
  static Asking of(SshServerFixture server, Path directory, String program, ShellLimits limits)
      throws IOException {
    return of(
        server.target(Keys.write(Keys.USER, directory.resolve("id"))),
        directory,
        List.of(Keys.line(server.knownName(), Keys.HOST)),
        program,
        limits);
  }

  /// Why it did not finish.
  String reason() {
    return switch (outcome) {
      case ShellOutcome.Finished finished ->
          throw new AssertionError("finished after all: " + finished);
      case ShellOutcome.Broken broken -> broken.reason();
      case ShellOutcome.Unreachable unreachable -> unreachable.reason();
    };
  }
}
