package dev.earshot.ssh;

import dev.earshot.ssh.KnownHostsLine.Marker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The host keys that the user trusts, from known_hosts files as OpenSSH writes them. They are read
/// once; only what this run itself accepts is added.
final class KnownHosts {
  private final KnownHostsIndex index;
  private final List<String> warnings;

  private KnownHosts(KnownHostsIndex index, List<String> warnings) {
    this.index = index;
    this.warnings = List.copyOf(warnings);
  }

  /// Reads the files, of which any may be missing. Nothing in them is an error: what cannot be read
  /// is trusted by nobody and stands in [#warnings()].
  static KnownHosts read(List<Path> files) {
    var lines = new ArrayList<KnownHostsLine>();
    var warnings = new ArrayList<String>();
    for (Path file : files) {
      read(HomePath.expanded(file), lines, warnings);
    }
    return new KnownHosts(new KnownHostsIndex(lines), warnings);
  }

  private static void read(Path file, List<KnownHostsLine> lines, List<String> warnings) {
    if (Files.notExists(file) || file.equals(Path.of("/dev/null"))) {
      return;
    }
    List<String> text;
    try {
      // every byte is a character, so that a stray one spoils its own line only
      text = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      warnings.add("%s cannot be read: %s".formatted(HomePath.shown(file), Text.of(e)));
      return;
    }
    for (int i = 0; i < text.size(); i++) {
      try {
        KnownHostsLine.parse(file, i + 1, text.get(i)).ifPresent(lines::add);
      } catch (IllegalArgumentException e) {
        warnings.add("%s:%d is skipped: %s".formatted(HomePath.shown(file), i + 1, Text.of(e)));
      }
    }
  }

  /// One sentence for each file or line that could not be used.
  List<String> warnings() {
    return warnings;
  }

  /// What is known about one host.
  KnownHost about(SshTarget target) {
    HostName name = HostName.of(target);
    List<KnownHostsLine> own = index.linesFor(name.inFiles());
    boolean keyed = own.stream().anyMatch(line -> line.marker() == Marker.KEY);
    List<KnownHostsLine> portless =
        name.withoutPort().isEmpty() || keyed
            ? List.of()
            : index.linesFor(name.withoutPort().get());
    return new KnownHost(target, own, portless);
  }

  /// What is known about an address as such.
  List<KnownHostsLine> aboutAddress(String address, int port) {
    return index.linesFor(HostName.inFiles(address, port));
  }

  /// Adds a key for a host, unless somebody has been quicker.
  ///
  /// @param write called, under a lock, when the key is new indeed
  /// @return what is known of the host from now on
  synchronized KnownHost accept(SshTarget target, HostKey key, Supplier<Path> write) {
    KnownHost known = about(target);
    if (known.own().isEmpty() || known.own().stream().noneMatch(KnownHost::isKey)) {
      String name = HostName.of(target).inFiles();
      index.add(name, new KnownHostsLine(write.get(), 0, Marker.KEY, HostPattern.parse(name), key));
      known = about(target);
    }
    return known;
  }

  /// A host as known_hosts names it.
  ///
  /// @param withoutPort the name that is looked for next
  record HostName(String inFiles, Optional<String> withoutPort) {
    static HostName of(SshTarget target) {
      Optional<String> alias = target.hostKeys().alias();
      if (alias.isPresent()) {
        return new HostName(alias.get(), Optional.empty());
      }
      return new HostName(
          inFiles(target.address(), target.port()),
          target.port() == SshTarget.DEFAULT_PORT
              ? Optional.empty()
              : Optional.of(target.address()));
    }

    static String inFiles(String address, int port) {
      return port == SshTarget.DEFAULT_PORT ? address : "[%s]:%d".formatted(address, port);
    }
  }
}
