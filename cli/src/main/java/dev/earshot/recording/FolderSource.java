package dev.earshot.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A recording in a folder. No symbolic link leads out of it: others may have made the folder.
record FolderSource(Path root) implements EntrySource {

  @Override
  public boolean has(String name) {
    return inside(name).filter(Files::isRegularFile).isPresent();
  }

  @Override
  public List<String> within(String folder) throws IOException {
    Optional<Path> there = inside(folder).filter(Files::isDirectory);
    if (there.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(there.get())) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> String.valueOf(file.getFileName()))
          .toList();
    }
  }

  @Override
  public byte[] read(String name, int most) throws IOException {
    Path file = inside(name).orElseThrow(() -> new NoSuchFileException(name));
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return EntrySource.bounded(name, in, Files.size(file), most);
    }
  }

  /// Where an entry really is, if that is within the folder.
  private Optional<Path> inside(String name) {
    try {
      Path folder = root.toRealPath();
      return Optional.of(root.resolve(name).toRealPath()).filter(path -> path.startsWith(folder));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
