package dev.earshot.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.HostName;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextLookTest {

  private static NextLook at(String host, String run, String... read) {
    return new NextLook(new HostName(host), run, List.of(read));
  }

  @Test
  void theSameCommandIsNamedOnceWithAllThatIsToBeRead() {
    NextLook one = at("backend1", "grep x", "A");

    assertThat(one.and(at("backend1", "grep x", "B")).command()).isEqualTo("grep x   # A, B");
    assertThat(one.and(one).command()).isEqualTo("grep x   # A");
    assertThat(one.and(at("backend1", "grep x")).command()).isEqualTo("grep x   # A");
    assertThat(at("backend1", "grep x").and(one).command()).isEqualTo("grep x   # A");
    assertThat(at("backend1", "grep x").command()).isEqualTo("grep x");
  }

  @Test
  void onlyTheSameCommandOnTheSameHostIsTheSame() {
    NextLook one = at("backend1", "grep x", "A");

    assertThat(one.isSameAs(at("backend1", "grep x", "B"))).isTrue();
    assertThat(one.isSameAs(at("backend1", "grep y", "A"))).isFalse();
    assertThat(one.isSameAs(at("db1", "grep x", "A"))).isFalse();
  }
}
