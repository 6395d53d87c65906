package dev.earshot.collect;

import dev.earshot.evidence.HostRecording.Begun;
import dev.earshot.ssh.Conversation;
import dev.earshot.ssh.HostShell;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.ShellOutcome;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps what a program prints, and notes when it was sent to the host and when its first word came
/// back: in between, the host read its clock.
///
/// For one run. Both times are of one wall clock that nobody sets in between.
final class Stopwatch {

  /// Bytes before which the first word has to come, lest endless noise is searched again and again.
  private static final int LATEST_WORD = 1 << 16;

  private final HostShell shell;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final String word;
  private @Nullable Instant sent;
  private long sentAt;
  private @Nullable Instant heard;

  Stopwatch(HostShell shell, ProbeProgram program) {
    this.shell = shell;
    this.word = program.begun();
  }

  /// The same shell, watched.
  HostShell shell() {
    return new HostShell() {
      @Override
      public ShellOutcome run(
          String command, Conversation conversation, OutputStream to, ShellLimits limits) {
        return shell.run(command, watched(conversation), to, limits);
      }
    };
  }

  /// For what the program prints, and nothing from before.
  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        keep(bytes, offset, length);
      }
    };
  }

  String text() {
    return output.toString(StandardCharsets.UTF_8);
  }

  synchronized Optional<Begun> begun() {
    return sent == null || heard == null ? Optional.empty() : Optional.of(new Begun(sent, heard));
  }

  private synchronized void send(byte[] bytes, int offset, int length) {
    if (sent == null && ProbeProgram.isBeginning(bytes, offset, length)) {
      sent = Instant.now();
      sentAt = System.nanoTime();
    }
  }

  private synchronized void keep(byte[] bytes, int offset, int length) {
    output.write(bytes, offset, length);
    if (sent != null && heard == null && output.size() < LATEST_WORD && hasWord()) {
      heard = sent.plus(Duration.ofNanos(System.nanoTime() - sentAt));
    }
  }

  /// It comes first, but for what a login says.
  private boolean hasWord() {
    return output.toString(StandardCharsets.ISO_8859_1).contains(word);
  }

  private Conversation watched(Conversation conversation) {
    return new Conversation() {
      @Override
      public boolean hold(OutputStream standardInput) throws IOException, InterruptedException {
        return conversation.hold(
            new FilterOutputStream(standardInput) {
              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                send(bytes, offset, length);
                out.write(bytes, offset, length);
              }
            });
      }

      @Override
      public void hearError(byte[] bytes, int offset, int length) {
        conversation.hearError(bytes, offset, length);
      }

      @Override
      public boolean wantsTerminal() {
        return conversation.wantsTerminal();
      }

      @Override
      public boolean tellsSecrets() {
        return conversation.tellsSecrets();
      }
    };
  }
}
