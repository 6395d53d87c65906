package dev.earshot.ssh;

import static java.util.stream.Collectors.joining;

import dev.earshot.ssh.PrivateKeys.Identity;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;

/// Says what went wrong on the way into a host, and what to do about it.
record LoginTrouble(SshTarget target, Deadline deadline) {
  private static final String DISAGREEMENT = "Unable to negotiate key exchange";

  /// Before there was a connection.
  String connecting(Exception trouble) {
    String endpoint = target.endpoint();
    if (isTimeout(trouble)) {
      return "%s did not answer within %s: is the host up, and does a firewall let SSH through?"
          .formatted(endpoint, waited());
    }
    String said = Text.of(root(trouble)).toLowerCase(Locale.ROOT);
    if (isCausedBy(trouble, NoRouteToHostException.class) || said.contains("unreachable")) {
      return "there is no route to %s: check the address and the network (%s)"
          .formatted(endpoint, said);
    }
    if (isCausedBy(trouble, ConnectException.class) && said.contains("refused")) {
      return "%s refused the connection: is sshd running there, and is the port right (ansible_port)?"
          .formatted(endpoint);
    }
    return "no connection to %s: %s".formatted(endpoint, said);
  }

  /// After the connection was made and before the user was let in.
  String in(Handshake handshake, Exception trouble, List<Identity> identities) {
    return handshake
        .refusal()
        .orElseGet(() ->
            switch (handshake.phase()) {
              case GREETING -> greeting(trouble);
              case KEY_EXCHANGE -> keyExchange(trouble);
              case AUTHENTICATION -> authentication(trouble, identities);
            });
  }

  private String greeting(Exception trouble) {
    String endpoint = target.endpoint();
    if (isTimeout(trouble)) {
      return "%s accepted the connection, but sent no SSH greeting within %s: either it is not an SSH server, or it hangs"
          .formatted(endpoint, waited());
    }
    String said = Text.of(root(trouble));
    if (said.contains("dentification") || said.contains("protocol version")) {
      return "%s is not an SSH server (%s): correct ansible_port".formatted(endpoint, said);
    }
    return "%s closed the connection before any SSH greeting: either it is not an SSH server, or its sshd turns this machine away (MaxStartups, fail2ban, hosts.deny)"
        .formatted(endpoint);
  }

  private String keyExchange(Exception trouble) {
    String endpoint = target.endpoint();
    if (isTimeout(trouble)) {
      return "%s did not finish the SSH key exchange within %s".formatted(endpoint, waited());
    }
    if (isDisagreement(trouble)) {
      return "%s and Earshot have no algorithm in common; update its sshd (%s)"
          .formatted(endpoint, Text.of(root(trouble)));
    }
    return "the SSH key exchange with %s broke off: %s".formatted(endpoint, ending(trouble));
  }

  private String authentication(Exception trouble, List<Identity> identities) {
    String endpoint = target.endpoint();
    if (isTimeout(trouble)) {
      return "%s did not decide within %s whether to let %s in"
          .formatted(endpoint, waited(), target.user());
    }
    boolean refused =
        causes(trouble)
            .anyMatch(e ->
                e instanceof SshException ssh
                    && (ssh.getDisconnectCode()
                            == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
                        || Text.of(ssh).contains("Too many authentication failures")));
    return refused
        ? "%s does not let user %s in with %s"
            .formatted(endpoint, Text.oneLine(target.user()), shown(identities))
        : "%s ended the login of user %s: %s"
            .formatted(endpoint, Text.oneLine(target.user()), ending(trouble));
  }

  private static String shown(List<Identity> identities) {
    if (identities.isEmpty()) {
      return "no key: there is none in ~/.ssh (id_ed25519, id_ecdsa, id_rsa), so name one with ansible_ssh_private_key_file";
    }
    return identities.stream()
            .map(identity ->
                switch (identity) {
                  case Identity.Usable(var file, var pair) ->
                      "the key %s (%s)"
                          .formatted(HomePath.shown(file), HostKey.of(pair.getPublic()));
                  case Identity.Unusable(var file, String reason) ->
                      "%s, which %s".formatted(HomePath.shown(file), reason);
                })
            .collect(joining(", nor "))
        + ": check ansible_user, and that the public key is in authorized_keys there";
  }

  private String waited() {
    return Text.seconds(deadline.allowed());
  }

  private static String ending(Exception trouble) {
    String said = Text.of(root(trouble));
    return said.equals("Session is being closed") ? "the server closed the connection" : said;
  }

  static boolean isTimeout(Exception trouble) {
    return isCausedBy(trouble, TimeoutException.class);
  }

  static boolean isDisagreement(Exception trouble) {
    return Text.of(root(trouble)).contains(DISAGREEMENT);
  }

  private static boolean isCausedBy(Exception trouble, Class<? extends Exception> type) {
    return causes(trouble).anyMatch(type::isInstance);
  }

  private static Throwable root(Exception trouble) {
    return causes(trouble).reduce((outer, inner) -> inner).orElse(trouble);
  }

  private static Stream<Throwable> causes(Exception trouble) {
    return Stream.<Throwable>iterate(trouble, e -> e != null, Throwable::getCause).limit(10);
  }
}
