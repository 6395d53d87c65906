package dev.earshot.ssh;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;

/// Says what went wrong on the way into a host, and what to do about it.
record LoginTrouble(SshTarget target, Deadline deadline) {
  private static final String DISAGREEMENT = "Unable to negotiate key exchange";

  /// What newer versions of OpenSSH say where MaxStartups is exceeded.
  private static final String CROWDED = "Exceeded MaxStartups";

  /// What OpenSSH says from 9.8 on to those whom PerSourcePenalties shut out.
  private static final String PENALTY = "Not allowed at this time";

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
      return "%s refused the connection: is sshd running there, and is the port right (%s)?"
          .formatted(endpoint, target.names().port);
    }
    return isHungUp(trouble) ? hungUp() : "no connection to %s: %s".formatted(endpoint, said);
  }

  /// After the connection was made and before the user was let in.
  String in(Handshake handshake, Exception trouble) {
    return handshake
        .refusal()
        .or(() -> new Loss(target, handshake).reason())
        .orElseGet(() ->
            switch (handshake.phase()) {
              case GREETING -> greeting(handshake, trouble);
              case KEY_EXCHANGE -> keyExchange(trouble);
              case AUTHENTICATION ->
                  new RefusalText(target, handshake.authentication()).of(trouble, deadline);
            });
  }

  private String greeting(Handshake handshake, Exception trouble) {
    String endpoint = target.endpoint();
    boolean said = isCrowded(handshake) || handshake.words().contains(PENALTY);
    if (target.way() instanceof Way.Command && !said) {
      return new ProxyTrouble(target, handshake).of(trouble, waited());
    }
    if (isTimeout(trouble)) {
      return "%s accepted the connection%s, but sent no SSH greeting within %s: either it is not an SSH server, or it hangs; try nc -v to it, and see whether a firewall or the wrong network answers in its place, or it is to be reached through a jump host (ProxyJump)"
          .formatted(endpoint, Loss.through(target), waited());
    }
    if (isNoSsh(trouble)) {
      return "%s is not an SSH server (%s): correct %s"
          .formatted(endpoint, Text.of(root(trouble)), target.names().port);
    }
    if (isCrowded(handshake)) {
      return "%s is busy with other logins (%s): raise MaxStartups in its sshd_config, or ask fewer hosts at once"
          .formatted(endpoint, Text.oneLine(handshake.words()));
    }
    if (handshake.words().contains(PENALTY)) {
      return "%s shuts this machine out for a while (%s): its sshd counted failed logins from here, see PerSourcePenalties in its sshd_config"
          .formatted(endpoint, Text.oneLine(handshake.words()));
    }
    if (!handshake.words().isEmpty()) {
      return "%s is not an SSH server, or one that wants nothing to do with us: it closed the connection and said: %s"
          .formatted(endpoint, Text.oneLine(handshake.words()));
    }
    return hungUp();
  }

  private String hungUp() {
    return "%s closed the connection before any SSH greeting: either it is not an SSH server, or its sshd turns this machine away (MaxStartups, fail2ban, hosts.deny)"
        .formatted(target.endpoint());
  }

  private String keyExchange(Exception trouble) {
    String endpoint = target.endpoint();
    if (isTimeout(trouble)) {
      return "%s did not finish the SSH key exchange%s within %s"
          .formatted(endpoint, Loss.through(target), waited());
    }
    if (isDisagreement(trouble)) {
      return "%s and Earshot have no algorithm in common: %s (%s)"
          .formatted(endpoint, disagreement(trouble), Text.of(root(trouble)));
    }
    return "the SSH key exchange with %s broke off: %s".formatted(endpoint, ending(trouble));
  }

  /// Where the user's own wish leaves too little, the server is not to blame.
  private String disagreement(Exception trouble) {
    AlgorithmWishes wishes = target.algorithms();
    String said = Text.of(root(trouble)).toLowerCase(Locale.ROOT);
    if (said.contains("kex algorithms")) {
      return disagreement("KexAlgorithms", wishes.keyExchanges());
    }
    if (said.contains("host key algorithms")) {
      return disagreement("HostKeyAlgorithms", wishes.hostKeys());
    }
    if (said.contains("encryption algorithms")) {
      return disagreement("Ciphers", wishes.ciphers());
    }
    if (!said.contains("mac algorithms")) {
      return disagreement("", Optional.empty());
    }
    return wishes.macs().isEmpty() && said.contains("umac")
        ? "Earshot speaks no UMAC, so add hmac-sha2-256-etm@openssh.com to MACs in its sshd_config"
        : disagreement("MACs", wishes.macs());
  }

  private String disagreement(String option, Optional<String> wish) {
    String place =
        target.algorithms().places().getOrDefault(option, "ssh_config or an argument of ssh");
    return wish.map(text ->
            "widen %s, which %s sets to %s"
                .formatted(option, Text.oneLine(place), Text.oneLine(text)))
        .orElse("update its sshd");
  }

  private String waited() {
    return Text.seconds(deadline.allowed());
  }

  static String ending(Exception trouble) {
    String said = Text.of(root(trouble));
    return said.equals("Session is being closed") ? "the server closed the connection" : said;
  }

  static boolean isTimeout(Exception trouble) {
    return isCausedBy(trouble, TimeoutException.class);
  }

  /// Whether the server has nothing more to ask or to be shown.
  static boolean isRefusal(Exception trouble) {
    return causes(trouble)
        .anyMatch(e ->
            e instanceof SshException ssh
                && ssh.getDisconnectCode()
                    == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE);
  }

  /// Whether the server would not be shown any more.
  static boolean isTooMany(Exception trouble) {
    return causes(trouble).anyMatch(e -> Text.of(e).contains("Too many authentication failures"));
  }

  /// Whether the server hung up before SSHD had so much as noted the connection.
  static boolean isHungUp(Exception trouble) {
    return Text.of(root(trouble)).startsWith("No session attached");
  }

  /// Whether something else than an SSH server answered.
  static boolean isNoSsh(Exception trouble) {
    String said = Text.of(root(trouble));
    return said.contains("dentification") || said.contains("protocol version");
  }

  static boolean isCrowded(Handshake handshake) {
    return handshake.words().contains(CROWDED);
  }

  static boolean isDisagreement(Exception trouble) {
    return Text.of(root(trouble)).contains(DISAGREEMENT);
  }

  static boolean isCausedBy(Throwable trouble, Class<? extends Exception> type) {
    return causes(trouble).anyMatch(type::isInstance);
  }

  static Throwable root(Exception trouble) {
    return causes(trouble).reduce((outer, inner) -> inner).orElse(trouble);
  }

  static Stream<Throwable> causes(Throwable trouble) {
    return Stream.<Throwable>iterate(trouble, e -> e != null, Throwable::getCause).limit(10);
  }
}
