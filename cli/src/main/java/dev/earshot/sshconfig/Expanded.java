package dev.earshot.sshconfig;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The settings in which tokens, variables and `~` had to be replaced.
record Expanded(
    Optional<Setting<String>> hostKeyAlias,
    Optional<List<Setting<Path>>> identityFiles,
    Optional<List<Setting<Path>>> certificateFiles,
    Optional<Setting<Agent>> identityAgent,
    Optional<Setting<List<Path>>> userKnownHostsFiles,
    Optional<Setting<List<Path>>> globalKnownHostsFiles,
    Optional<Setting<Path>> revokedHostKeys,
    Optional<Setting<Proxy>> proxy) {

  static Path path(String text) throws BadValue {
    try {
      return Path.of(text);
    } catch (InvalidPathException _) {
      throw new BadValue("is no path", "mend it");
    }
  }
}
