package dev.earshot.yaml;

import dev.earshot.python.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads YAML's dates and times, and writes them as Python's `isoformat()` does.
final class YamlTimestamp {

  static final Pattern PATTERN =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]++)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
              + "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

  private static final Pattern PARTS =
      Pattern.compile(
          "(\\d{4})-(\\d\\d?)-(\\d\\d?)"
              + "(?:(?:[Tt]|[ \\t]+)(?<hour>\\d\\d?):(\\d\\d):(\\d\\d)(?:\\.(?<fraction>\\d*))?"
              + "[ \\t]*(?<zone>Z|(?<sign>[-+])(?<zoneHour>\\d\\d?)(?::(?<zoneMinute>\\d\\d))?)?)?");

  private YamlTimestamp() {}

  /// Absent if there is no such day or hour.
  static Optional<Value> parse(String text) {
    var match = PARTS.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    try {
      var date = LocalDate.of(number(match, 1), number(match, 2), number(match, 3));
      return Optional.of(
          new Value.Timestamp(match.group("hour") == null ? date.toString() : time(date, match)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static String time(LocalDate date, Matcher match) {
    var time = date.atTime(number(match, 4), number(match, 5), number(match, 6));
    var fraction = match.group("fraction") == null ? "" : match.group("fraction");
    var micros = (fraction + "000000").substring(0, 6);
    return isoformat(time)
        + (micros.equals("000000") ? "" : "." + micros)
        + (match.group("zone") == null ? "" : zone(match));
  }

  private static String isoformat(LocalDateTime time) {
    return time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"));
  }

  private static String zone(Matcher match) {
    if (match.group("sign") == null) {
      return "+00:00";
    }
    var minute = match.group("zoneMinute");
    int minutes =
        Integer.parseInt(match.group("zoneHour")) * 60
            + (minute == null ? 0 : Integer.parseInt(minute));
    var offset =
        ZoneOffset.ofTotalSeconds(match.group("sign").equals("-") ? -minutes * 60 : minutes * 60);
    return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
  }

  private static int number(Matcher match, int group) {
    return Integer.parseInt(match.group(group));
  }
}
