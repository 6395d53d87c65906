package dev.earshot.ssh;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.Signature;

/// The algorithms to propose to one server.
///
/// @param hostKeysInOrder whether the order of host keys is the user's, where otherwise known ones
///   come first
/// @param publicKeys signatures by which the user may log in
record Proposal(
    List<KeyExchangeFactory> keyExchanges,
    List<NamedFactory<Cipher>> ciphers,
    List<NamedFactory<Mac>> macs,
    List<NamedFactory<Signature>> hostKeys,
    boolean hostKeysInOrder,
    List<String> publicKeys) {

  Proposal {
    keyExchanges = List.copyOf(keyExchanges);
    ciphers = List.copyOf(ciphers);
    macs = List.copyOf(macs);
    hostKeys = List.copyOf(hostKeys);
    publicKeys = List.copyOf(publicKeys);
  }

  /// Earshot's own algorithms, changed as the user wishes.
  ///
  /// @throws UnreachableException if nothing is left of some kind
  static Proposal of(SshTarget target) throws UnreachableException {
    AlgorithmWishes wishes = target.algorithms();
    List<String> publicKeys = Algorithms.publicKeys();
    if (wishes.publicKeys().isPresent()) {
      publicKeys =
          AlgorithmList.resolve(wishes.publicKeys().get(), publicKeys, Algorithms.allPublicKeys());
      requireSome(publicKeys, "PubkeyAcceptedAlgorithms", wishes.publicKeys().get(), target);
    }
    return new Proposal(
        chosen(
            "KexAlgorithms",
            wishes.keyExchanges(),
            Algorithms.KEY_EXCHANGES,
            Algorithms.ALL_KEY_EXCHANGES,
            target),
        chosen("Ciphers", wishes.ciphers(), Algorithms.CIPHERS, Algorithms.ALL_CIPHERS, target),
        chosen("MACs", wishes.macs(), Algorithms.MACS, Algorithms.ALL_MACS, target),
        chosen(
            "HostKeyAlgorithms",
            wishes.hostKeys(),
            Algorithms.SIGNATURES,
            Algorithms.ALL_SIGNATURES,
            target),
        wishes.hostKeys().map(String::strip).filter(wish -> !wish.matches("[+-].*")).isPresent(),
        publicKeys);
  }

  private static <T extends NamedResource> List<T> chosen(
      String option, Optional<String> wish, List<T> usual, List<T> all, SshTarget target)
      throws UnreachableException {
    if (wish.isEmpty()) {
      return usual;
    }
    List<String> names = AlgorithmList.resolve(wish.get(), names(usual), names(all));
    requireSome(names, option, wish.get(), target);
    Function<String, T> named =
        name -> all.stream().filter(each -> each.getName().equals(name)).findFirst().orElseThrow();
    return names.stream().map(named).toList();
  }

  private static List<String> names(List<? extends NamedResource> algorithms) {
    return algorithms.stream().map(NamedResource::getName).toList();
  }

  private static void requireSome(List<String> names, String option, String wish, SshTarget target)
      throws UnreachableException {
    if (names.isEmpty()) {
      throw new UnreachableException(
          "none of the algorithms that %s names for %s is spoken by Earshot: %s"
              .formatted(option, target.endpoint(), Text.oneLine(wish)));
    }
  }

  /// Makes a session propose these.
  void to(ClientSession session, KnownHost host) {
    session.setKeyExchangeFactories(keyExchanges);
    session.setCipherFactories(ciphers);
    session.setMacFactories(macs);
    session.setSignatureFactories(
        hostKeysInOrder
            ? hostKeys
            : Algorithms.hostKeySignatures(hostKeys, host.certified(), host.keyTypes()));
  }
}
