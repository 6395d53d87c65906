package dev.earshot.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  // As python3 -c 'import fnmatch; print(fnmatch.fnmatchcase("web1", "web?"))' says.
  @ParameterizedTest
  @CsvSource({
    "web1, web1, true",
    "web1, web, false",
    "web1, *, true",
    "web1, w*, true",
    "web1, *1, true",
    "web1, w*1, true",
    "web1, w*b*, true",
    "web1, w*x*, false",
    "aab, *a*ab, true",
    "aab, *aa*ab, false",
    "abab, *ab, true",
    "abcabd, *ab?, true",
    "abcabd, a*b*d, true",
    "web1, **, true",
    "web1, web[!2-9], true",
    "web1, *[13], true",
    "web1, web[9-1], false",
    "web[, web[, true",
    "a.b, a?b, true",
    "axb, a.b, false",
  })
  void matches_as_fnmatch_does(String name, String glob, boolean matches) {
    assertThat(Glob.compile(glob).test(name)).isEqualTo(matches);
  }

  @Test
  void many_asterisks_end_in_time() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThat(Glob.compile("*a".repeat(40) + "b").test("a".repeat(200))).isFalse());
  }
}
