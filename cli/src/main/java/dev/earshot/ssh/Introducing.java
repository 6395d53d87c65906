package dev.earshot.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.kex.KexProposalOption;

/// Calls at one host to see whether it lets us in, and tells how.
record Introducing(SshTarget target, SshLogin login) {

  /// With `true`, and with the start-up files that run before it.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  Introduction call(ShellLimits limits) {
    Deadline overall = Deadline.in(limits.overall());
    ClientSession session;
    try {
      session = login.open(overall.orIn(limits.connect()));
    } catch (UnreachableException e) {
      return new Introduction.NotMet(e.reason());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Introduction.NotMet(
          "this was stopped before %s was called at".formatted(target.endpoint()));
    }
    try {
      long began = System.nanoTime();
      return command(session, overall.orIn(PATIENCE))
          .<Introduction>map(Introduction.NotMet::new)
          .orElseGet(() -> met(session, Duration.ofNanos(System.nanoTime() - began)));
    } finally {
      session.close(true);
    }
  }

  /// What is wrong with running commands there.
  private Optional<String> command(ClientSession session, Deadline deadline) {
    try (ChannelExec channel = session.createExecChannel("true")) {
      channel.setIn(InputStream.nullInputStream());
      var said = new Beginning();
      var overheard = new Overheard(said, Conversation.saying(""), () -> session.close(true));
      channel.setOut(overheard);
      channel.setErr(overheard);
      channel.open().verify(deadline.remaining());
      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), deadline.remaining());
      Integer status = channel.getExitStatus();
      return status != null && status == 0
          ? Optional.empty()
          : Optional.of(
              "%s let %s in, but its shell did not run 'true' (%s)%s: see the user's login shell and start-up files there"
                  .formatted(
                      target.endpoint(),
                      Text.oneLine(target.user()),
                      overheard.isTooMuch()
                          ? "it printed without end"
                          : status == null ? "it never ended" : "exit status " + status,
                      said.firstLine().map(line -> " and said: " + line).orElse("")));
    } catch (IOException | RuntimeException e) {
      return Handshake.of(session)
          .flatMap(handshake -> new Loss(target, handshake).reason())
          .or(() ->
              Optional.of(
                  "%s let %s in, but opened no channel: %s; does its sshd allow commands?"
                      .formatted(target.endpoint(), Text.oneLine(target.user()), Text.of(e))));
    }
  }

  private Introduction.Met met(ClientSession session, Duration command) {
    Handshake handshake = Handshake.of(session).orElseThrow();
    Milestones milestones = handshake.milestones();
    return new Introduction.Met(
        reached(session.getConnectAddress()),
        target.user(),
        jumps(target),
        Text.oneLine(String.valueOf(session.getServerVersion())),
        negotiated(session, KexProposalOption.ALGORITHMS),
        negotiated(session, KexProposalOption.S2CENC),
        hostKey(session.getServerKey()),
        handshake.login(),
        milestones.connect(),
        milestones.keyExchange(),
        milestones.authentication(),
        command);
  }

  private String reached(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress() != null
        ? (inet.getAddress().getHostAddress().contains(":") ? "[%s]:%d" : "%s:%d")
            .formatted(inet.getAddress().getHostAddress(), inet.getPort())
        : target.endpoint();
  }

  private static List<String> jumps(SshTarget target) {
    return switch (target.way()) {
      case Way.Direct _ -> List.of();
      case Way.Command _ -> List.of("ProxyCommand");
      case Way.Jump(SshTarget bastion) -> {
        List<String> all = new ArrayList<>(jumps(bastion));
        all.add(bastion.user() + "@" + bastion.endpoint());
        yield all;
      }
    };
  }

  private static String negotiated(ClientSession session, KexProposalOption option) {
    return Text.oneLine(String.valueOf(session.getNegotiatedKexParameter(option)));
  }

  private static String hostKey(PublicKey key) {
    return HostKey.of(key).toString();
  }
}
