package dev.earshot.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          h1 a=1  b=2      ~ h1|a=1|b=2
          h1 a=x#y         ~ h1|a=x
          h1 # all of it   ~ h1
          x=a"b c"d        ~ x=ab cd
          x="a\\"b\\n"     ~ x=a"b\\n
          x='a\\b'         ~ x=a\\b
          x=a\\ b          ~ x=a b
          '' ""            ~ |
          """)
  void splits_as_a_shell_does(String line, String words) throws ShellWords.Unbalanced {
    assertThat(String.join("|", ShellWords.split(line))).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a 'b", "a \"b", "a\\", "\"a\\"})
  void refuses_what_is_left_open(String line) {
    assertThatThrownBy(() -> ShellWords.split(line)).isInstanceOf(ShellWords.Unbalanced.class);
  }
}
