package dev.earshot.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLiteralTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1.10            | 1.1
          1e5             | 100000.0
          12e34           | 1.2e+35
          1e-7            | 1e-07
          1_000           | 1000
          0x1F            | 31
          0o17            | 15
          0b101           | 5
          +49123          | 49123
          - 3             | -3
          00              | 0
          True            | True
          b'abc'          | abc
          '03'            | 03
          'a' "b"         | ab
          "a\\tb\\x41"    | `a	bA`
          r'\\n'          | \\n
          '\\q'           | \\q
          '''x'''         | x
          1 # comment     | 1
          ('x')           | x
          """)
  void reads_scalars_as_python_does(String text, String expected) {
    assertThat(PythonLiteral.parse(text).flatMap(Value::asText)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0777",
        "007",
        "true",
        "yes",
        "null",
        "nan",
        "1+2",
        "--5",
        "1__0",
        "1_",
        "10.0.0.1",
        "[1",
        "'open",
        "{[1]: 2}",
        "{'a': true}",
        "1+2j",
        "{1, 2}",
        "...",
        "set()",
        "foo # x",
        "f'x'",
        "'\\x4'",
        "b'é'",
        "[,]",
        "1 2",
        "1abc",
      })
  void leaves_everything_else_a_string(String text) {
    assertThat(PythonLiteral.valueOf(text)).isEqualTo(new Value.Text(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1,2                   | 2
          1,                    | 1
          ()                    | 0
          []                    | 0
          [1, (2, 3), {'k': 1}] | 3
          (1, 2,)               | 2
          """)
  void reads_tuples_and_lists_as_lists(String text, int size) {
    assertThat(PythonLiteral.valueOf(text))
        .isInstanceOfSatisfying(
            Value.Sequence.class, list -> assertThat(list.items()).hasSize(size));
  }
}
