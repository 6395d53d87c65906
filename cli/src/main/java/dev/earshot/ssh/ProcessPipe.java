package dev.earshot.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A program that runs here and leads to a host: `ProxyCommand`.
final class ProcessPipe implements Pipe {

  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  /// None of them outlives Earshot, however that ends.
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> RUNNING.forEach(ProcessPipe::kill)));
  }

  private final Process process;
  private final Beginning errors = new Beginning();
  private final Thread hearing = threads().name("proxy-errors").unstarted(this::hear);

  private ProcessPipe(Process process) {
    this.process = process;
    RUNNING.add(process);
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    RUNNING.remove(process);
  }

  /// Starts a command in the user's shell, as OpenSSH does.
  static ProcessPipe start(Way.Command command) throws IOException {
    ProcessPipe pipe =
        new ProcessPipe(
            new ProcessBuilder(command.shell(), "-c", "exec " + command.command()).start());
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

  /// Reading from a process blocks the thread that a virtual one runs on, of which there are few.
  @Override
  public Thread.Builder threads() {
    return Thread.ofPlatform().daemon();
  }

  /// The program sees the end of its input, and is ended by force if that doesn't move it.
  @Override
  public void close() {
    // each on its own, as closing waits for a write that only the program's end would end
    threads().name("proxy-input").start(() -> close(process.getOutputStream()));
    threads().name("proxy-end").start(this::end);
  }

  private void end() {
    try {
      process.waitFor(LAST_WORDS);
      kill(process);
      hearing.join(LAST_WORDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    close(process.getInputStream());
    close(process.getErrorStream());
  }

  private static void close(Closeable stream) {
    try {
      stream.close();
    } catch (IOException _) {
      // its program has ended
    }
  }
}
