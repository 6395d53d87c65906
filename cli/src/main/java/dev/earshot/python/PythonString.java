package dev.earshot.python;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads Python's string and bytes literals: prefixes, triple quotes, escapes, and neighbours that
/// join into one.
final class PythonString {

  /// @param end the index behind the literal
  record Literal(String content, int end) {}

  private static final Pattern STRING = Pattern.compile("(?<prefix>[rRuU]?)(?:\"|')");
  private static final Pattern BYTES = Pattern.compile("(?<prefix>[bB]|[bB][rR]|[rR][bB])(?:\"|')");

  private PythonString() {}

  static boolean startsBytes(String text, int start) {
    return BYTES.matcher(text).region(start, text.length()).lookingAt();
  }

  /// The string literal that starts here, joined with those that follow it.
  static Optional<Literal> text(String text, int start) {
    return joined(text, start, STRING, false);
  }

  /// The bytes literal that starts here, decoded as UTF-8 as Ansible does.
  static Optional<Literal> bytes(String text, int start) {
    return joined(text, start, BYTES, true).flatMap(PythonString::decoded);
  }

  private static Optional<Literal> decoded(Literal literal) {
    var content = literal.content();
    if (content.chars().anyMatch(c -> c > 0xFF)) {
      return Optional.empty();
    }
    try {
      var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1));
      var decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return Optional.of(new Literal(decoded, literal.end()));
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static Optional<Literal> joined(String text, int start, Pattern opening, boolean bytes) {
    var content = new StringBuilder();
    int next = start;
    int end = -1;
    var matcher = opening.matcher(text);
    while (matcher.region(next, text.length()).lookingAt()) {
      boolean raw = matcher.group("prefix").toLowerCase(Locale.ROOT).contains("r");
      end = one(text, matcher.end() - 1, raw, bytes, content);
      if (end < 0) {
        return Optional.empty();
      }
      next = end;
      while (next < text.length() && " \t\f".indexOf(text.charAt(next)) >= 0) {
        next++;
      }
    }
    return end < 0 ? Optional.empty() : Optional.of(new Literal(content.toString(), end));
  }

  /// Reads from the opening quote on; returns the index behind the closing one, -1 if malformed.
  private static int one(String text, int start, boolean raw, boolean bytes, StringBuilder out) {
    char quote = text.charAt(start);
    var triple = String.valueOf(quote).repeat(3);
    var close = text.startsWith(triple, start) ? triple : String.valueOf(quote);
    int next = start + close.length();
    while (next < text.length()) {
      if (text.startsWith(close, next)) {
        return next + close.length();
      }
      char c = text.charAt(next);
      if (bytes && c > 0x7F) {
        return -1;
      }
      if (c != '\\') {
        out.append(c);
        next++;
      } else if (next + 1 == text.length()) {
        return -1;
      } else if (raw) {
        out.append(text, next, next + 2);
        next += 2;
      } else {
        next = PythonEscape.read(text, next + 1, bytes, out);
        if (next < 0) {
          return -1;
        }
      }
    }
    return -1;
  }
}
