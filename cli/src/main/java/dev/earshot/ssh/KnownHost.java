package dev.earshot.ssh;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.earshot.ssh.KnownHosts.HostName;
import dev.earshot.ssh.KnownHostsLine.Marker;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/// What known_hosts says about one host.
///
/// @param own entries for its name with its port
/// @param portless entries for its name alone, when there are none with its port; like OpenSSH,
///   such a key is trusted, but that the host shows another one says nothing
record KnownHost(SshTarget target, List<KnownHostsLine> own, List<KnownHostsLine> portless) {
  KnownHost {
    own = List.copyOf(own);
    portless = List.copyOf(portless);
  }

  /// What known_hosts has to say about a key.
  sealed interface Verdict {
    /// It is the host's.
    record Trusted() implements Verdict {}

    /// It is not, or nobody knows.
    record Refused(Doubt doubt, String reason) implements Verdict {}
  }

  /// Why a key is not trusted.
  enum Doubt {
    /// Nothing is known about the host.
    UNKNOWN,
    /// The host is known by another key.
    CHANGED,
    /// Somebody marked the key as lost to others.
    REVOKED
  }

  private static final Path NOTHING = Path.of("/dev/null");

  private static final Verdict TRUSTED = new Verdict.Trusted();

  /// Whether a certificate could convince.
  boolean certified() {
    return lines().anyMatch(line -> line.marker() == Marker.AUTHORITY);
  }

  /// The types of the keys that would convince.
  Set<String> keyTypes() {
    return lines()
        .filter(KnownHost::isKey)
        .map(line -> line.key().type())
        .collect(toUnmodifiableSet());
  }

  static boolean isKey(KnownHostsLine line) {
    return line.marker() == Marker.KEY;
  }

  /// Whether this key is the host's. A certificate that doesn't convince leaves its key, as with
  /// OpenSSH.
  Verdict verdict(PublicKey offered) {
    if (!(offered instanceof OpenSshCertificate certificate)) {
      return verdict(HostKey.of(offered));
    }
    HostKey authority = HostKey.of(certificate.getCaPubKey());
    HostKey certified = HostKey.of(certificate.getCertPubKey());
    Optional<Verdict> revoked = revoked(authority).or(() -> revoked(certified));
    if (revoked.isPresent()) {
      return revoked.get();
    }
    Optional<String> trouble = Optional.of(unknownAuthority(authority));
    if (trusted(Marker.AUTHORITY, authority)) {
      trouble =
          HostCertificates.trouble(
                  certificate,
                  target.hostKeys().alias().orElse(target.address()),
                  target.hostKeys().authoritySignatures())
              .map(reason ->
                  "%s shows a host certificate that %s".formatted(target.endpoint(), reason));
    }
    if (trouble.isEmpty()) {
      return TRUSTED;
    }
    String reason = trouble.get();
    return switch (verdict(certified)) {
      case Verdict.Trusted trusted -> trusted;
      case Verdict.Refused refused -> new Verdict.Refused(refused.doubt(), reason);
    };
  }

  private Verdict verdict(HostKey key) {
    return revoked(key).orElseGet(() -> trusted(Marker.KEY, key) ? TRUSTED : untrusted(key));
  }

  private boolean trusted(Marker marker, HostKey key) {
    return find(marker, key).isPresent();
  }

  private Optional<Verdict> revoked(HostKey key) {
    return find(Marker.REVOKED, key)
        .map(line ->
            new Verdict.Refused(
                Doubt.REVOKED,
                "%s shows a key that %s marks as revoked: %s. Give the host a new key (ssh-keygen -A) before it is trusted again"
                    .formatted(target.endpoint(), line.location(), key)));
  }

  private Verdict untrusted(HostKey key) {
    List<KnownHostsLine> known = own.stream().filter(KnownHost::isKey).toList();
    Optional<KnownHostsLine> changed =
        known.stream().filter(line -> line.key().type().equals(key.type())).findFirst();
    if (changed.isPresent()) {
      return new Verdict.Refused(Doubt.CHANGED, changed(key, changed.get()));
    }
    String unknown =
        known.isEmpty()
            ? "%s has a host key that known_hosts does not have: %s."
                .formatted(target.endpoint(), key)
            : "%s shows a host key of another type than those known: %s instead of %s."
                .formatted(
                    target.endpoint(), key, known.stream().map(this::shown).collect(joining(", ")));
    return new Verdict.Refused(
        known.isEmpty() ? Doubt.UNKNOWN : Doubt.CHANGED,
        unknown
            + " Compare the fingerprint with what ssh-keygen -lf prints on the host, then accept this very key with: "
            + "echo '%s %s %s' >> %s%s"
                .formatted(name(), key.type(), key.base64(), additions(), unread()));
  }

  /// As known_hosts writes it.
  private String name() {
    return HostName.of(target).inFiles();
  }

  /// The file for new keys, in a command.
  private String additions() {
    return target.hostKeys().userFiles().stream()
        .map(HomePath::expanded)
        .filter(file -> !file.equals(NOTHING))
        .findFirst()
        .map(HomePath::inCommand)
        .orElse("~/.ssh/known_hosts");
  }

  /// What else has to be done for that file to be read.
  private String unread() {
    return target.hostKeys().userFiles().stream().allMatch(NOTHING::equals)
        ? ", and let UserKnownHostsFile name that file"
        : "";
  }

  private String changed(HostKey key, KnownHostsLine known) {
    boolean standard = known.file().equals(HomePath.HOME.resolve(Path.of(".ssh", "known_hosts")));
    return "%s shows another host key than the one known: %s instead of %s. Somebody may be in between, or the host was installed anew; if you know that it was, forget the old key with: ssh-keygen -R '%s'%s"
        .formatted(
            target.endpoint(),
            key,
            shown(known),
            name(),
            standard ? "" : " -f " + HomePath.inCommand(known.file()));
  }

  private String unknownAuthority(HostKey authority) {
    return "%s shows a host certificate of an authority that known_hosts does not trust for it: %s. If it is yours, add a line '@cert-authority %s KEY' to %s"
        .formatted(target.endpoint(), authority, target.address(), additions());
  }

  private String shown(KnownHostsLine line) {
    return "%s (%s)".formatted(line.key(), line.location());
  }

  private Optional<KnownHostsLine> find(Marker marker, HostKey key) {
    return lines().filter(line -> line.marker() == marker && line.key().equals(key)).findFirst();
  }

  private Stream<KnownHostsLine> lines() {
    return Stream.concat(own.stream(), portless.stream());
  }
}
