package dev.earshot.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The published JSON Schema (2020-12) of `earshot.yml`.
public final class PolicySchema {

  private PolicySchema() {}

  /// Ready to be written to a file.
  public static String text() {
    try (InputStream schema = PolicySchema.class.getResourceAsStream("earshot.schema.json")) {
      if (schema == null) {
        throw new IllegalStateException("earshot.schema.json is missing from this build");
      }
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
