package dev.earshot.sshconfig;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What OpenSSH would do on the way to one host. What nobody has set is absent; defaults are for
/// the reader to choose.
public final class SshOptions {

  private final String hostName;
  private final Values values;
  private final Expanded expanded;

  SshOptions(String hostName, Values values, Expanded expanded) {
    this.hostName = hostName;
    this.values = values;
    this.expanded = expanded;
  }

  /// The name or address to connect to.
  public String hostName() {
    return hostName;
  }

  /// A value as it was written.
  public <T> Optional<Setting<T>> find(SshKey<T> key) {
    return values.find(key);
  }

  /// The name to look up among known hosts instead of the host's own.
  public Optional<Setting<String>> hostKeyAlias() {
    return expanded.hostKeyAlias();
  }

  /// The keys to show, in order. Absent if nobody names one; empty if somebody wants none.
  public Optional<List<Setting<Path>>> identityFiles() {
    return expanded.identityFiles();
  }

  /// The certificates of keys, in order. Absent if nobody names one.
  public Optional<List<Setting<Path>>> certificateFiles() {
    return expanded.certificateFiles();
  }

  public Optional<Setting<Agent>> identityAgent() {
    return expanded.identityAgent();
  }

  /// The user's lists of known hosts. Empty if somebody wants none.
  public Optional<Setting<List<Path>>> userKnownHostsFiles() {
    return expanded.userKnownHostsFiles();
  }

  /// The machine's lists of known hosts. Empty if somebody wants none.
  public Optional<Setting<List<Path>>> globalKnownHostsFiles() {
    return expanded.globalKnownHostsFiles();
  }

  /// The list of keys that no host may show.
  public Optional<Setting<Path>> revokedHostKeys() {
    return expanded.revokedHostKeys();
  }

  /// The way to the host: `ProxyJump` or `ProxyCommand`, whichever came first.
  public Optional<Setting<Proxy>> proxy() {
    return expanded.proxy();
  }

  /// As written, for comparison.
  List<Setting<String>> rawIdentityFiles() {
    return values.identities();
  }

  List<Setting<String>> rawCertificateFiles() {
    return values.certificates();
  }

  @Override
  public String toString() {
    return "SshOptions[" + hostName + "]";
  }
}
