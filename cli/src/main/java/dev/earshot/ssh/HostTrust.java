package dev.earshot.ssh;

import dev.earshot.ssh.HostKeyPolicy.Strictness;
import dev.earshot.ssh.KnownHost.Doubt;
import dev.earshot.ssh.KnownHost.Verdict;
import dev.earshot.ssh.KnownHosts.HostName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/// Decides whether a host is the one that it should be, as strictly as its policy says.
///
/// @param tell gets a sentence when a key is accepted that was not known
record HostTrust(SshTarget target, KnownHosts knownHosts, Consumer<String> tell) {

  /// What becomes of a connection.
  ///
  /// @param refusal why it ends, if it does
  /// @param safe whether a password may be sent over it
  record Judgement(Optional<String> refusal, boolean safe) {
    static final Judgement TRUSTED = new Judgement(Optional.empty(), true);

    static Judgement refused(String reason) {
      return new Judgement(Optional.of(reason), false);
    }
  }

  /// What is known now; it may become more.
  KnownHost known() {
    return knownHosts.about(target);
  }

  Judgement judge(PublicKey key, SocketAddress address) {
    Optional<String> refusal =
        target.hostKeys().revoked().refusal(key, target).or(() -> tooShort(key));
    return refusal.map(Judgement::refused).orElseGet(() -> judgeUnrevoked(key, address));
  }

  private Optional<String> tooShort(PublicKey key) {
    int wanted = target.hostKeys().rsaBits();
    return plain(key) instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < wanted
        ? Optional.of(
            "%s has an RSA host key of %d bits, fewer than the %d that are wanted: give it a longer one, or another kind of key, or see RequiredRSASize"
                .formatted(target.endpoint(), rsa.getModulus().bitLength(), wanted))
        : Optional.empty();
  }

  private static PublicKey plain(PublicKey key) {
    return key instanceof OpenSshCertificate certificate ? certificate.getCertPubKey() : key;
  }

  private Judgement judgeUnrevoked(PublicKey key, SocketAddress address) {
    return switch (known().verdict(key)) {
      case Verdict.Trusted() ->
          otherKeyOfAddress(key, address).map(Judgement::refused).orElse(Judgement.TRUSTED);
      case Verdict.Refused(Doubt doubt, String reason) ->
          switch (target.hostKeys().strictness()) {
            case YES -> Judgement.refused(reason);
            case ACCEPT_NEW -> doubt == Doubt.UNKNOWN ? accepted(key) : Judgement.refused(reason);
            case NO -> {
              if (doubt != Doubt.UNKNOWN) {
                tell.accept(reason + ". It is asked all the same, as StrictHostKeyChecking=no");
              }
              yield new Judgement(Optional.empty(), doubt == Doubt.UNKNOWN);
            }
          };
    };
  }

  private Judgement accepted(PublicKey offered) {
    PublicKey plain = plain(offered);
    HostKey key = HostKey.of(plain);
    KnownHost known = knownHosts.accept(target, key, () -> remember(key));
    return switch (known.verdict(plain)) {
      case Verdict.Trusted() -> Judgement.TRUSTED;
      case Verdict.Refused(var _, String reason) -> Judgement.refused(reason);
    };
  }

  /// Writes the key into the user's first file, and returns that.
  private Path remember(HostKey key) {
    List<Path> files = target.hostKeys().userFiles();
    Path file = files.isEmpty() ? Path.of("/dev/null") : HomePath.expanded(files.getFirst());
    String kept = "remembered in " + HomePath.shown(file);
    if (file.equals(Path.of("/dev/null"))) {
      kept = "trusted for this run only, as there is no known_hosts file";
    } else {
      try {
        KnownHostsFiles.append(file, "%s %s %s".formatted(written(), key.type(), key.base64()));
      } catch (IOException e) {
        kept =
            "trusted for this run only: %s cannot be written (%s)"
                .formatted(HomePath.shown(file), Text.of(e));
      }
    }
    tell.accept("%s was not known; its host key %s is %s".formatted(target.endpoint(), key, kept));
    return file;
  }

  /// The host as its new line names it.
  private String written() {
    var host = new SoughtHost(HostName.of(target).inFiles());
    return target.hostKeys().hashed() ? host.salted() : host.name();
  }

  /// `CheckHostIP`: a name that leads to the address of another known host is suspicious.
  private Optional<String> otherKeyOfAddress(PublicKey offered, SocketAddress address) {
    HostKeyPolicy policy = target.hostKeys();
    if (!policy.checkHostIp()
        || policy.strictness() != Strictness.YES
        || policy.alias().isPresent()
        || !(target.way() instanceof Way.Direct)
        || offered instanceof OpenSshCertificate
        || !(address instanceof InetSocketAddress internet)
        || internet.getAddress() == null) {
      return Optional.empty();
    }
    InetAddress host = internet.getAddress();
    String literal = host.getHostAddress();
    if (host.isLoopbackAddress() || literal.equals(target.address())) {
      return Optional.empty();
    }
    HostKey key = HostKey.of(offered);
    List<KnownHostsLine> known =
        knownHosts.aboutAddress(literal, target.port()).stream().filter(KnownHost::isKey).toList();
    return known.isEmpty() || known.stream().anyMatch(line -> line.key().equals(key))
        ? Optional.empty()
        : Optional.of(
            "%s leads to %s, for which %s has another host key than %s; remove the wrong line, or set CheckHostIP=no"
                .formatted(target.endpoint(), literal, known.getFirst().location(), key));
  }
}
