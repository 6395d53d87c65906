package dev.earshot.sshconfig;

import dev.earshot.sshconfig.Line.Assignment;
import dev.earshot.sshconfig.Line.Faulty;
import dev.earshot.sshconfig.Line.HostLine;
import dev.earshot.sshconfig.Line.IncludeLine;
import dev.earshot.sshconfig.Line.MatchLine;
import dev.earshot.sshconfig.Line.Unknown;
import dev.earshot.sshconfig.ValueType.Source;
import dev.earshot.sshconfig.Words.Scanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Understands single lines.
///
/// @param ofUser the user's own configuration, in which `Include` may start with `~`
/// @param environment which agents may be named from
record LineParser(boolean ofUser, Map<String, String> environment) {

  private static final String END = Words.BLANKS + "\f";

  List<Line> file(String content, Path path) {
    var lines = new ArrayList<Line>();
    int number = 0;
    for (var each : content.split("\n", -1)) {
      line(each, new Origin.InFile(path, ++number)).ifPresent(lines::add);
    }
    return List.copyOf(lines);
  }

  /// Absent if the line says nothing.
  Optional<Line> line(String text, Origin origin) {
    var scanner = new Scanner(withoutEnd(text));
    var word = scanner.next();
    if (word.isEmpty()) {
      word = scanner.next(); // blanks stood in front
    }
    if (word.isEmpty() || word.text().startsWith("#")) {
      return Optional.empty();
    }
    var keyword = word.text();
    try {
      return Optional.of(line(keyword, scanner.rest(), origin));
    } catch (BadValue e) {
      return Optional.of(new Faulty(e.at(origin, keyword)));
    }
  }

  private Line line(String keyword, String rest, Origin origin) throws BadValue {
    var text = rest.replaceAll("^[ \t\r\n]+", "");
    if (text.isEmpty()) {
      throw new BadValue("has no value", "write one, or delete the line");
    }
    var words = Words.arguments(text);
    var name = keyword.toLowerCase(Locale.ROOT);
    boolean structural = name.equals("host") || name.equals("match") || name.equals("include");
    if (structural && origin instanceof Origin.InArguments) {
      throw new BadValue("has no meaning in an argument", "write it into a file");
    }
    return switch (name) {
      case "host" -> new HostLine(notEmpty(words));
      case "match" -> new MatchLine(Criterion.parse(text), origin);
      case "include" -> new IncludeLine(paths(notEmpty(words)), origin);
      default -> {
        var key = Keywords.find(name);
        yield key.isPresent()
            ? assignment(key.get(), new Source(text, words, environment), origin)
            : new Unknown(name, unknown(keyword, origin));
      }
    };
  }

  private static <T> Assignment<T> assignment(SshKey<T> key, Source source, Origin origin)
      throws BadValue {
    var value = key.type().read(source);
    if (!source.words().isEmpty()) {
      throw new BadValue(
          "has more behind its value: '%s'".formatted(source.words().peek()),
          "put a value with blanks into quotes");
    }
    return new Assignment<>(key, value, origin);
  }

  private static List<String> notEmpty(List<String> words) throws BadValue {
    if (words.contains("")) {
      throw new BadValue("has an empty word", "delete the empty quotes");
    }
    return List.copyOf(words);
  }

  private List<String> paths(List<String> words) throws BadValue {
    for (var each : words) {
      if (each.startsWith("~") && !ofUser) {
        throw new BadValue(
            "has the path '%s' in the machine's own configuration".formatted(each),
            "write the whole path");
      }
    }
    return words;
  }

  private static Problem unknown(String keyword, Origin origin) {
    return new Problem(
        origin,
        "'%s' is no keyword that OpenSSH knows".formatted(keyword),
        "mend it, or name it in IgnoreUnknown before this line");
  }

  private static String withoutEnd(String text) {
    int end = text.length();
    while (end > 1 && END.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }
}
