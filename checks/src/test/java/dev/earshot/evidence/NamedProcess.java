package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A process of this machine that does nothing under any name.
final class NamedProcess implements AutoCloseable {

  private final Process process;

  private NamedProcess(Process process) {
    this.process = process;
  }

  /// One of our own.
  static NamedProcess start(String name) throws IOException {
    return start(name, List.of());
  }

  /// Of another user, which needs root.
  static NamedProcess start(String name, int user) throws IOException {
    return start(name, List.of("setpriv", "--reuid=" + user, "--clear-groups"));
  }

  private static NamedProcess start(String name, List<String> as) throws IOException {
    List<String> command = new ArrayList<>(as);
    command.addAll(
        List.of("sh", "-c", "printf %s \"$1\" >\"/proc/$$/comm\"; echo; read -r _", "sh", name));
    Process process = new ProcessBuilder(command).start();
    // It has its name once it has said something.
    assertThat(process.getInputStream().read()).isEqualTo('\n');
    return new NamedProcess(process);
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
