package dev.earshot.ssh;

import java.util.List;
import java.util.function.Function;
import org.apache.sshd.client.auth.UserAuth;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.session.ClientSession;

/// The methods of authentication that Earshot speaks.
final class LoginMethods {
  static final List<UserAuthFactory> FACTORIES =
      List.of(
          new Factory(
              Authentication.PUBLIC_KEY,
              session -> new PublicKeyLogin(Handshake.authenticationOf(session))),
          new Factory(Authentication.INTERACTIVE, _ -> new InteractiveLogin()),
          new Factory(Authentication.PASSWORD, _ -> new PasswordLogin()));

  private LoginMethods() {}

  private record Factory(String name, Function<ClientSession, UserAuth> maker)
      implements UserAuthFactory {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public UserAuth createUserAuth(ClientSession session) {
      return maker.apply(session);
    }
  }
}
