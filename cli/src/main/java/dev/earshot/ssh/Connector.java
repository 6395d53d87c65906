package dev.earshot.ssh;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.future.CancelOption;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/// Gets a connection to a host, over which nothing has been said yet.
record Connector(EarshotSshClient client, Bastions bastions) {

  private static final SshdSocketAddress NOWHERE = new SshdSocketAddress("127.0.0.1", 0);

  ClientSession connect(SshTarget target, Handshake handshake, Deadline deadline)
      throws UnreachableException, InterruptedException {
    return switch (target.way()) {
      case Way.Direct direct -> direct(target, direct, handshake, deadline);
      case Way.Jump(SshTarget bastion) -> jump(target, bastion, handshake, deadline);
      case Way.Command command -> command(target, command, handshake, deadline);
    };
  }

  /// Tries the addresses in their order, as OpenSSH does, sharing the time that is left.
  private ClientSession direct(
      SshTarget target, Way.Direct way, Handshake handshake, Deadline deadline)
      throws UnreachableException, InterruptedException {
    Optional<InetSocketAddress> local = local(target, way, deadline);
    List<InetAddress> addresses =
        AddressLookup.addressesOf(target, deadline).stream()
            .filter(address -> isOf(way.family(), address))
            .toList();
    UnreachableException first =
        new UnreachableException(
            "%s has no %s address, which is what AddressFamily asks for"
                .formatted(target.address(), way.family() == Way.Family.INET ? "IPv4" : "IPv6"));
    for (int i = 0; i < addresses.size(); i++) {
      Deadline share = deadline.orIn(deadline.remaining().dividedBy(addresses.size() - i));
      try {
        InetSocketAddress address = new InetSocketAddress(addresses.get(i), target.port());
        return verified(client.connect(target.user(), address, local, handshake), share);
      } catch (IOException | RuntimeException e) {
        SshLogin.requireUninterrupted(e);
        if (i == 0) {
          first = new UnreachableException(new LoginTrouble(target, share).connecting(e), e);
        }
      }
    }
    throw first;
  }

  private static Optional<InetSocketAddress> local(
      SshTarget target, Way.Direct way, Deadline deadline)
      throws UnreachableException, InterruptedException {
    if (way.bindAddress().isEmpty()) {
      return Optional.empty();
    }
    InetAddress own =
        AddressLookup.addressesOf(
                way.bindAddress().get(), "set BindAddress (-b) to an address", deadline)
            .stream()
            .filter(address -> isOf(way.family(), address))
            .findFirst()
            .orElseThrow(() ->
                new UnreachableException(
                    "%s can't be connected to from %s: it is no address of the right kind"
                        .formatted(target.endpoint(), Text.oneLine(way.bindAddress().get()))));
    return Optional.of(new InetSocketAddress(own, 0));
  }

  private static boolean isOf(Way.Family family, InetAddress address) {
    return switch (family) {
      case ANY -> true;
      case INET -> address instanceof Inet4Address;
      case INET6 -> address instanceof Inet6Address;
    };
  }

  /// The jump host looks the name up, as with OpenSSH.
  private ClientSession jump(
      SshTarget target, SshTarget bastion, Handshake handshake, Deadline deadline)
      throws UnreachableException, InterruptedException {
    ClientSession session = bastions.session(bastion, deadline);
    handshake.over(session);
    try {
      ChannelDirectTcpip channel =
          session.createDirectTcpipChannel(
              NOWHERE, new SshdSocketAddress(target.address(), target.port()));
      open(channel, deadline);
      return over(ChannelPipe.of(channel), target, handshake, deadline);
    } catch (IOException | RuntimeException e) {
      SshLogin.requireUninterrupted(e);
      throw new UnreachableException(
          new Loss(target, handshake)
              .reason()
              .orElseGet(() -> refused(target, bastion, e, deadline)),
          e);
    }
  }

  static void open(ChannelDirectTcpip channel, Deadline deadline) throws IOException {
    try {
      channel.open().verify(deadline.remaining());
    } catch (IOException | RuntimeException e) {
      channel.close(true);
      throw e;
    }
  }

  private static String refused(
      SshTarget target, SshTarget bastion, Exception trouble, Deadline deadline) {
    String jump = bastion.endpoint();
    String endpoint = target.endpoint();
    if (LoginTrouble.isTimeout(trouble)) {
      return "%s was not reached from the jump host %s within %s: is it up, and does a firewall let SSH through?"
          .formatted(endpoint, jump, Text.seconds(deadline.allowed()));
    }
    if (LoginTrouble.root(trouble) instanceof SshChannelOpenException open) {
      return switch (open.getReasonCode()) {
        case SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED ->
            "the jump host %s forwards no connections: set AllowTcpForwarding yes in its sshd_config, or see PermitOpen there (%s)"
                .formatted(jump, Text.of(open));
        case SshConstants.SSH_OPEN_CONNECT_FAILED ->
            "the jump host %s can't connect to %s: %s".formatted(jump, endpoint, Text.of(open));
        default ->
            "the jump host %s opened no connection to %s: %s"
                .formatted(jump, endpoint, Text.of(open));
      };
    }
    return "the jump host %s opened no connection to %s: %s"
        .formatted(jump, endpoint, Text.of(LoginTrouble.root(trouble)));
  }

  private ClientSession command(
      SshTarget target, Way.Command command, Handshake handshake, Deadline deadline)
      throws UnreachableException, InterruptedException {
    try {
      ProcessPipe pipe = ProcessPipe.start(command);
      handshake.through(pipe);
      return over(pipe, target, handshake, deadline);
    } catch (IOException | RuntimeException e) {
      SshLogin.requireUninterrupted(e);
      throw new UnreachableException(
          "the ProxyCommand for %s can't be run: %s".formatted(target.endpoint(), Text.of(e)), e);
    }
  }

  private ClientSession over(Pipe pipe, SshTarget target, Handshake handshake, Deadline deadline)
      throws IOException {
    try {
      return verified(client.connect(target, pipe, handshake), deadline);
    } catch (IOException | RuntimeException e) {
      pipe.close();
      throw e;
    }
  }

  private static ClientSession verified(ConnectFuture connecting, Deadline deadline)
      throws IOException {
    return connecting
        .verify(
            deadline.remaining(), CancelOption.CANCEL_ON_TIMEOUT, CancelOption.CANCEL_ON_INTERRUPT)
        .getSession();
  }
}
