package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRangeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plain            | plain
          a[1:3]           | a1 a2 a3
          a[08:10]b        | a08b a09b a10b
          a[1:9:4]         | a1 a5 a9
          a[:1]            | a0 a1
          a[x:B]           | ax ay az aA aB
          a[a:e:2]         | aa ac ae
          a[1:2]-[a:b]     | a1-a a1-b a2-a a2-b
          a[-1:1]          | a-1 a0 a1
          a[3:1:-1]        | a3
          a[1:03]          | a1 a2 a3
          """)
  void expands_the_leftmost_range_slowest(String pattern, String names) throws HostRange.Malformed {
    assertThat(String.join(" ", new HostRange().expand(pattern))).isEqualTo(names);
  }
}
