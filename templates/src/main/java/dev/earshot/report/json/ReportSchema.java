package dev.earshot.report.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The published JSON Schema (2020-12) of the JSON report.
public final class ReportSchema {

  private static final String FILE = "report.schema.json";

  private ReportSchema() {}

  /// The schema itself, ready to be written to a file.
  public static String text() {
    try (InputStream schema = ReportSchema.class.getResourceAsStream(FILE)) {
      if (schema == null) {
        throw new IllegalStateException(FILE + " is missing from this build");
      }
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
