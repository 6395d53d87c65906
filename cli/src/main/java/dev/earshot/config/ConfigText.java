package dev.earshot.config;

import dev.earshot.config.Option.Entry;
import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import dev.earshot.python.PythonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The text of an `ansible.cfg`, read as Python's `ConfigParser` reads it with `;` for comments
/// after values: keys in any case, sections not; indented lines continue the value above.
final class ConfigText {

  /// A value and the line on which it begins.
  record Line(String value, Location where) {}

  private static final String DEFAULT_SECTION = "DEFAULT";
  private static final Pattern SECTION = Pattern.compile("\\[(.+)].*", Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("([^=:]*)[=:](.*)", Pattern.DOTALL);

  private record Value(List<String> lines, Location where) {}

  private final Path file;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Entry, Value> values = new HashMap<>();
  private final Set<String> sections = new HashSet<>();
  private Optional<String> section = Optional.empty();
  private Optional<Value> open = Optional.empty();
  private int indent;
  private boolean headless;

  private ConfigText(Path file) {
    this.file = file;
  }

  static ConfigText parse(Path file, String text) {
    var config = new ConfigText(file);
    var lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      config.line(lines[i], new Location(file, i + 1));
    }
    return config;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /// What stands in a section, or in `[DEFAULT]` if the section is there at all.
  Optional<Line> find(Entry entry) {
    if (!sections.contains(entry.section())) {
      return Optional.empty();
    }
    return Optional.ofNullable(values.get(entry))
        .or(() -> Optional.ofNullable(values.get(new Entry(DEFAULT_SECTION, entry.key()))))
        .map(value -> new Line(String.join("\n", value.lines()).stripTrailing(), value.where()));
  }

  private void line(String line, Location where) {
    var stripped = PythonText.strip(line);
    int comment = stripped.startsWith("#") || stripped.startsWith(";") ? 0 : inlineComment(line);
    var content = comment < 0 ? stripped : PythonText.strip(line.substring(0, comment));
    if (content.isEmpty()) {
      if (comment < 0) {
        open.ifPresent(value -> value.lines().add(""));
      }
      return;
    }
    int margin = line.indexOf(stripped.charAt(0));
    if (open.isPresent() && margin > indent) {
      open.get().lines().add(content);
      return;
    }
    indent = margin;
    var header = SECTION.matcher(content);
    if (header.matches()) {
      open(header.group(1), where);
    } else if (section.isEmpty()) {
      noSection(line, where);
    } else {
      option(section.get(), content, where);
    }
  }

  private static int inlineComment(String line) {
    int at = line.indexOf(';');
    while (at > 0 && !PythonText.strip(line.substring(at - 1, at)).isEmpty()) {
      at = line.indexOf(';', at + 1);
    }
    return at;
  }

  private void open(String name, Location where) {
    if (!name.equals(DEFAULT_SECTION) && !sections.add(name)) {
      error(
          where,
          "section [%s] is there twice".formatted(name),
          "put its entries under one of them");
    }
    section = Optional.of(name);
    open = Optional.empty();
  }

  private void noSection(String line, Location where) {
    if (!headless) {
      headless = true;
      error(
          where,
          line.startsWith("\ufeff")
              ? "a byte order mark stands before the first section"
              : "the first line must be a section",
          line.startsWith("\ufeff") ? "save the file without it" : "write [defaults] above it");
    }
  }

  private void option(String section, String content, Location where) {
    var matcher = OPTION.matcher(content);
    if (!matcher.matches() || matcher.group(1).isBlank()) {
      error(where, "this is no entry", "write key = value, or indent what continues a value");
      return;
    }
    var key = PythonText.strip(matcher.group(1)).toLowerCase(Locale.ROOT);
    var value = new Value(new ArrayList<>(List.of(PythonText.strip(matcher.group(2)))), where);
    var earlier = values.put(new Entry(section, key), value);
    if (earlier != null) {
      error(
          where,
          "%s is there twice in [%s], first on line %d"
              .formatted(key, section, earlier.where().line()),
          "remove one of them");
    }
    open = Optional.of(value);
  }

  private void error(Location where, String message, String advice) {
    problems.add(Problem.error(where, message, advice));
  }

  @Override
  public String toString() {
    return "ConfigText[" + file + "]";
  }
}
