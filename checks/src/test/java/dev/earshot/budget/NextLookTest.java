package dev.earshot.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.HostName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextLookTest {

  @ParameterizedTest
  @CsvSource({
    "'grep x   # A', 'grep x   # B', 'grep x   # A, B'",
    "'grep x   # A', 'grep x   # A', 'grep x   # A'",
    "'grep x   # A', 'grep x', 'grep x   # A'",
    "'grep x', 'grep x   # B', 'grep x   # B'",
    "'grep x   # A', 'grep y   # B', ",
  })
  void theSameCommandIsNamedOnceWithAllThatIsToBeRead(
      String one, String other, @Nullable String both) {
    HostName host = new HostName("backend1");

    assertThat(new NextLook(host, one).with(new NextLook(host, other)).map(NextLook::command))
        .isEqualTo(Optional.ofNullable(both));
    assertThat(new NextLook(host, one).with(new NextLook(new HostName("db1"), other))).isEmpty();
  }
}
