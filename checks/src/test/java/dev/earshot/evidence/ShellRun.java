package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs commands of this machine, bounded in time, as Earshot's own program runs probes: standard
/// input empty, output and errors together.
public final class ShellRun {

  private ShellRun() {}

  public static CommandResult run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("earshot-run", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("LC_ALL", "C");
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      assertThat(ended).as("%s ended in time", command).isTrue();
      return new CommandResult(
          process.exitValue(), Files.readString(output, StandardCharsets.UTF_8), false);
    } finally {
      Files.delete(output);
    }
  }

  /// The shells of this machine that probes have to run in.
  static List<List<String>> shells() {
    List<List<String>> shells = new ArrayList<>();
    if (exists("dash")) {
      shells.add(List.of("dash"));
    }
    if (exists("bash")) {
      shells.add(List.of("bash", "--posix"));
      shells.add(List.of("bash"));
    }
    if (exists("busybox")) {
      shells.add(List.of("busybox", "sh"));
    }
    return shells;
  }

  public static boolean exists(String program) {
    return find(program).isPresent();
  }

  static Optional<Path> find(String program) {
    return Stream.concat(
            Stream.of("/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"),
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
