package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {
  @Test
  void a_port_is_a_host_at_a_site() {
    assertThat(Port.parse("backend1@waw")).isEqualTo(new Port("backend1", "waw"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "backend1", "@waw", "backend1@", "a@b@c", "Backend@waw", "a b@waw"})
  void what_is_no_port_is_refused_with_how_to_write_one(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Port.parse(text))
        .withMessageContaining("NAME@SITE");
  }
}
