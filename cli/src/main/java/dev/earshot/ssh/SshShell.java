package dev.earshot.ssh;

import dev.earshot.ssh.ShellOutcome.Broken;
import dev.earshot.ssh.ShellOutcome.Finished;
import dev.earshot.ssh.ShellOutcome.Unreachable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.PtyMode;

/// A host behind SSH: each run is one connection with one channel.
final class SshShell implements HostShell {

  /// A terminal that passes everything on as it comes, both ways.
  private static final Map<PtyMode, Integer> QUIET =
      Stream.of(
              PtyMode.ECHO,
              PtyMode.ICANON,
              PtyMode.ISIG,
              PtyMode.IEXTEN,
              PtyMode.IXON,
              PtyMode.ICRNL,
              PtyMode.OPOST,
              PtyMode.ONLCR)
          .collect(Collectors.toMap(Function.identity(), _ -> 0));

  private final SshTarget target;
  private final EarshotSshClient client;
  private final SshLogin login;

  SshShell(SshTarget target, EarshotSshClient client, SshLogin login) {
    this.target = target;
    this.client = client;
    this.login = login;
  }

  @Override
  public ShellOutcome run(
      String command, Conversation conversation, OutputStream output, ShellLimits limits) {
    Deadline overall = Deadline.in(limits.overall());
    ClientSession session;
    try {
      session = login.open(overall.orIn(limits.connect()));
    } catch (UnreachableException e) {
      return new Unreachable(e.reason());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unreachable("the audit was stopped before " + target.endpoint() + " was asked");
    }
    if (conversation.tellsSecrets() && !Handshake.authenticationOf(session).mayTellPasswords()) {
      session.close(true);
      return new Broken(
          "%s gets no password, not for becoming somebody either, because its host key has changed"
              .formatted(target.endpoint()),
          "");
    }
    // Whatever waits for the host below wakes up when its session is closed.
    ScheduledFuture<?> guillotine =
        client
            .getScheduledExecutorService()
            .schedule(
                () -> session.close(true), overall.remaining().toNanos(), TimeUnit.NANOSECONDS);
    try {
      return run(
          session, command, conversation, new CappedOutput(output, limits.outputBytes()), overall);
    } finally {
      guillotine.cancel(false);
      session.close(true);
    }
  }

  private ShellOutcome run(
      ClientSession session,
      String command,
      Conversation conversation,
      CappedOutput output,
      Deadline deadline) {
    var errors = new Beginning();
    var overheard = new Overheard(errors, conversation, () -> session.close(true));
    ChannelExec channel;
    try {
      channel = session.createExecChannel(command);
      if (conversation.wantsTerminal()) {
        channel.setUsePty(true);
        channel.setPtyModes(QUIET);
      }
      channel.setErr(overheard);
      channel.open().verify(deadline.remaining());
    } catch (IOException | RuntimeException e) {
      return new Unreachable(
          loss(session)
              .orElseGet(() ->
                  "%s let %s in, but opened no channel: %s; does its sshd allow commands?"
                      .formatted(target.endpoint(), target.user(), Text.of(e))));
    }
    try (var _ = Feeding.of(conversation, channel.getInvertedIn(), () -> session.close(true))) {
      if (!output.drain(channel.getInvertedOut())) {
        return new Broken(
            "%s was cut off: it printed more than %d bytes"
                .formatted(target.endpoint(), output.limit()),
            errors.text());
      }
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
      return broken(channel, deadline, errors);
    } catch (IOException e) {
      return overheard.isTooMuch() ? tooMuchBeside(errors) : broken(channel, deadline, errors);
    }
    if (overheard.isTooMuch()) {
      return tooMuchBeside(errors);
    }
    channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), deadline.remaining());
    Integer exitStatus = channel.getExitStatus();
    return exitStatus != null && channel.isEofSignalled()
        ? new Finished(exitStatus, errors.text())
        : broken(channel, deadline, errors);
  }

  private Broken tooMuchBeside(Beginning errors) {
    return new Broken(
        "%s was cut off: it printed more than %d bytes of errors"
            .formatted(target.endpoint(), Overheard.MOST),
        errors.text());
  }

  private Broken broken(ChannelExec channel, Deadline deadline, Beginning errors) {
    String endpoint = target.endpoint();
    String signal = channel.getExitSignal();
    Optional<String> loss = loss(channel.getClientSession());
    String reason;
    if (loss.isPresent()) {
      reason = loss.get();
    } else if (deadline.passed()) {
      reason = "%s was not done within %s".formatted(endpoint, Text.seconds(deadline.allowed()));
    } else if (Thread.currentThread().isInterrupted()) {
      reason = "the audit was stopped before %s was done".formatted(endpoint);
    } else if (signal != null) {
      reason =
          "the program on %s was killed by signal %s".formatted(endpoint, Text.oneLine(signal));
    } else {
      reason = "the connection to %s was lost before the program ended".formatted(endpoint);
    }
    return new Broken(reason, errors.text());
  }

  private Optional<String> loss(ClientSession session) {
    return Handshake.of(session).flatMap(handshake -> new Loss(target, handshake).reason());
  }
}
