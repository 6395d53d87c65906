package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `name=value` words as Ansible does. All values are strings.
final class Parameters {

  /// Under this name Ansible keeps the words that set nothing.
  static final String REST = "_raw_params";

  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|N\\{([^}]+)}|([\\\\'\"abfnrtv]))");

  private Parameters() {}

  /// Absent if the text can't be split into words.
  static Optional<SequencedMap<String, String>> parse(String text) {
    return ParameterWords.split(text).map(Parameters::parse);
  }

  private static SequencedMap<String, String> parse(List<String> words) {
    var parameters = new LinkedHashMap<String, String>();
    var rest = new ArrayList<String>();
    for (var written : words) {
      var word = ESCAPE.matcher(written).replaceAll(Parameters::unescaped);
      int equals = equalsSign(word);
      if (equals > 0) {
        parameters.put(
            PythonText.strip(word.substring(0, equals)),
            PythonText.unquoted(PythonText.strip(word.substring(equals + 1))));
      } else {
        rest.add(word.contains("=") ? word.replace("\\=", "=") : written);
      }
    }
    if (!rest.isEmpty()) {
      parameters.put(REST, joined(rest));
    }
    return parameters;
  }

  /// The first that is neither escaped nor the first character.
  private static int equalsSign(String word) {
    int at = word.indexOf('=', 1);
    while (at > 0 && word.charAt(at - 1) == '\\') {
      at = word.indexOf('=', at + 1);
    }
    return at;
  }

  private static String joined(List<String> words) {
    var text = new StringBuilder();
    for (var word : words) {
      if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
        text.append(' ');
      }
      text.append(word);
    }
    return text.toString();
  }

  private static String unescaped(MatchResult match) {
    return Matcher.quoteReplacement(character(match).orElse(match.group()));
  }

  private static Optional<String> character(MatchResult match) {
    for (int group = 1; group <= 3; group++) {
      if (match.group(group) != null) {
        long code = Long.parseLong(match.group(group), 16);
        return code <= Character.MAX_CODE_POINT
            ? Optional.of(Character.toString((int) code))
            : Optional.empty();
      }
    }
    if (match.group(4) != null) {
      try {
        return Optional.of(Character.toString(Character.codePointOf(match.group(4))));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }
    return Optional.of(
        switch (match.group(5)) {
          case "a" -> "\u0007";
          case "b" -> "\b";
          case "f" -> "\f";
          case "n" -> "\n";
          case "r" -> "\r";
          case "t" -> "\t";
          case "v" -> "\u000b";
          case String itself -> itself;
        });
  }
}
