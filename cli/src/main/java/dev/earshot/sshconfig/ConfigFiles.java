package dev.earshot.sshconfig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads each file once, however many hosts ask for it.
///
/// @param machineFolder where relative paths of the machine's own configuration lead
record ConfigFiles(
    LocalUser user, Path machineFolder, Map<Which, ConfigFile> read, Map<Glob, List<Path>> found) {

  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final int WRITABLE_BY_OTHERS = 0002;
  private static final int WRITABLE_BY_GROUP = 0020;

  /// @param ofUser read as the user's own configuration
  record Which(Path path, boolean ofUser) {}

  record Glob(String pattern, boolean ofUser) {}

  ConfigFiles(LocalUser user, Path machineFolder) {
    this(user, machineFolder, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
  }

  ConfigFile file(Path path, boolean ofUser) {
    return read.computeIfAbsent(new Which(path, ofUser), this::load);
  }

  /// The files that an `Include` means, in order.
  List<Path> included(String pattern, boolean ofUser) throws BadValue {
    var glob = new Glob(pattern, ofUser);
    var known = found.get(glob);
    if (known == null) {
      known = expand(glob);
      found.put(glob, known);
    }
    return known;
  }

  private List<Path> expand(Glob glob) throws BadValue {
    try {
      return PathGlob.expand(absolute(glob));
    } catch (InvalidPathException _) {
      throw new BadValue("has '%s', which is no path".formatted(glob.pattern()), "mend it");
    }
  }

  private String absolute(Glob glob) {
    var pattern = glob.pattern();
    if (pattern.startsWith("/")) {
      return pattern;
    }
    if (pattern.startsWith("~")) {
      try {
        return user.withHome(pattern);
      } catch (BadValue _) {
        return "/" + pattern; // no such user, and no such file
      }
    }
    var folder = glob.ofUser() ? user.home().resolve(".ssh") : machineFolder;
    return folder + "/" + pattern;
  }

  private ConfigFile load(Which which) {
    var origin = new Origin.InFile(which.path(), 0);
    if (Files.isDirectory(which.path())) {
      return new ConfigFile(List.of(), false, Optional.empty(), unsafe(which.path(), origin));
    }
    byte[] bytes;
    try (var in = Files.newInputStream(which.path())) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException _) {
      return ConfigFile.MISSING;
    } catch (IOException _) {
      return ConfigFile.unreadable(
          new Problem(origin, "the file can't be read", "check its permissions with ls -l"));
    }
    if (bytes.length > MAX_BYTES) {
      return ConfigFile.unreadable(
          new Problem(origin, "the file is larger than 4 MiB", "name a configuration of ssh"));
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    var lines = new LineParser(which.ofUser(), user.environment()).file(text, which.path());
    return new ConfigFile(lines, false, Optional.empty(), unsafe(which.path(), origin));
  }

  /// Debian lets the group write where it is the user's own; so do we, as most machines have it so.
  private Optional<Problem> unsafe(Path path, Origin origin) {
    try {
      int owner = (int) Files.getAttribute(path, "unix:uid");
      int group = (int) Files.getAttribute(path, "unix:gid");
      int mode = (int) Files.getAttribute(path, "unix:mode");
      boolean groupMayWrite = (mode & WRITABLE_BY_GROUP) != 0 && !user.ownsGroup(group);
      boolean strange = owner != 0 && owner != user.uid();
      if (!strange && !groupMayWrite && (mode & WRITABLE_BY_OTHERS) == 0) {
        return Optional.empty();
      }
      return Optional.of(
          new Problem(
              origin,
              strange ? "the file belongs to somebody else" : "others may write into the file",
              strange ? "make it yours with chown" : "run chmod go-w on it"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
