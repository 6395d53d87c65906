package dev.earshot.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A recording in a folder, for people to look into and to change: for the user alone, as a packed
/// one is.
final class FolderEntries implements Entries {

  private static final FileAttribute<Set<PosixFilePermission>> OWN_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path root;

  FolderEntries(Path root) {
    this.root = root;
  }

  @Override
  public void put(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent(), OWN_FOLDER);
    Files.deleteIfExists(file);
    Files.createFile(file, OWN_FILE);
    Files.writeString(file, text);
  }

  /// Lets go of a host's answers: those of an earlier audit must not pass for this one's.
  void clear(String host) throws IOException {
    Path folder = root.resolve(host);
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> answers;
    try (Stream<Path> files = Files.list(folder)) {
      answers = files.filter(file -> file.toString().endsWith(AnswerText.SUFFIX)).toList();
    }
    for (Path answer : answers) {
      Files.delete(answer);
    }
  }
}
