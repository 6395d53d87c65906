package dev.earshot.sshconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          web1,  web1, true
          web1,  web*, true
          web1,  *1,   true
          web1,  w*b?, true
          web1,  web,  false
          web,   web?, false
          web,   web*, true
          '',    *,    true
          '',    ?,    false
          abab,  *ab,  true
          abac,  *ab,  false
          """)
  void matches(String text, String pattern, boolean expected) {
    assertThat(Wildcard.matches(text, pattern)).isEqualTo(expected);
  }

  @Test
  void manyStarsTakeNoTime() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThat(Wildcard.matches("a".repeat(5_000), "*a".repeat(500) + "b")).isFalse());
  }
}
