package dev.earshot.ssh;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// All known_hosts files of a run, each list of them read once however many targets name it.
final class KnownHostsFiles {
  private final ConcurrentHashMap<List<Path>, KnownHosts> read = new ConcurrentHashMap<>();
  private final Consumer<String> tell;

  /// @param tell gets a sentence for everything in the files that could not be used
  KnownHostsFiles(Consumer<String> tell) {
    this.tell = tell;
  }

  KnownHosts of(HostKeyPolicy policy) {
    List<Path> files =
        Stream.concat(policy.userFiles().stream(), policy.globalFiles().stream())
            .map(HomePath::expanded)
            .toList();
    return read.computeIfAbsent(
        files,
        _ -> {
          KnownHosts known = KnownHosts.read(files);
          known.warnings().forEach(tell);
          return known;
        });
  }

  /// Adds a line at the end of a file, in one piece, as other programs may be doing the same. Like
  /// OpenSSH, no directory is made for it but `~/.ssh`.
  static synchronized void append(Path file, String line) throws IOException {
    if (file.startsWith(HomePath.SSH) && Files.notExists(HomePath.SSH)) {
      Files.createDirectory(
          HomePath.SSH,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      String start = endsInMidline(file) ? "\n" : "";
      ByteBuffer bytes = ByteBuffer.wrap((start + line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private static boolean endsInMidline(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (var end = new RandomAccessFile(file.toFile(), "r")) {
      if (end.length() == 0) {
        return false;
      }
      end.seek(end.length() - 1);
      return end.read() != '\n';
    }
  }
}
