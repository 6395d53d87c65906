package dev.earshot.anonymity;

import dev.earshot.evidence.Address;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Other names for those of a fleet.
///
/// A name is replaced wherever it stands by itself or as a part of a longer one
/// (`lemmy-web1-data`), but not in one that means something to parsers (`shared_buffers`). One that
/// is itself such a word ([Words]) stays.
final class NamePseudonyms {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}]+(?:[._-]+[\\p{L}\\p{N}]+)*");

  /// Of an odd name's letters and digits: with fewer, it is found between quotes or blanks alone,
  /// as `t,` could be a part of any table.
  private static final int SUBSTANCE = 3;

  private final Map<String, String> plain = new LinkedHashMap<>();

  /// The longest first, as one may be a part of another.
  private final Map<String, Odd> odd =
      new TreeMap<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  private final Set<String> kept = new HashSet<>();

  private record Odd(Pattern pattern, String pseudonym) {}

  /// Leaves these as they are, and all parts of them.
  void keep(Collection<String> words) {
    words.stream().map(Words::key).forEach(kept::add);
  }

  /// Gives these names, in their order, pseudonyms with numbers: `role-1`.
  void number(Collection<String> names, String kind, String ending) {
    int number = 1;
    for (String name : new TreeSet<>(names)) {
      if (put(name, kind + "-" + number + ending)) {
        number++;
      }
    }
  }

  /// Whether the name needs one and has none yet.
  boolean put(String name, String pseudonym) {
    if (name.isBlank()
        || Words.isWord(name)
        || kept.contains(Words.key(name))
        || Address.of(name).isNumeric()) {
      return false;
    }
    if (PLAIN.matcher(name).matches()) {
      return plain.putIfAbsent(Words.key(name), pseudonym) == null;
    }
    boolean isNew = !odd.containsKey(name);
    for (String written : spellings(name)) {
      odd.putIfAbsent(written, new Odd(pattern(written), pseudonym));
    }
    return isNew;
  }

  /// What a name is called now, if it has another one.
  Optional<String> of(String name) {
    return Optional.ofNullable(plain.get(Words.key(name)));
  }

  /// The text with other names.
  String replace(String text) {
    String replaced = text;
    for (Map.Entry<String, Odd> one : odd.entrySet()) {
      if (replaced.contains(one.getKey())) {
        replaced =
            one.getValue()
                .pattern()
                .matcher(replaced)
                .replaceAll(Matcher.quoteReplacement(one.getValue().pseudonym()));
      }
    }
    return PLAIN
        .matcher(replaced)
        .replaceAll(found -> Matcher.quoteReplacement(inToken(found.group())));
  }

  /// The longest names first, wherever they begin.
  private String inToken(String token) {
    if (kept.contains(Words.key(token))) {
      return token;
    }
    var parts = Words.PART.matcher(token).results().toList();
    for (int length = parts.size(); length > 0; length--) {
      for (int first = 0; first + length <= parts.size(); first++) {
        int from = parts.get(first).start();
        int to = parts.get(first + length - 1).end();
        Optional<String> name = of(token.substring(from, to));
        if (name.isPresent()) {
          return inToken(token.substring(0, from)) + name.get() + inToken(token.substring(to));
        }
      }
    }
    return token;
  }

  /// As it stands in text, in CSV, in SQL and in JSON.
  private static Set<String> spellings(String name) {
    Set<String> spellings = new TreeSet<>(Set.of(name));
    spellings.add(name.replace("\"", "\"\""));
    spellings.add(name.replace("'", "''"));
    String json = json(name);
    spellings.add(json);
    spellings.add(json.replace("\"", "\"\""));
    return spellings;
  }

  private static String json(String name) {
    return name.chars().mapToObj(NamePseudonyms::json).collect(Collectors.joining());
  }

  private static String json(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c < ' ' ? "\\u%04x".formatted(c) : String.valueOf((char) c);
    };
  }

  private static Pattern pattern(String name) {
    String quoted = Pattern.quote(name);
    long substance = Words.PART.matcher(name).results().mapToLong(part -> length(part)).sum();
    if (substance < SUBSTANCE) {
      return Pattern.compile("(?m)(?<=^|[\"'\\s])" + quoted + "(?=$|[\"'\\s])");
    }
    return Pattern.compile(
        (isLetter(name.codePointAt(0)) ? "(?<![\\p{L}\\p{N}])" : "")
            + quoted
            + (isLetter(name.codePointBefore(name.length())) ? "(?![\\p{L}\\p{N}])" : ""));
  }

  private static long length(MatchResult part) {
    return part.end() - (long) part.start();
  }

  private static boolean isLetter(int codePoint) {
    return Character.isLetterOrDigit(codePoint);
  }
}
