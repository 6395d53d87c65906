package dev.earshot.sshconfig;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The kinds of values that OpenSSH has.
final class ValueTypes {

  private static final int MAX_PORT = 0xffff;
  private static final int MAX_FILES = 32;
  private static final Pattern TIME = Pattern.compile("(?:[0-9]{1,12}[smhdwSMHDW]?)+");
  private static final Pattern TIME_PART = Pattern.compile("([0-9]+)([a-z]?)");
  private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?[0-9]+");
  private static final Map<String, Integer> SECONDS =
      Map.of("", 1, "s", 1, "m", 60, "h", 3600, "d", 86_400, "w", 604_800);
  private static final BigInteger MAX_INT = BigInteger.valueOf(Integer.MAX_VALUE);

  /// Names of ports that people write; the system's whole list is not looked into.
  private static final Map<String, Integer> SERVICES = Map.of("ssh", 22, "http", 80, "https", 443);

  static final ValueType<String> WORD = source -> Optional.of(source.word());

  /// Nothing is done with it, and every OpenSSH reads it a little differently.
  static final ValueType<String> ANYTHING = source -> Optional.of(source.line());

  static final ValueType<String> COMMAND =
      source -> Optional.of(source.line().replaceAll("^[ \t\r\n=]+", ""));

  static final ValueType<Boolean> FLAG =
      oneOf(Map.of("yes", true, "true", true, "no", false, "false", false));

  static final ValueType<Integer> NUMBER_FROM_ZERO = source -> Optional.of(number(source.word()));

  static final ValueType<Integer> PORT = source -> Optional.of(portNumber(source.word()));

  /// `none` is as good as nothing: a later time still counts.
  static final ValueType<Duration> TIME_SPAN =
      source -> {
        var word = source.word();
        return word.equals("none") ? Optional.empty() : Optional.of(time(word));
      };

  static final ValueType<List<String>> FILES = source -> Optional.of(files(source));

  static final ValueType<List<JumpHost>> JUMPS =
      source -> Optional.of(JumpHost.chain(COMMAND.read(source).orElseThrow()));

  static final ValueType<String> AGENT =
      source -> {
        var word = source.word();
        Expansion.checkVariables(word, source.environment());
        boolean old = word.startsWith("$") && !word.startsWith("${");
        if (old && !Expansion.isVariableName(word.substring(1))) {
          throw new BadValue("is '%s', which names no variable".formatted(word), "write $NAME");
        }
        return Optional.of(word);
      };

  private ValueTypes() {}

  /// One of some words, in any case.
  static <T> ValueType<T> oneOf(Map<String, T> words) {
    return source -> {
      var word = source.word();
      var value = words.get(word.toLowerCase(Locale.ROOT));
      if (value == null) {
        throw new BadValue(
            "is '%s', which it can't be".formatted(word),
            "write " + String.join(", ", words.keySet().stream().sorted().toList()));
      }
      return Optional.of(value);
    };
  }

  static int portNumber(String text) throws BadValue {
    var named = SERVICES.get(text);
    if (named != null) {
      return named;
    }
    var number = NUMBER.matcher(text).matches() ? new BigInteger(unsigned(text)) : BigInteger.ZERO;
    if (number.signum() <= 0 || number.compareTo(BigInteger.valueOf(MAX_PORT)) > 0) {
      throw new BadValue("is '%s', which is no port".formatted(text), "write 1 to 65535");
    }
    return number.intValue();
  }

  private static int number(String text) throws BadValue {
    var number =
        NUMBER.matcher(text).matches() ? new BigInteger(unsigned(text)) : BigInteger.ONE.negate();
    if (number.signum() < 0 || number.compareTo(MAX_INT) > 0) {
      throw new BadValue("is '%s', which is no number from 0 on".formatted(text), "write digits");
    }
    return number.intValue();
  }

  private static String unsigned(String number) {
    var text = number.strip();
    return text.startsWith("+") ? text.substring(1) : text;
  }

  private static Duration time(String text) throws BadValue {
    if (TIME.matcher(text).matches()) {
      long seconds = 0;
      var parts = TIME_PART.matcher(text.toLowerCase(Locale.ROOT));
      while (parts.find() && seconds <= Integer.MAX_VALUE) {
        seconds += Long.parseLong(parts.group(1)) * SECONDS.getOrDefault(parts.group(2), 1);
      }
      if (seconds <= Integer.MAX_VALUE) {
        return Duration.ofSeconds(seconds);
      }
    }
    throw new BadValue(
        "is '%s', which is no time".formatted(text), "write seconds, or such as 1m30s");
  }

  private static List<String> files(ValueType.Source source) throws BadValue {
    var files = new ArrayList<String>();
    while (!source.words().isEmpty()) {
      files.add(source.word());
    }
    if (files.isEmpty()) {
      throw new BadValue("has no value", "write one");
    }
    if (files.size() > 1 && files.stream().anyMatch("none"::equalsIgnoreCase)) {
      throw new BadValue("has none beside other files", "leave none or the others out");
    }
    if (files.size() > MAX_FILES) {
      throw new BadValue("names more than %d files".formatted(MAX_FILES), "name fewer");
    }
    return List.copyOf(files);
  }
}
