package dev.earshot.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Writes a file so that nobody who reads it meanwhile, node_exporter say, sees half of it: beside
/// it first, then in its place.
final class WholeFile {

  /// What the file is to hold.
  interface Content {
    void writeTo(Appendable file) throws IOException;
  }

  private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<PosixFilePermission> READ_BY_ALL =
      PosixFilePermissions.fromString("rw-r--r--");

  private WholeFile() {}

  /// What is to be told of a file that can't be written, before there is anything to write.
  static Optional<String> obstacle(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      return Optional.of("%s can't be written: it is a folder".formatted(file));
    } else if (folder == null || !Files.isDirectory(folder)) {
      return Optional.of("%s can't be written: its folder does not exist".formatted(file));
    }
    return Files.isWritable(Files.exists(file) ? file : folder)
        ? Optional.empty()
        : Optional.of("%s can't be written: access is denied".formatted(file));
  }

  /// An old file's permissions stay, and are never wider meanwhile; and a link stays one if it is
  /// by who owns the folder or by root: in a shared folder, another's link could lead anywhere, so
  /// the file takes its place. What is no file, a pipe say, or lies in a folder where nothing can
  /// be made, is written as it stands.
  static void write(Path path, Content content) throws IOException {
    write(path, content, Optional.empty());
  }

  /// The same, but a new file can be read by all, whatever the umask: a collector that is to read
  /// it runs as somebody else.
  static void publish(Path path, Content content) throws IOException {
    write(path, content, Optional.of(READ_BY_ALL));
  }

  private static void write(
      Path path, Content content, Optional<Set<PosixFilePermission>> permissions)
      throws IOException {
    boolean old = Files.exists(path) && !isStrangersLink(path);
    Path file = old ? path.toRealPath() : path.toAbsolutePath();
    Path folder = file.getParent();
    if ((old && !Files.isRegularFile(file)) || folder == null || !Files.isWritable(folder)) {
      fill(path, content);
      return;
    }
    Path beside = folder.resolve(".%s.%s".formatted(file.getFileName(), UUID.randomUUID()));
    try {
      if (old) {
        Files.createFile(beside, OWN_FILE);
        fill(beside, content);
        Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(file));
      } else {
        fill(beside, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (permissions.isPresent()) {
          Files.setPosixFilePermissions(beside, permissions.get());
        }
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static boolean isStrangersLink(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isSymbolicLink(path)) {
      return false;
    }
    UserPrincipal owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    return !owner.equals(Files.getOwner(folder)) && !owner.getName().equals("root");
  }

  private static void fill(Path file, Content content, OpenOption... how) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file, how)) {
      content.writeTo(writer);
    }
  }
}
