package dev.earshot.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.channel.ChannelPipedSink;

/// A TCP connection that a jump host makes for us.
record ChannelPipe(ChannelDirectTcpip channel) implements Pipe {

  /// For a channel that is open. SSHD tells nobody who reads that the other end has hung up.
  static ChannelPipe of(ChannelDirectTcpip channel) {
    channel.addChannelListener(
        new ChannelListener() {
          @Override
          public void channelStateChanged(Channel changed, String hint) {
            endIfHungUp(channel);
          }
        });
    endIfHungUp(channel);
    return new ChannelPipe(channel);
  }

  private static void endIfHungUp(ChannelDirectTcpip channel) {
    if (channel.isEofSignalled() && channel.getInvertedOut() instanceof ChannelPipedSink sink) {
      sink.eof();
    }
  }

  @Override
  public InputStream in() {
    return channel.getInvertedOut();
  }

  @Override
  public OutputStream out() {
    return channel.getInvertedIn();
  }

  @Override
  public Thread.Builder threads() {
    return Thread.ofVirtual();
  }

  @Override
  public void close() {
    channel.close(true);
  }
}
