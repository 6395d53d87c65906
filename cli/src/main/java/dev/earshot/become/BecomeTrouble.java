package dev.earshot.become;

import dev.earshot.ssh.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Why a host does not let the login user become somebody, and what to do, from what sudo, sudo-rs,
/// su, doas and PAM say in the C locale.
record BecomeTrouble(Become become) {

  private static final int LONGEST = 300;

  /// One answer of theirs.
  ///
  /// @param sentence with the program and the user to become as `%1$s` and `%2$s`
  private record Answer(Pattern words, String sentence) {}

  private static final String NEEDS_PASSWORD =
      "%1$s wants a password for becoming %2$s: set ansible_become_password (vaulted), or allow it"
          + " without one";
  private static final String WRONG_PASSWORD =
      "%1$s does not accept the password for becoming %2$s: correct ansible_become_password";

  /// In order: the first that fits is told.
  private static final List<Answer> ANSWERS =
      List.of(
          answer(
              "not in the sudoers file",
              "the login user is not in the sudoers file: allow it to become %2$s there, or log in"
                  + " as somebody who may"),
          answer(
              "is not allowed to (execute|run)|may not run|i'm afraid i can't do that",
              "sudoers does not allow the login user to run /bin/sh as %2$s: allow it as Ansible"
                  + " needs it, with 'ALL' for the command"),
          answer(
              "account (has |is )?expired|account validation failure|password (has |is )?expired"
                  + "|token (is )?no longer valid|new authentication token required|account .*locked",
              "the account or its password has expired, so %1$s does not become %2$s: renew it on"
                  + " the host with chage or passwd"),
          answer(
              "doas: a tty is required",
              "doas asks for passwords on a terminal only, and the host's sshd gives none (PermitTTY):"
                  + " allow that, or add 'permit nopass' for the login user to doas.conf"),
          answer(
              "must have a tty|no tty present|a terminal is required|must be run from a terminal"
                  + "|a tty is required",
              "%1$s wants a terminal, which Earshot does not have: remove 'requiretty' from sudoers"
                  + " for the login user, or allow it without a password"),
          answer(
              "unknown user|user .* does not exist|user '.*' not found|no passwd entry|invalid user name",
              "there is no user %2$s to become on the host: correct ansible_become_user"),
          answer(
              "no new privileges|effective uid is not 0|must be setuid|must be owned by uid 0"
                  + "|not installed setuid",
              "%1$s has no setuid rights where the login user's session runs (a container, or a file"
                  + " system mounted nosuid), so nobody can become %2$s"),
          answer(
              "doas is not enabled|doas: operation not permitted",
              "doas.conf does not permit the login user to become %2$s: add 'permit nopass' for it"),
          answer("doas: authentication required", NEEDS_PASSWORD),
          answer("doas: authentication failed", WRONG_PASSWORD),
          answer(
              "a password is required|interactive authentication is required"
                  + "|interaction is required|authentication required but not attempted",
              NEEDS_PASSWORD),
          answer(
              "sorry, try again|incorrect password|authentication fail(ure|ed)"
                  + "|incorrect authentication attempt",
              WRONG_PASSWORD),
          answer(
              "permission denied",
              "the host does not permit the login user to use %1$s: look at who may execute it, and"
                  + " at /etc/pam.d"),
          answer(
              "account is currently not available|nologin",
              "%2$s has a login shell that refuses to run anything, as which su can't be used: use"
                  + " sudo, or another ansible_become_user"),
          answer(
              "no such file or directory|command not found|unknown command|: not found",
              "there is no %1$s on the host: install it, or correct ansible_become_method or"
                  + " ansible_become_exe"));

  /// What stopped this talk.
  String of(Becoming talk, Duration patience) {
    return switch (talk.state()) {
      case NO_PASSWORD -> sentence(NEEDS_PASSWORD);
      case WRONG_PASSWORD -> sentence(WRONG_PASSWORD);
      case SILENT ->
          "%s neither asked for a password nor let the login user become %s within %d s%s"
              .formatted(
                  program(), user(), patience.toSeconds(), quoted(talk.lastWords(), "; it said: "));
      case WAITING, ASKED, ANSWERED, BECAME -> of(talk.lastWords());
    };
  }

  private String of(List<String> lastWords) {
    String all = String.join("\n", lastWords).toLowerCase(Locale.ROOT);
    return ANSWERS.stream()
        .filter(answer -> answer.words().matcher(all).find())
        .findFirst()
        .map(answer -> sentence(answer.sentence()))
        .orElseGet(() ->
            "%s did not let the login user become %s%s"
                .formatted(program(), user(), quoted(lastWords, ": ")));
  }

  private static Answer answer(String words, String sentence) {
    return new Answer(Pattern.compile(words), sentence);
  }

  private String sentence(String pattern) {
    return pattern.formatted(program(), user());
  }

  private String program() {
    return harmless(become.executable());
  }

  private String user() {
    return harmless(become.user());
  }

  private String quoted(List<String> lastWords, String before) {
    return lastWords.isEmpty() ? "" : before + harmless(lastWords.getLast());
  }

  /// One line without the password, in case the host says it aloud.
  private String harmless(String text) {
    String discreet =
        become
            .password()
            .map(Secret::text)
            .filter(password -> !password.isEmpty())
            .map(password -> text.replace(password, "(withheld)"))
            .orElse(text);
    String line = discreet.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
