package dev.earshot.ssh;

import java.io.OutputStream;

/// What a program says beside its answers, as on standard error: its beginning is kept, and all of
/// it heard by whoever talks to the program, until it is more than anybody has to say.
final class Overheard extends OutputStream {

  /// In bytes.
  static final long MOST = 1 << 20;

  private final Beginning kept;
  private final Conversation conversation;
  private final Runnable hangUp;
  private long heard;

  /// @param hangUp run once, when it is too much
  Overheard(Beginning kept, Conversation conversation, Runnable hangUp) {
    this.kept = kept;
    this.conversation = conversation;
    this.hangUp = hangUp;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (isTooMuch()) {
      return;
    }
    heard += length;
    kept.write(bytes, offset, length);
    conversation.hearError(bytes, offset, length);
    if (isTooMuch()) {
      hangUp.run();
    }
  }

  synchronized boolean isTooMuch() {
    return heard > MOST;
  }
}
