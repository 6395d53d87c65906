package dev.earshot.ssh;

import dev.earshot.ssh.UserKeys.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One attempt to show one server who the user is: what there is to show, what was shown, and what
/// the server thought of it. Safe for the threads of a login, one after the other.
final class Authentication {
  static final String PUBLIC_KEY = "publickey";
  static final String INTERACTIVE = "keyboard-interactive";
  static final String PASSWORD = "password";
  private static final Set<String> WITH_PASSWORD = Set.of(INTERACTIVE, PASSWORD);

  private final Credentials credentials;
  private final Offer offer;
  private final List<String> keyAlgorithms;
  private final Deadline deadline;
  private final List<String> shown = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private final List<String> unsigned = new ArrayList<>();
  private List<String> serverMethods = List.of();
  private boolean passwordsWithheld;

  /// @param keyAlgorithms signatures that may be used
  Authentication(
      Credentials credentials, Offer offer, List<String> keyAlgorithms, Deadline deadline) {
    this.credentials = credentials;
    this.offer = offer;
    this.keyAlgorithms = List.copyOf(keyAlgorithms);
    this.deadline = deadline;
    offer.useless().forEach(useless -> troubles.add(useless.what() + " " + useless.reason()));
  }

  Deadline deadline() {
    return deadline;
  }

  List<UserKey> keys() {
    return offer.keys();
  }

  List<String> keyAlgorithms() {
    return keyAlgorithms;
  }

  /// Nobody who might be somebody else gets a password from now on.
  synchronized void withholdPasswords() {
    passwordsWithheld = true;
  }

  /// Whether the host is known to be the right one.
  synchronized boolean mayTellPasswords() {
    return !passwordsWithheld;
  }

  /// The methods to try, in their order.
  synchronized List<String> methods() {
    return credentials.methods().stream()
        .filter(Credentials.METHODS::contains)
        .filter(method -> !WITH_PASSWORD.contains(method) || password().isPresent())
        .toList();
  }

  synchronized Optional<Secret> password() {
    return passwordsWithheld ? Optional.empty() : credentials.password();
  }

  /// Remembers that the server was shown this.
  synchronized void show(String what) {
    if (!shown.contains(what)) {
      shown.add(what);
    }
  }

  /// Remembers what went wrong, as a sentence without its end.
  synchronized void trouble(String sentence) {
    troubles.add(sentence);
  }

  /// Remembers why the server, which wanted a key, did not get a signature by it: it refused
  /// nothing.
  synchronized void unsigned(UserKey key, String reason) {
    shown.remove(key.shown());
    unsigned.add(key.name() + " " + reason);
  }

  synchronized void serverAllows(List<String> methods) {
    serverMethods = List.copyOf(methods);
  }

  synchronized List<String> shown() {
    return List.copyOf(shown);
  }

  synchronized List<String> troubles() {
    return List.copyOf(troubles);
  }

  /// Which keys the server wanted and did not get, and why.
  synchronized List<String> unsigned() {
    return List.copyOf(unsigned);
  }

  /// What the server would accept, as far as it said.
  synchronized List<String> serverMethods() {
    return serverMethods;
  }

  /// Whether a password is known that this server didn't get because its key has changed.
  synchronized boolean passwordWithheld() {
    return passwordsWithheld && credentials.password().isPresent();
  }
}
