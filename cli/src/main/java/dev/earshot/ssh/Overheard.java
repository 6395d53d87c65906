package dev.earshot.ssh;

import java.io.OutputStream;

/// A program's standard error: its beginning is kept, and all of it heard by whoever talks to the
/// program.
final class Overheard extends OutputStream {
  private final Beginning kept;
  private final Conversation conversation;

  Overheard(Beginning kept, Conversation conversation) {
    this.kept = kept;
    this.conversation = conversation;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    kept.write(bytes, offset, length);
    conversation.hearError(bytes, offset, length);
  }
}
