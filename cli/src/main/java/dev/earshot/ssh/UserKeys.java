package dev.earshot.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All keys that a run can show: files, certificates, agents; none of them looked at twice.
final class UserKeys {
  private static final UserKey.Nobody ONLY_PUBLIC =
      new UserKey.Nobody(
          "is the public half of a key, and nobody has the private one: name the file that has it, or add it to the agent with ssh-add");

  private final PrivateKeys files;
  private final Passphrases passphrases;
  private final Agent.Patience patience;
  private final ConcurrentHashMap<Path, Agent> agents = new ConcurrentHashMap<>();

  UserKeys(PrivateKeys files, Passphrases passphrases, Agent.Patience patience) {
    this.files = files;
    this.passphrases = passphrases;
    this.patience = patience;
  }

  /// What to show a server.
  ///
  /// @param keys in the order in which OpenSSH shows them
  /// @param useless what was named or found, and is no help
  record Offer(List<UserKey> keys, List<Useless> useless) {
    Offer {
      keys = List.copyOf(keys);
      useless = List.copyOf(useless);
    }
  }

  /// Something that opens no host.
  ///
  /// @param what such as `the private key ~/.ssh/id`
  /// @param reason follows it in a sentence
  record Useless(String what, String reason) {}

  Offer of(Credentials credentials) throws InterruptedException {
    var useless = new ArrayList<Useless>();
    List<UserKey> inAgent = new ArrayList<>();
    if (credentials.agent().isPresent()) {
      Agent agent =
          agents.computeIfAbsent(
              HomePath.expanded(credentials.agent().get()), path -> new Agent(path, patience));
      try {
        agent.keys().forEach(key -> inAgent.add(inAgent(agent, key)));
      } catch (AgentException e) {
        useless.add(new Useless("the agent", Text.of(e)));
      }
    }
    List<UserKey> inFiles = new ArrayList<>();
    for (KeyFile file : files.of(credentials)) {
      switch (file) {
        case KeyFile.Open open ->
            add(open, _ -> new FileSigner(open.keyPair()), credentials, inFiles);
        case KeyFile.Locked locked ->
            add(
                locked,
                deadline -> new FileSigner(passphrases.open(locked, deadline)),
                credentials,
                inFiles);
        case KeyFile.PublicOnly half -> add(half, ONLY_PUBLIC, credentials, inFiles);
        case KeyFile.Exposed exposed ->
            add(exposed, new UserKey.Nobody(exposed.reason()), credentials, inFiles);
        case KeyFile.Unusable unusable ->
            useless.add(
                new Useless(
                    "the private key " + HomePath.shown(unusable.file()), unusable.reason()));
      }
    }
    return new KeyOrder(inFiles, certificates(credentials, useless), inAgent)
        .offer(credentials.identitiesOnly(), useless);
  }

  /// A key file, and like OpenSSH the certificate beside it unless certificates were named.
  private void add(
      KeyFile file, UserKey.Holder holder, Credentials credentials, List<UserKey> keys) {
    var key = new UserKey("the key " + HomePath.shown(file.file()), file.half(), holder);
    keys.add(key);
    if (credentials.certificateFiles().isEmpty()) {
      files
          .certificate(Path.of(file.file() + "-cert.pub"))
          .ifPresent(certificate -> keys.add(key.withCertificate(certificate)));
    }
  }

  private List<UserKey> certificates(Credentials credentials, List<Useless> useless) {
    var found = new ArrayList<UserKey>();
    for (Path file : credentials.certificateFiles()) {
      String name = "the certificate " + HomePath.shown(file);
      Optional<HostKey> certificate = files.certificate(file);
      if (certificate.isPresent()) {
        found.add(new UserKey(name, certificate, ONLY_PUBLIC));
      } else {
        useless.add(new Useless(name, "is not there, or is no certificate"));
      }
    }
    return found;
  }

  private static UserKey inAgent(Agent agent, Agent.Key key) {
    String name =
        key.comment().isEmpty() ? "a key in the agent" : "the agent's key " + key.comment();
    return new UserKey(
        name, Optional.of(key.half()), deadline -> new AgentSigner(agent, key.half(), deadline));
  }
}
