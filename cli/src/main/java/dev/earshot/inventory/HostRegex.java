package dev.earshot.inventory;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Python's regular expressions for Java: what means something else in Java, or is written
/// otherwise, is translated.
final class HostRegex {

  private HostRegex() {}

  static Pattern compile(String regex) throws PatternSyntaxException {
    var java = new StringBuilder();
    boolean inSet = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\' && i + 1 < regex.length()) {
        char escaped = regex.charAt(++i);
        java.append(escaped == 'Z' ? "\\z" : "\\" + escaped);
      } else if (inSet) {
        java.append(c == '[' || c == '&' ? "\\" : "").append(c);
        inSet = c != ']';
      } else if (c == '[') {
        java.append(c);
        inSet = true;
        if (regex.startsWith("^", i + 1)) {
          java.append(regex.charAt(++i));
        }
        if (regex.startsWith("]", i + 1)) {
          java.append('\\').append(regex.charAt(++i));
        }
      } else if (regex.startsWith("(?P<", i)) {
        java.append("(?<");
        i += "(?P<".length() - 1;
      } else {
        java.append(c);
      }
    }
    return Pattern.compile(java.toString(), Pattern.UNICODE_CHARACTER_CLASS);
  }
}
