package dev.earshot.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/// A command of a test server that answers from this process.
final class AnsweringCommand implements Command {
  /// Writes the answer and exits, or does not.
  interface Answer {
    void give(OutputStream out, ExitCallback exit) throws IOException, InterruptedException;
  }

  private final Answer answer;
  private @Nullable OutputStream out;
  private @Nullable ExitCallback exit;

  AnsweringCommand(Answer answer) {
    this.answer = answer;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    OutputStream to = Objects.requireNonNull(out);
    ExitCallback callback = Objects.requireNonNull(exit);
    Thread.startVirtualThread(() -> {
      try {
        answer.give(to, callback);
      } catch (IOException e) {
        // the client has had enough
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  @Override
  public void destroy(ChannelSession channel) {}

  @Override
  public void setInputStream(InputStream in) {}

  @Override
  public void setOutputStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void setErrorStream(OutputStream err) {}

  @Override
  public void setExitCallback(ExitCallback callback) {
    this.exit = callback;
  }
}
