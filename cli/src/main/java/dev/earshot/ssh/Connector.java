package dev.earshot.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.future.CancelOption;

/// Gets a connection to a host, over which nothing has been said yet.
record Connector(EarshotSshClient client) {

  /// Tries the addresses in their order, as OpenSSH does, sharing the time that is left.
  ClientSession connect(SshTarget target, Handshake handshake, Deadline deadline)
      throws UnreachableException, InterruptedException {
    List<InetAddress> addresses = AddressLookup.addressesOf(target, deadline);
    UnreachableException first = new UnreachableException("no address for " + target.address());
    for (int i = 0; i < addresses.size(); i++) {
      Deadline share = deadline.orIn(deadline.remaining().dividedBy(addresses.size() - i));
      try {
        return client
            .connect(
                target.user(), new InetSocketAddress(addresses.get(i), target.port()), handshake)
            .verify(
                share.remaining(), CancelOption.CANCEL_ON_TIMEOUT, CancelOption.CANCEL_ON_INTERRUPT)
            .getSession();
      } catch (IOException | RuntimeException e) {
        SshLogin.requireUninterrupted(e);
        if (i == 0) {
          first = new UnreachableException(new LoginTrouble(target, share).connecting(e), e);
        }
      }
    }
    throw first;
  }
}
