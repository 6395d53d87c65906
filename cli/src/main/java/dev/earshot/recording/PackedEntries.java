package dev.earshot.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A recording in one zip file, with its [Checksums] at the end. The same recording is the same
/// bytes.
final class PackedEntries implements Entries, AutoCloseable {

  private final ZipOutputStream zip;
  private final Checksums sums = new Checksums();
  private final LocalDateTime modified;

  /// @param out takes large pieces: a zip stream by itself writes each byte of its headers alone
  /// @param modified what every entry tells
  PackedEntries(OutputStream out, Instant modified) {
    this.zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
    this.modified = LocalDateTime.ofInstant(modified, ZoneOffset.UTC);
  }

  @Override
  public void put(String name, String text) throws IOException {
    sums.add(name, write(name, text));
  }

  @Override
  public void close() throws IOException {
    try (zip) {
      write(Checksums.NAME, sums.text());
    }
  }

  private byte[] write(String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(modified);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
    return content;
  }
}
