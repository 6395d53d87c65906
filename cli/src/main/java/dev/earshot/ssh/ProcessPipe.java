package dev.earshot.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/// A program that runs here and leads to a host: `ProxyCommand`.
final class ProcessPipe implements Pipe {

  private final Process process;
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final Beginning errors = new Beginning();
  private final Thread hearing = Thread.ofVirtual().name("proxy-errors").unstarted(this::hear);

  private ProcessPipe(Process process) {
    this.process = process;
  }

  /// Starts a command in the user's shell, as OpenSSH does.
  static ProcessPipe start(String command) throws IOException {
    String shell = System.getenv("SHELL");
    ProcessPipe pipe =
        new ProcessPipe(
            new ProcessBuilder(
                    shell == null || shell.isBlank() ? "/bin/sh" : shell, "-c", "exec " + command)
                .start());
    pipe.hearing.start();
    return pipe;
  }

  private void hear() {
    try (InputStream in = process.getErrorStream()) {
      in.transferTo(errors);
    } catch (IOException _) {
      // it has ended
    }
  }

  /// The beginning of what the program complained about, for which it gets a moment to end.
  String errors() {
    try {
      hearing.join(LAST_WORDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return errors.text();
  }

  @Override
  public InputStream in() {
    return process.getInputStream();
  }

  @Override
  public OutputStream out() {
    return process.getOutputStream();
  }

  /// The program sees the end of its input, and is ended by force if that doesn't move it.
  @Override
  public void close() throws IOException {
    Thread.ofVirtual().name("proxy-end").start(this::end);
    process.getOutputStream().close();
  }

  private void end() {
    try {
      process.waitFor(LAST_WORDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
