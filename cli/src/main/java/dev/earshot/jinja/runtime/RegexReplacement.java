package dev.earshot.jinja.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The second argument of `re.sub`: text, `\1`, `\g<1>`, `\g<name>`.
///
/// @param parts texts and numbers of groups in turn, beginning with a text
record RegexReplacement(List<Object> parts) {

  private static final Pattern GROUP = Pattern.compile("\\\\(?:([1-9][0-9]?)|g<(\\w+)>)");

  static RegexReplacement parse(String replacement, PythonRegex regex, int groups) {
    var parts = new ArrayList<Object>();
    var match = GROUP.matcher(replacement);
    int at = 0;
    while (at < replacement.length()) {
      char c = replacement.charAt(at);
      if (c != '\\') {
        parts.add(String.valueOf(c));
        at++;
      } else if (match.region(at, replacement.length()).lookingAt()) {
        var name = match.group(1) == null ? match.group(2) : match.group(1);
        int group = name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : regex.groupNamed(name);
        if (group > groups) {
          throw new Failure("the regular expression has no group " + group);
        }
        parts.add(group);
        at = match.end();
      } else {
        parts.add(escaped(replacement, at + 1));
        at += 2;
      }
    }
    return new RegexReplacement(parts);
  }

  private static String escaped(String replacement, int at) {
    char c = at < replacement.length() ? replacement.charAt(at) : '0';
    int plain = "abfnrtv\\".indexOf(c);
    if (plain >= 0) {
      return String.valueOf("\u0007\b\f\n\r\t\u000b\\".charAt(plain));
    }
    if ((c >= '0' && c <= '9') || (c < 128 && Character.isLetter(c))) {
      throw new Failure("an escape in a replacement is malformed");
    }
    return "\\" + c;
  }

  String with(Matcher match) {
    var out = new StringBuilder();
    for (var part : parts) {
      if (part instanceof Integer group) {
        var text = match.group(group);
        out.append(text == null ? "" : text);
      } else {
        out.append(part);
      }
    }
    return out.toString();
  }
}
