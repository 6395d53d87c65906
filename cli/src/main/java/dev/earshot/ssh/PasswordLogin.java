package dev.earshot.ssh;

import java.io.IOException;
import java.util.Optional;
import org.apache.sshd.client.auth.AbstractUserAuth;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/// The method `password` (RFC 4252, section 8): the password, once.
final class PasswordLogin extends AbstractUserAuth {
  /// What it is called where somebody asks what was shown.
  static final String SHOWN = "the password";

  private boolean sent;

  PasswordLogin() {
    super(Authentication.PASSWORD);
  }

  @Override
  protected boolean sendAuthDataRequest(ClientSession session, String service) throws Exception {
    Authentication authentication = Handshake.authenticationOf(session);
    Optional<Secret> password = authentication.password();
    if (sent || password.isEmpty()) {
      return false;
    }
    sent = true;
    authentication.show(SHOWN);
    Buffer request = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    request.putString(session.getUsername());
    request.putString(service);
    request.putString(Authentication.PASSWORD);
    request.putBoolean(false);
    request.putString(password.get().text());
    session.writePacket(request);
    return true;
  }

  @Override
  protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer)
      throws Exception {
    int command = buffer.getUByte();
    if (command != SshConstants.SSH_MSG_USERAUTH_PASSWD_CHANGEREQ) {
      throw new IOException("the server sent message " + command + " where it should decide");
    }
    Handshake.authenticationOf(session)
        .trouble("the password has expired, so log in by hand and change it");
    return false;
  }
}
