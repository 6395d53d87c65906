package dev.earshot.ssh;

import dev.earshot.ssh.KnownHostsLine.Marker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The host keys that the user trusts, from known_hosts files as OpenSSH writes them. They are read
/// once; a host that is accepted later is seen by the next audit.
public final class KnownHosts {
  private final List<Path> files;
  private final List<KnownHostsLine> lines;
  private final List<String> warnings;

  private KnownHosts(List<Path> files, List<KnownHostsLine> lines, List<String> warnings) {
    this.files = List.copyOf(files);
    this.lines = List.copyOf(lines);
    this.warnings = List.copyOf(warnings);
  }

  /// The files that OpenSSH reads unless told otherwise.
  public static List<Path> standardFiles() {
    return List.of(
        HomePath.HOME.resolve(".ssh/known_hosts"),
        HomePath.HOME.resolve(".ssh/known_hosts2"),
        Path.of("/etc/ssh/ssh_known_hosts"),
        Path.of("/etc/ssh/ssh_known_hosts2"));
  }

  /// Reads the files, of which any may be missing. Nothing in them is an error: what cannot be read
  /// is trusted by nobody and stands in [#warnings()].
  ///
  /// @param files the first one is where messages suggest to add keys
  public static KnownHosts read(List<Path> files) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("at least one known_hosts file, though it may be missing");
    }
    var lines = new ArrayList<KnownHostsLine>();
    var warnings = new ArrayList<String>();
    for (Path file : files) {
      read(HomePath.expanded(file), lines, warnings);
    }
    return new KnownHosts(files, lines, warnings);
  }

  private static void read(Path file, List<KnownHostsLine> lines, List<String> warnings) {
    if (Files.notExists(file)) {
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
  public List<String> warnings() {
    return warnings;
  }

  /// What is known about one host. Walks over all entries, hashed ones included, once.
  KnownHost about(SshTarget target) {
    boolean standardPort = target.port() == SshTarget.DEFAULT_PORT;
    List<KnownHostsLine> own =
        linesFor(
            standardPort ? target.address() : "[%s]:%d".formatted(target.address(), target.port()));
    boolean keyed = own.stream().anyMatch(line -> line.marker() == Marker.KEY);
    List<KnownHostsLine> portless = standardPort || keyed ? List.of() : linesFor(target.address());
    return new KnownHost(target, own, portless, HomePath.expanded(files.getFirst()));
  }

  private List<KnownHostsLine> linesFor(String name) {
    var host = new SoughtHost(name);
    return lines.stream().filter(line -> line.hosts().matches(host)).toList();
  }
}
