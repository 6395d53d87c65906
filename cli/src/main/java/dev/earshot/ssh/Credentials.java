package dev.earshot.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What shows a server who the user is.
///
/// @param identityFiles private keys that were named, in order, of which some may be missing; where
///   none is named, those that OpenSSH tries by default
/// @param certificateFiles user certificates that were named, beside those found as `KEY-cert.pub`
/// @param identitiesOnly whether an agent's other keys are left out
/// @param agent socket of the agent to ask
/// @param password for the methods `password` and `keyboard-interactive`
/// @param methods in the order in which they are tried, as OpenSSH names them
public record Credentials(
    List<Path> identityFiles,
    List<Path> certificateFiles,
    boolean identitiesOnly,
    Optional<Path> agent,
    Optional<Secret> password,
    List<String> methods) {

  /// OpenSSH's order, of those that Earshot speaks.
  public static final List<String> METHODS =
      List.of("publickey", "keyboard-interactive", "password");

  /// Only what OpenSSH has without being told anything.
  public static final Credentials DEFAULT =
      new Credentials(List.of(), List.of(), false, Optional.empty(), Optional.empty(), METHODS);

  public Credentials {
    identityFiles = List.copyOf(identityFiles);
    certificateFiles = List.copyOf(certificateFiles);
    methods = List.copyOf(methods);
  }

  /// One key file, and nothing else that was named.
  public static Credentials ofKey(Path identityFile) {
    return new Credentials(
        List.of(identityFile), List.of(), false, Optional.empty(), Optional.empty(), METHODS);
  }
}
