package dev.earshot.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A recording in a zip file. The zip file system of the JDK would do, too, at three times the cost
/// for each of the many small entries.
final class ZipSource implements EntrySource {

  private final ZipFile zip;

  /// Names of the entries in each folder, without it.
  private final Map<String, List<String>> folders;

  ZipSource(ZipFile zip) {
    this.zip = zip;
    this.folders =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> !name.endsWith("/") && name.indexOf('/') > 0)
            .collect(
                Collectors.groupingBy(
                    name -> name.substring(0, name.lastIndexOf('/')),
                    Collectors.mapping(
                        name -> name.substring(name.lastIndexOf('/') + 1), Collectors.toList())));
  }

  @Override
  public boolean has(String name) {
    ZipEntry entry = zip.getEntry(name);
    return entry != null && !entry.isDirectory();
  }

  @Override
  public List<String> within(String folder) {
    return folders.getOrDefault(folder, List.of());
  }

  @Override
  public byte[] read(String name, int most) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new NoSuchFileException(name);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return EntrySource.bounded(name, in, Math.max(0, entry.getSize()), most);
    }
  }
}
