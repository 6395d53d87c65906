package dev.earshot.report.prometheus;

import dev.earshot.report.layout.Figures;
import java.util.LinkedHashMap;
import java.util.Map;

/// The gauges of one name, in the text format 0.0.4. One set of labels has one value: a second one
/// would make the whole file unreadable, so the first stays.
final class Family {

  private final String name;
  private final String help;
  private final Map<String, String> samples = new LinkedHashMap<>();

  Family(String name, String help) {
    this.name = name;
    this.help = help;
  }

  /// @param labels name and value in turn
  Family with(double value, String... labels) {
    StringBuilder set = new StringBuilder();
    for (int at = 0; at < labels.length; at += 2) {
      set.append(set.isEmpty() ? "{" : ",")
          .append("%s=\"%s\"".formatted(labels[at], escaped(labels[at + 1])));
    }
    samples.putIfAbsent(set.isEmpty() ? "" : set + "}", Figures.plain(value));
    return this;
  }

  /// Nothing where there are no samples.
  @Override
  public String toString() {
    if (samples.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append("# HELP %s %s\n# TYPE %s gauge\n".formatted(name, help, name));
    samples.forEach((labels, value) -> text.append("%s%s %s\n".formatted(name, labels, value)));
    return text.toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
