package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Comma-separated values (RFC 4180), as `psql --csv` and HAProxy print them, read by column name.
final class Csv {

  private Csv() {}

  /// One row; a column that is not there reads as the empty text.
  record Row(Map<String, String> values) {
    String get(String column) {
      return values.getOrDefault(column, "");
    }

    /// Zero where nothing stands there.
    long count(String column) {
      return get(column).isBlank() ? 0 : Text.count(get(column));
    }

    int smallCount(String column) {
      return get(column).isBlank() ? 0 : Text.smallCount(get(column));
    }

    boolean isTrue(String column) {
      return get(column).equals("t") || get(column).equals("true");
    }

    /// Clocks are set back at times: what lies ahead is now.
    Optional<Duration> seconds(String column) {
      return Text.unlessBlank(get(column))
          .map(text -> {
            double value =
                Text.number(text)
                    .orElseThrow(() -> new UnreadableOutput("not a time: " + Text.clip(text)));
            return Text.milliseconds(String.valueOf(Math.max(0, value * 1000)));
          });
    }

    Duration milliseconds(String column) {
      return get(column).isBlank() ? Duration.ZERO : Text.milliseconds(get(column));
    }
  }

  /// The records under their header, which is the first one.
  static List<Row> rows(List<List<String>> records) {
    if (records.isEmpty()) {
      return List.of();
    }
    List<String> header = records.getFirst();
    return records.stream()
        .skip(1)
        .map(values ->
            new Row(
                IntStream.range(0, Math.min(header.size(), values.size()))
                    .boxed()
                    .collect(Collectors.toMap(header::get, values::get, (first, _) -> first))))
        .toList();
  }

  /// All records; a quoted value may span lines. One whose quote is never closed was cut off and is
  /// left out.
  static List<List<String>> records(String text) {
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quoted) {
        if (c != '"') {
          value.append(c);
        } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
          value.append(c);
          at++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',') {
        record.add(value.toString());
        value.setLength(0);
      } else if (c == '\n') {
        record.add(value.toString());
        value.setLength(0);
        records.add(List.copyOf(record));
        record.clear();
      } else if (c != '\r') {
        value.append(c);
      }
    }
    if (!quoted && (!value.isEmpty() || !record.isEmpty())) {
      record.add(value.toString());
      records.add(List.copyOf(record));
    }
    return records;
  }
}
