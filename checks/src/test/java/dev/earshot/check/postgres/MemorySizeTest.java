package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorySizeTest {

  @ParameterizedTest
  @CsvSource({
    "4096, 4194304",
    "64MB, 67108864",
    "1.5 GB, 1610612736",
    "512kB, 524288",
    "100B, 100",
    "1TB, 1099511627776"
  })
  void asPostgresqlTakesThem(String text, long bytes) {
    assertThat(MemorySize.ofKiB(text)).contains(new Bytes(bytes));
  }

  @Test
  void whatIsNoSizeIsNone() {
    assertThat(MemorySize.ofKiB("")).isEmpty();
    assertThat(MemorySize.ofKiB("-1")).isEmpty();
    assertThat(MemorySize.ofKiB("64mb")).isEmpty();
    assertThat(MemorySize.ofKiB("9".repeat(40))).isEmpty();
  }
}
