package dev.earshot.history;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.recording.Judging;
import dev.earshot.recording.RecordingStore;
import dev.earshot.recording.SavedAudit;
import dev.earshot.report.AuditReport;
import dev.earshot.report.json.JsonReader;
import dev.earshot.report.json.JsonRenderer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Reports and evidence as a database holds them: `earshot.report/1` compressed, and what `--save`
/// writes.
final class Packed {

  /// A team's database may hold what a stranger wrote.
  private static final int LARGEST_REPORT = 256 << 20;

  private Packed() {}

  static byte[] report(AuditReport report) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(JsonRenderer.json(report).getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  static AuditReport report(byte[] packed) throws IOException {
    try (InputStream json = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = json.readNBytes(LARGEST_REPORT + 1);
      if (bytes.length > LARGEST_REPORT) {
        throw new IOException("its report is larger than any can be");
      }
      return JsonReader.report(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  static byte[] evidence(FleetRecording recording, Judging judging) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    RecordingStore.pack(recording, judging, packed);
    return packed.toByteArray();
  }

  static SavedAudit evidence(byte[] packed) throws IOException {
    Path zip = Files.createTempFile("earshot-history", ".zip");
    try {
      Files.write(zip, packed);
      return RecordingStore.open(zip);
    } finally {
      Files.delete(zip);
    }
  }
}
