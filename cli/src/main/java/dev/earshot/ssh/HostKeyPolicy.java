package dev.earshot.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which host keys are trusted.
///
/// @param userFiles known_hosts files of the user, of which the first one gets new keys
/// @param globalFiles those of the machine
/// @param alias the name to look up instead of the address (`HostKeyAlias`)
/// @param checkHostIp whether the key must also be right for the address behind the name
/// @param hashed whether new keys are written without telling whose they are (`HashKnownHosts`)
/// @param revoked keys that are refused even where anything is trusted
/// @param authoritySignatures by which authorities may sign certificates, as `ssh_config` writes
///   lists of algorithms
/// @param rsaBits the shortest RSA key that is taken
public record HostKeyPolicy(
    List<Path> userFiles,
    List<Path> globalFiles,
    Strictness strictness,
    Optional<String> alias,
    boolean checkHostIp,
    boolean hashed,
    RevokedKeys revoked,
    Optional<String> authoritySignatures,
    int rsaBits) {

  /// OpenSSH takes none that is shorter, whatever its configuration says.
  public static final int SHORTEST_RSA = 1024;

  /// What becomes of a key that is not known.
  public enum Strictness {
    /// It is refused. OpenSSH's `ask` is this too, as nobody is asked.
    YES,
    /// It is trusted and remembered, but one that changed is refused.
    ACCEPT_NEW,
    /// Anything is trusted.
    NO
  }

  /// OpenSSH's own files, strictly.
  public static final HostKeyPolicy DEFAULT =
      new HostKeyPolicy(
          List.of(Path.of("~/.ssh/known_hosts"), Path.of("~/.ssh/known_hosts2")),
          List.of(Path.of("/etc/ssh/ssh_known_hosts"), Path.of("/etc/ssh/ssh_known_hosts2")),
          Strictness.YES,
          Optional.empty(),
          false,
          false);

  public HostKeyPolicy {
    userFiles = List.copyOf(userFiles);
    globalFiles = List.copyOf(globalFiles);
    rsaBits = Math.max(rsaBits, SHORTEST_RSA);
  }

  /// Where nothing is revoked, and certificates may be signed as usual.
  public HostKeyPolicy(
      List<Path> userFiles,
      List<Path> globalFiles,
      Strictness strictness,
      Optional<String> alias,
      boolean checkHostIp,
      boolean hashed) {
    this(
        userFiles,
        globalFiles,
        strictness,
        alias,
        checkHostIp,
        hashed,
        RevokedKeys.NONE,
        Optional.empty(),
        SHORTEST_RSA);
  }

  /// Strictly what stands in these files, and nowhere else.
  public static HostKeyPolicy ofFiles(List<Path> files) {
    return new HostKeyPolicy(files, List.of(), Strictness.YES, Optional.empty(), false, false);
  }
}
