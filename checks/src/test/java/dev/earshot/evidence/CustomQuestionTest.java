package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomQuestionTest {

  @ParameterizedTest
  @ValueSource(strings = {"custom.a", "custom.no-swap", "custom.a1-2-b"})
  void anId(String id) {
    assertThat(CustomQuestion.isId(id)).isTrue();
  }

  /// It is the name of a file, and a word of the program that hosts run.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "machine.os",
        "custom.",
        "custom.A",
        "custom.a.b",
        "custom.../x",
        "custom.a b",
        "custom.a-",
        "custom.1",
        "custom.a\n"
      })
  void noId(String id) {
    assertThat(CustomQuestion.isId(id)).isFalse();
  }
}
