package dev.earshot.evidence;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// What real tools printed: Debian 12's `ss`, PostgreSQL 15 and HAProxy 2.6, on the hosts of the
/// lab.
final class Recorded {

  private Recorded() {}

  static String text(String file) {
    try (var stream = requireNonNull(Recorded.class.getResourceAsStream(file), file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> Evidence<T> read(Probe<T> probe, String file) {
    return probe.read(CommandResult.of(text(file)));
  }
}
