package dev.earshot.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A program that runs here and leads to a host: `ProxyCommand`.
final class ProcessPipe implements Pipe {

  private final Process process;
  private final Beginning errors = new Beginning();

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
    Thread.ofVirtual().name("proxy-errors").start(pipe::hear);
    return pipe;
  }

  private void hear() {
    try (InputStream in = process.getErrorStream()) {
      in.transferTo(errors);
    } catch (IOException _) {
      // it has ended
    }
  }

  /// The beginning of what the program complained about.
  String errors() {
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

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
