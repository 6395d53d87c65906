package dev.earshot.ssh;

import dev.earshot.ssh.Forwarding.Service;
import dev.earshot.ssh.Forwarding.Times;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/// Has one host connect to services, and takes the time. Each connection is closed as soon as it is
/// open; nothing is sent over it.
///
/// A single opening may be held back for 40 ms by Nagle's algorithm at the host's end, therefore
/// several, one after the other.
record ForwardingTimer(EarshotSshClient client, SshTarget target, SshLogin login) {

  private static final int OPENINGS = 5;

  /// Twice as many: all openings are measured against the shortest of them.
  private static final int OWN = 10;

  private static final Duration LONGEST_OPENING = Duration.ofSeconds(3);

  /// What OpenSSH's client asks to see whether the server is there; no server does anything for it.
  private static final String ARE_YOU_THERE = "keepalive@openssh.com";

  /// Where the connection is said to come from.
  private static final SshdSocketAddress NOWHERE = new SshdSocketAddress("127.0.0.1", 0);

  Forwarding time(List<Service> services, ShellLimits limits) {
    Deadline overall = Deadline.in(limits.overall());
    ClientSession session;
    try {
      session = login.open(overall.orIn(limits.connect()));
    } catch (UnreachableException e) {
      return new Forwarding.Unreachable(e.reason());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Forwarding.Unreachable(
          "this was stopped before %s was called at".formatted(target.endpoint()));
    }
    ScheduledFuture<?> guillotine =
        client
            .getScheduledExecutorService()
            .schedule(
                () -> session.close(true), overall.remaining().toNanos(), TimeUnit.NANOSECONDS);
    try {
      List<Duration> own = own(session, overall);
      List<Times> times = new ArrayList<>();
      for (Service service : services) {
        times.add(times(session, service, overall));
      }
      return new Forwarding.Timed(own, times);
    } catch (IOException | RuntimeException e) {
      return new Forwarding.Unreachable(
          "%s let %s in, but did not answer: %s"
              .formatted(target.endpoint(), Text.oneLine(target.user()), Text.of(e)));
    } finally {
      guillotine.cancel(false);
      session.close(true);
    }
  }

  private static List<Duration> own(ClientSession session, Deadline deadline) throws IOException {
    List<Duration> own = new ArrayList<>();
    for (int i = 0; i < OWN; i++) {
      Buffer question = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
      question.putString(ARE_YOU_THERE);
      question.putBoolean(true);
      long began = System.nanoTime();
      session.request(ARE_YOU_THERE, question, deadline.orIn(LONGEST_OPENING).remaining());
      own.add(Duration.ofNanos(System.nanoTime() - began));
    }
    return own;
  }

  private Times times(ClientSession session, Service service, Deadline deadline) {
    List<Duration> opened = new ArrayList<>();
    for (int i = 0; i < OPENINGS; i++) {
      if (deadline.passed()) {
        return late(service, opened);
      }
      try {
        opened.add(open(session, service, deadline.orIn(LONGEST_OPENING)));
      } catch (IOException | RuntimeException e) {
        return deadline.passed()
            ? late(service, opened)
            : new Times(service, opened, Optional.of(refusal(e)), isClosed(e));
      }
    }
    return new Times(service, opened, Optional.empty(), false);
  }

  private static Times late(Service service, List<Duration> opened) {
    return new Times(service, opened, Optional.of("there was no time left"), false);
  }

  /// RFC 4254: the server tried to connect, which it tells from not wanting to.
  private static boolean isClosed(Exception trouble) {
    return LoginTrouble.isTimeout(trouble)
        || (LoginTrouble.root(trouble) instanceof SshChannelOpenException open
            && open.getReasonCode() == SshConstants.SSH_OPEN_CONNECT_FAILED);
  }

  private static Duration open(ClientSession session, Service service, Deadline deadline)
      throws IOException {
    long began = System.nanoTime();
    ChannelDirectTcpip channel =
        session.createDirectTcpipChannel(
            NOWHERE, new SshdSocketAddress(service.address(), service.port()));
    try {
      channel.open().verify(deadline.remaining());
      return Duration.ofNanos(System.nanoTime() - began);
    } finally {
      // not at once: only then is the host told
      channel.close(false).await(deadline.remaining());
    }
  }

  private String refusal(Exception trouble) {
    if (LoginTrouble.isTimeout(trouble)) {
      return "no answer within %s: does a firewall drop it?"
          .formatted(Text.seconds(LONGEST_OPENING));
    }
    if (LoginTrouble.root(trouble) instanceof SshChannelOpenException open) {
      return switch (open.getReasonCode()) {
        case SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED ->
            "the SSH server of %s forwards no connections: AllowTcpForwarding or PermitOpen in its sshd_config forbids it (%s)"
                .formatted(target.endpoint(), Text.of(open));
        default -> Text.of(open);
      };
    }
    return Text.of(LoginTrouble.root(trouble));
  }
}
