package dev.earshot.ssh;

import dev.earshot.process.ProcessTree;
import dev.earshot.ssh.ShellOutcome.Broken;
import dev.earshot.ssh.ShellOutcome.Finished;
import dev.earshot.ssh.ShellOutcome.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The machine that the audit runs on, as `ansible_connection: local` means it: the same program in
/// a process of its own instead of behind SSH.
public final class LocalShell implements HostShell {
  private static final Executor VIRTUAL = Thread::startVirtualThread;
  private static final long LAST_WORDS_MS = 500;

  @Override
  public ShellOutcome run(
      String command, Conversation conversation, OutputStream output, ShellLimits limits) {
    if (conversation.wantsTerminal()) {
      return new Broken(
          "what asks for a password at a terminal only, such as doas, can't be told one on this"
              + " machine: allow it without a password (permit nopass), or use sudo",
          "");
    }
    Deadline deadline = Deadline.in(limits.overall());
    Process process;
    try {
      process = new ProcessBuilder("sh", "-c", command).start();
    } catch (IOException e) {
      return new Unreachable("sh cannot be started on this machine: " + Text.of(e));
    }
    var capped = new CappedOutput(output, limits.outputBytes());
    var errors = new Beginning();
    try (var tree = ProcessTree.of(process)) {
      return run(process, tree, conversation, capped, errors, deadline);
    } finally {
      capped.close();
    }
  }

  private static ShellOutcome run(
      Process process,
      ProcessTree tree,
      Conversation conversation,
      CappedOutput output,
      Beginning errors,
      Deadline deadline) {
    CompletableFuture<Boolean> complete =
        CompletableFuture.supplyAsync(() -> drain(process.getInputStream(), output), VIRTUAL);
    CompletableFuture<Void> allErrors =
        CompletableFuture.runAsync(
            () -> keep(process.getErrorStream(), new Overheard(errors, conversation, tree::end)),
            VIRTUAL);
    try (var _ = Feeding.of(conversation, process.getOutputStream(), tree::end)) {
      if (!complete.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        return new Broken(
            "the program on this machine was cut off: it printed more than %d bytes"
                .formatted(output.limit()),
            errors.text());
      }
      if (process.waitFor(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        // standard error may be held open by something that the program left behind
        allErrors.completeOnTimeout(null, LAST_WORDS_MS, TimeUnit.MILLISECONDS).join();
        return new Finished(process.exitValue(), errors.text());
      }
    } catch (TimeoutException e) {
      // told below
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Broken("the audit was stopped before this machine was done", errors.text());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException unwritable) {
        throw unwritable;
      }
      throw new IllegalStateException(e.getCause());
    }
    return new Broken(
        "the program on this machine was not done within " + Text.seconds(deadline.allowed()),
        errors.text());
  }

  private static boolean drain(InputStream from, CappedOutput output) {
    try {
      return output.drain(from);
    } catch (IOException e) {
      return true; // the pipe's other end is gone; the exit status tells the rest
    }
  }

  private static void keep(InputStream from, OutputStream errors) {
    try (from) {
      from.transferTo(errors);
    } catch (IOException e) {
      // what was kept is what there is
    }
  }
}
