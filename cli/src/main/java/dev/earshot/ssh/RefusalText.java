package dev.earshot.ssh;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;

/// Says why a server did not let the user in, and what to do about it.
record RefusalText(SshTarget target, Authentication authentication) {
  private static final int MOST_NAMED = 4;

  String of(Exception trouble, Deadline deadline) {
    String endpoint = target.endpoint();
    String user = Text.oneLine(target.user());
    List<String> shown = authentication.shown();
    if (LoginTrouble.isTimeout(trouble)) {
      return "%s did not decide within %s whether to let %s in"
          .formatted(endpoint, Text.seconds(deadline.allowed()), user);
    }
    if (LoginTrouble.isTooMany(trouble)) {
      return "%s hung up on user %s after %s, which is more than it allows (MaxAuthTries): name the right key with %s and set IdentitiesOnly=yes (tried: %s)"
          .formatted(
              endpoint,
              user,
              shown.size() == 1 ? "one try" : shown.size() + " tries",
              target.names().key,
              named(shown));
    }
    if (!LoginTrouble.isRefusal(trouble)) {
      return "%s ended the login of user %s: %s"
          .formatted(endpoint, user, LoginTrouble.ending(trouble));
    }
    if (shown.isEmpty() && !authentication.unsigned().isEmpty()) {
      return "%s does not let user %s in: %s"
          .formatted(endpoint, user, String.join("; ", authentication.unsigned()));
    }
    return shown.isEmpty()
        ? "%s does not let user %s in: %s%s".formatted(endpoint, user, nothing(), also())
        : "%s does not let user %s in with %s; %s%s"
            .formatted(endpoint, user, named(shown), advice(shown), also());
  }

  private static String named(List<String> shown) {
    String names = shown.stream().limit(MOST_NAMED).collect(joining(", nor "));
    return shown.size() > MOST_NAMED
        ? "%s, nor %d more".formatted(names, shown.size() - MOST_NAMED)
        : names;
  }

  /// Why nothing was shown.
  private String nothing() {
    List<String> allowed = authentication.serverMethods();
    String wants = Text.oneLine(String.join(" or ", allowed));
    if (authentication.passwordWithheld()) {
      return "it was shown no key, and gets no password because its host key has changed";
    }
    if (wantsPassword(allowed)) {
      return "it wants %s, and %s".formatted(wants, target.names().noPassword);
    }
    boolean noKeyAtAll =
        authentication.keys().isEmpty()
            && authentication.troubles().isEmpty()
            && target.credentials().methods().contains(Authentication.PUBLIC_KEY);
    return noKeyAtAll
        ? "there is no key in ~/.ssh (id_ed25519, id_ecdsa, id_rsa), so name one with %s"
            .formatted(target.names().key)
        : "it wants %s, for which there is nothing to show: name a key with %s or %s, and see what PreferredAuthentications and the like switch off"
            .formatted(
                wants.isEmpty() ? "something" : wants,
                target.names().key,
                target.names().orPassword);
  }

  private boolean wantsPassword(List<String> allowed) {
    return !allowed.isEmpty()
        && !allowed.contains(Authentication.PUBLIC_KEY)
        && target.credentials().password().isEmpty();
  }

  private String advice(List<String> shown) {
    List<String> allowed = authentication.serverMethods();
    if (wantsPassword(allowed)) {
      return "it wants %s, and %s"
          .formatted(Text.oneLine(String.join(" or ", allowed)), target.names().noPassword);
    }
    boolean password = shown.contains(PasswordLogin.SHOWN);
    boolean keys = shown.size() > (password ? 1 : 0);
    return "check "
        + target.names().user
        + (password ? (keys ? ", ansible_password" : " and ansible_password") : "")
        + (keys ? ", and that the public key is in authorized_keys there" : "");
  }

  private String also() {
    String troubles =
        Stream.concat(authentication.unsigned().stream(), authentication.troubles().stream())
            .limit(MOST_NAMED)
            .collect(joining("; "));
    return troubles.isEmpty() ? "" : "; " + troubles;
  }
}
