package dev.earshot.peer;

import java.util.List;
import java.util.Random;

/// Values as people write them, and as nobody should, in each of the three syntaxes.
final class RandomValues {

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "22",
          "1.10",
          "1e5",
          "0777",
          "007",
          "1_000",
          "0x1F",
          "0o17",
          "+5",
          "1.",
          ".5",
          "08",
          "1e3",
          "1.5e+3",
          "22:22",
          "12345678901234567890",
          "1e-7",
          "0b101");
  private static final List<String> WORDS =
      List.of(
          "x",
          "yes",
          "no",
          "True",
          "true",
          "None",
          "null",
          "off",
          "y",
          "a.b",
          "web-1",
          "grün",
          "x=y",
          "10.0.0.1",
          "2020-01-01",
          "{{x}}",
          "a,b",
          "1,2",
          "~",
          "nan",
          "inf",
          "/a/b",
          "a:b");
  private static final List<String> HOST_LINE =
      List.of(
          "'x y'",
          "\"a b\"",
          "''",
          "\"'03'\"",
          "'[1, \"x\", None]'",
          "'{\"a\": 1, \"b\": [2]}'",
          "[1,2]",
          "(1,)",
          "'{{ x }}'",
          "a\\ b",
          "\"it's\"",
          "a'b c'd",
          "'{\"a\": true}'",
          "abc#def",
          "\"a\\\\nb\"",
          "'\"q\"'",
          "-o\\ x",
          "\"-o A=b -o C='d e'\"",
          "' 1'",
          "'# no'");
  private static final List<String> INI_LINE =
      List.of(
          "two words",
          "'x y'",
          "\"x\"",
          "it's",
          "",
          "'a' 'b'",
          "[1, 'x', None, True]",
          "{\"a\": 1, 'b': {}}",
          "{'a': false}",
          "(1, 2)",
          "1 # c",
          "x # c",
          "'x' # c",
          "{{ a }} b",
          "- 1",
          "a\\nb",
          "'a\\nb'",
          "r'\\n'",
          "[1, 2",
          "x = y",
          "\"\"",
          "1 + 2",
          "not True");
  private static final List<String> YAML =
      List.of(
          "'x y'",
          "\"a\\tb\\u00e4\"",
          "it's",
          "",
          "[1, two, 3.0]",
          "{a: 1, b: [c]}",
          "{}",
          "[]",
          "!unsafe '{{ x }}'",
          "!unsafe [a, 1]",
          "'{{ x }}'",
          "~",
          "2020-01-01 10:00:00",
          "1.0",
          "'1'",
          "!!str 5",
          "!!int '7'",
          "a # c",
          "'a # c'",
          "-.inf",
          "{1: x, 2: y}",
          "190:20:30",
          "{<<: {a: 1}, b: 2}",
          "\"\\x41\\n\"",
          "text: not'",
          "- x",
          "[a, [b, {c: d}]]",
          "0.1");
  private static final List<String> JSON =
      List.of(
          "1",
          "-0",
          "1.0",
          "1e3",
          "1E-7",
          "\"x\"",
          "\"\\u00e4\\n\"",
          "true",
          "null",
          "[]",
          "{}",
          "[1, \"two\", null]",
          "{\"a\": {\"b\": [false]}}",
          "\"yes\"",
          "\"{{ x }}\"",
          "\"0777\"");

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// One word of a host line.
  String onHostLine() {
    return plainOr(HOST_LINE);
  }

  /// What stands behind the equals sign below `[group:vars]`.
  String onVarsLine() {
    return plainOr(INI_LINE);
  }

  String inYaml() {
    String value = plainOr(YAML);
    return value.startsWith("{{") || value.startsWith("- ") || value.startsWith("text: ")
        ? "'" + value.replace("'", "''") + "'"
        : value;
  }

  String inJson() {
    return of(JSON);
  }

  private String plainOr(List<String> special) {
    return switch (random.nextInt(4)) {
      case 0 -> of(NUMBERS);
      case 1 -> of(WORDS);
      default -> of(special);
    };
  }
}
