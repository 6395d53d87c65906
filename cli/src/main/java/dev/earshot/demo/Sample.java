package dev.earshot.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// A sample inventory with its recorded hosts, unpacked from the program's own resources.
record Sample(Path root) {

  private static final String CONTROLLER = "ctl";

  static Sample unpack(String name, Path to) throws IOException {
    URL found = Sample.class.getResource("/" + name + "/hosts.yml");
    if (found == null) {
      throw new IllegalArgumentException("there is no sample " + name);
    }
    try {
      URI uri = found.toURI();
      Path target = to.resolve(name);
      if (!uri.getScheme().equals("jar")) {
        copy(Path.of(uri).resolveSibling(""), target);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          copy(jar.getPath("/" + name), target);
        }
      }
      return new Sample(target);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Path inventory() {
    return root.resolve("hosts.yml");
  }

  Path recorded() {
    return root.resolve("recorded");
  }

  /// Whether a recorded host was reached over SSH; the machine that made the recording was not.
  boolean isPlayed(String host) {
    return !host.equals(CONTROLLER);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
