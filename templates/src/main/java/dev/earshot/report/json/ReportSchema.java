package dev.earshot.report.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The published JSON Schemas (2020-12) of the JSON reports.
public final class ReportSchema {

  private ReportSchema() {}

  /// That of an audit, ready to be written to a file.
  public static String text() {
    return text("report.schema.json");
  }

  /// That of a plan.
  public static String plan() {
    return text("plan.schema.json");
  }

  /// That of a drift.
  public static String drift() {
    return text("drift.schema.json");
  }

  private static String text(String file) {
    try (InputStream schema = ReportSchema.class.getResourceAsStream(file)) {
      if (schema == null) {
        throw new IllegalStateException(file + " is missing from this build");
      }
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
