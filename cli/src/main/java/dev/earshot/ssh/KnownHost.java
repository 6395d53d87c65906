package dev.earshot.ssh;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

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
/// @param additions the file for new keys
record KnownHost(
    SshTarget target, List<KnownHostsLine> own, List<KnownHostsLine> portless, Path additions) {
  KnownHost {
    own = List.copyOf(own);
    portless = List.copyOf(portless);
  }

  /// Whether a certificate could convince.
  boolean certified() {
    return lines().anyMatch(line -> line.marker() == Marker.AUTHORITY);
  }

  /// The types of the keys that would convince.
  Set<String> keyTypes() {
    return lines()
        .filter(line -> line.marker() == Marker.KEY)
        .map(line -> line.key().type())
        .collect(toUnmodifiableSet());
  }

  /// Why this key is not the host's, or nothing if it is. That a certificate is well-formed, in
  /// force, signed, and about this host has been checked by then.
  Optional<String> refusal(PublicKey offered) {
    if (offered instanceof OpenSshCertificate certificate) {
      HostKey authority = HostKey.of(certificate.getCaPubKey());
      HostKey certified = HostKey.of(certificate.getCertPubKey());
      return revoked(authority)
          .or(() -> revoked(certified))
          .or(() ->
              trusted(Marker.AUTHORITY, authority) || trusted(Marker.KEY, certified)
                  ? Optional.empty()
                  : Optional.of(unknownAuthority(authority)));
    }
    HostKey key = HostKey.of(offered);
    return revoked(key)
        .or(() -> trusted(Marker.KEY, key) ? Optional.empty() : Optional.of(untrusted(key)));
  }

  private boolean trusted(Marker marker, HostKey key) {
    return find(marker, key).isPresent();
  }

  private Optional<String> revoked(HostKey key) {
    return find(Marker.REVOKED, key)
        .map(line ->
            "%s shows a key that %s marks as revoked: %s. Give the host a new key (ssh-keygen -A) before it is trusted again"
                .formatted(target.endpoint(), line.location(), key));
  }

  private String untrusted(HostKey key) {
    List<KnownHostsLine> known = own.stream().filter(line -> line.marker() == Marker.KEY).toList();
    Optional<KnownHostsLine> changed =
        known.stream().filter(line -> line.key().type().equals(key.type())).findFirst();
    if (changed.isPresent()) {
      return changed(key, changed.get());
    }
    String unknown =
        known.isEmpty()
            ? "%s has a host key that known_hosts does not have: %s."
                .formatted(target.endpoint(), key)
            : "%s shows a host key of another type than those known: %s instead of %s."
                .formatted(
                    target.endpoint(), key, known.stream().map(this::shown).collect(joining(", ")));
    return unknown
        + " Compare the fingerprint with what ssh-keygen -lf prints on the host, then accept this very key with: "
        + "echo '%s %s %s' >> %s"
            .formatted(name(), key.type(), key.base64(), HomePath.inCommand(additions));
  }

  /// As known_hosts writes it.
  private String name() {
    return target.port() == SshTarget.DEFAULT_PORT
        ? target.address()
        : "[%s]:%d".formatted(target.address(), target.port());
  }

  private String changed(HostKey key, KnownHostsLine known) {
    boolean standard = known.file().equals(KnownHosts.standardFiles().getFirst());
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
        .formatted(target.endpoint(), authority, target.address(), HomePath.shown(additions));
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
