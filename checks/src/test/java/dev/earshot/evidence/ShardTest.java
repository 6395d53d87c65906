package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {

  private static List<HostName> fleet(int hosts) {
    return IntStream.range(0, hosts).mapToObj(at -> new HostName("host" + at)).toList();
  }

  @ParameterizedTest
  @CsvSource({"6, 1", "6, 3", "7, 3", "100, 7", "2, 5", "0, 2"})
  void every_host_is_in_one_part_and_no_part_has_much_more_than_another(int hosts, int count) {
    List<HostName> all = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      Shard shard = new Shard(number, count);
      Set<HostName> part = shard.of(fleet(hosts));
      assertThat(part).hasSize(shard.size(hosts));
      all.addAll(part);
      sizes.add(part.size());
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(fleet(hosts));
    assertThat(Collections.max(sizes) - Collections.min(sizes)).isLessThanOrEqualTo(1);
  }

  @Test
  void the_order_of_the_inventory_is_of_no_matter() {
    List<HostName> shuffled = new ArrayList<>(fleet(50));
    Collections.shuffle(shuffled, new Random(1));
    assertThat(new Shard(2, 3).of(shuffled)).isEqualTo(new Shard(2, 3).of(fleet(50)));
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "4, 3", "-1, 3", "1, 0", "1, 1001"})
  void what_is_no_part_is_refused(int number, int count) {
    assertThatThrownBy(() -> new Shard(number, count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("K of N");
  }
}
