package dev.earshot.ssh;

import dev.earshot.ssh.UserKeys.Offer;
import dev.earshot.ssh.UserKeys.Useless;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/// Puts keys into the order in which OpenSSH shows them: certificates that were named, keys that
/// were named and that the agent has, the agent's others, and the named keys that only files have.
///
/// @param certificates that were named, still without anybody who could sign
record KeyOrder(List<UserKey> files, List<UserKey> certificates, List<UserKey> agent) {
  KeyOrder {
    files = List.copyOf(files);
    certificates = List.copyOf(certificates);
    agent = List.copyOf(agent);
  }

  Offer offer(boolean identitiesOnly, List<Useless> useless) {
    var first = new ArrayList<UserKey>();
    for (UserKey certificate : certificates) {
      first.add(signedFor(certificate));
    }
    var left = new ArrayList<>(files);
    var others = new ArrayList<UserKey>();
    for (UserKey key : agent) {
      Optional<UserKey> named =
          left.stream().filter(file -> file.half().equals(key.half())).findFirst();
      if (named.isPresent()) {
        left.remove(named.get());
        first.add(new UserKey(named.get().name(), key.half(), key.holder()));
      } else if (!identitiesOnly) {
        others.add(key);
      }
    }
    List<UserKey> last = left.stream().map(this::signedFor).toList();
    var usable = new ArrayList<UserKey>();
    var unusable = new ArrayList<>(useless);
    Stream.of(first, others, last)
        .flatMap(List::stream)
        .forEach(key -> {
          if (key.holder() instanceof UserKey.Nobody(String reason)) {
            unusable.add(new Useless(key.name(), reason));
          } else {
            usable.add(key);
          }
        });
    return new Offer(usable, unusable);
  }

  /// A certificate with whoever has its key, preferably the agent, which asks nobody.
  private UserKey signedFor(UserKey key) {
    Predicate<UserKey> signs =
        key.half()
            .flatMap(KeyOrder::certified)
            .<Predicate<UserKey>>map(
                plain -> other -> other.half().map(plain::equals).orElse(false))
            .orElse(_ -> false);
    return Stream.concat(agent.stream(), files.stream())
        .filter(signs)
        .findFirst()
        .map(signer -> new UserKey(key.name(), key.half(), signer.holder()))
        .orElse(key);
  }

  /// The key that a certificate is about, if this is one.
  private static Optional<HostKey> certified(HostKey key) {
    if (!key.type().contains("-cert-v")) {
      return Optional.empty();
    }
    try {
      return new ByteArrayBuffer(key.encoded()).getRawPublicKey()
              instanceof OpenSshCertificate certificate
          ? Optional.of(HostKey.of(certificate.getCertPubKey()))
          : Optional.empty();
    } catch (Exception e) { // a certificate for a key of a kind that SSHD doesn't know
      return Optional.empty();
    }
  }
}
