package dev.earshot.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordSearchTest {

  private static final List<String> WORDS =
      List.of("pw", "pass", "pass", "pas", "://", ":*:", "-----end", "user\t", "aab");

  /// What looking for each word alone finds.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p",
        "pw",
        "PASSWORD",
        "compass",
        "pas",
        "aaab",
        "aabaab pass",
        "host:*:x://",
        "user\tanna",
        "user anna",
        "-----END",
        "pä pä\uD83D\uDD11pw",
        "\u0000pw\u0000",
        "pa\u212Ass"
      })
  void findsTheWordsThatStandInIt(String text) {
    String small = text.toLowerCase(Locale.ROOT);

    assertThat(new WordSearch(WORDS.stream()).in(text))
        .isEqualTo(WORDS.stream().filter(small::contains).collect(Collectors.toSet()));
  }
}
