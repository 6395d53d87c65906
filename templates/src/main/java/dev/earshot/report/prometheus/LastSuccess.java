package dev.earshot.report.prometheus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// When the last audit began that could ask everything. Only the metrics themselves remember it: an
/// audit that could not takes it over from those that it replaces.
public final class LastSuccess {

  static final String NAME = "earshot_last_success_timestamp_seconds";

  /// It stands before all that grows with the fleet.
  private static final int MOST_READ = 1 << 16;

  private static final Pattern SAMPLE = Pattern.compile("(?m)^" + NAME + " (\\d{1,11})$");

  private LastSuccess() {}

  /// As the metrics in a file say; nothing where they don't, or can't be read.
  public static OptionalLong in(Path metrics) {
    if (!Files.isRegularFile(metrics)) { // a pipe would wait for somebody to write into it
      return OptionalLong.empty();
    }
    try (InputStream in = Files.newInputStream(metrics)) {
      return SAMPLE
          .matcher(new String(in.readNBytes(MOST_READ), StandardCharsets.UTF_8))
          .results()
          .mapToLong(found -> Long.parseLong(found.group(1)))
          .findFirst();
    } catch (IOException unreadable) {
      return OptionalLong.empty();
    }
  }
}
