package dev.earshot.ssh;

import static java.util.stream.Collectors.joining;

import java.util.List;

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
      return "%s lets nobody show more than %d keys or passwords, and user %s had more: name the right key with ansible_ssh_private_key_file and set IdentitiesOnly=yes (tried: %s)"
          .formatted(endpoint, shown.size(), user, named(shown));
    }
    if (!LoginTrouble.isRefusal(trouble)) {
      return "%s ended the login of user %s: %s"
          .formatted(endpoint, user, LoginTrouble.ending(trouble));
    }
    return "%s does not let user %s in with %s%s%s"
        .formatted(
            endpoint, user, shown.isEmpty() ? nothing() : named(shown), advice(shown), also());
  }

  private static String named(List<String> shown) {
    String names = shown.stream().limit(MOST_NAMED).collect(joining(", nor "));
    return shown.size() > MOST_NAMED
        ? "%s, nor %d more".formatted(names, shown.size() - MOST_NAMED)
        : names;
  }

  private String nothing() {
    if (authentication.passwordWithheld()) {
      return "no key, and gets no password because its host key has changed";
    }
    return authentication.keys().isEmpty()
            && authentication.troubles().isEmpty()
            && target.credentials().methods().contains(Authentication.PUBLIC_KEY)
        ? "no key: there is none in ~/.ssh (id_ed25519, id_ecdsa, id_rsa), so name one with ansible_ssh_private_key_file"
        : "nothing that could be shown";
  }

  private String advice(List<String> shown) {
    List<String> allowed = authentication.serverMethods();
    boolean passwordOnly =
        !allowed.isEmpty()
            && !allowed.contains(Authentication.PUBLIC_KEY)
            && target.credentials().password().isEmpty();
    if (passwordOnly) {
      return ": it wants %s, and no password is known (ansible_password)"
          .formatted(Text.oneLine(String.join(" or ", allowed)));
    }
    return shown.isEmpty()
        ? ""
        : ": check ansible_user, and that the public key is in authorized_keys there";
  }

  private String also() {
    String troubles = authentication.troubles().stream().limit(MOST_NAMED).collect(joining("; "));
    return troubles.isEmpty() ? "" : "; " + troubles;
  }
}
