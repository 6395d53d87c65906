package dev.earshot.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.topology.PingCoverage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerListTest {

  private static InventoryHost host(int number, String... groups) {
    return new InventoryHost(
        new HostName("h" + number),
        "10.0.%d.%d".formatted(number / 250, number % 250 + 1),
        List.of(groups),
        Optional.empty(),
        "hosts",
        number);
  }

  private static List<String> peersOf(PeerList list, int number) {
    String text = list.of(new HostName("h" + number));
    return text.isEmpty()
        ? List.of()
        : text.lines().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
  }

  @Test
  void all_others_while_they_are_few() {
    var list =
        new PeerList(
            IntStream.range(0, PingCoverage.ALL_PAIRS).mapToObj(PeerListTest::host).toList());
    assertThat(peersOf(list, 7)).hasSize(PingCoverage.ALL_PAIRS - 1).doesNotContain("h7");
  }

  @Test
  void everybody_pings_two_of_each_group_in_a_large_fleet() {
    List<InventoryHost> hosts = new ArrayList<>();
    for (int number = 0; number < 2_000; number++) {
      hosts.add(host(number, number % 500 == 3 ? "databases" : "backends"));
    }
    var list = new PeerList(hosts);
    for (int number : List.of(0, 3, 999, 1_999)) {
      assertThat(peersOf(list, number))
          .hasSizeLessThan(80)
          .doesNotContain("h" + number)
          .containsAll(
              List.of("h3", "h503").stream().filter(name -> !name.equals("h" + number)).toList());
    }
  }

  /// Those of one site are tied by pings among themselves where sites take turns in the inventory.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 12})
  void sites_hang_together(int sites) {
    int count = 640;
    var list =
        new PeerList(IntStream.range(0, count).mapToObj(number -> host(number, "all")).toList());
    for (int site = 0; site < sites; site++) {
      Set<Integer> reached = new HashSet<>();
      Deque<Integer> next = new ArrayDeque<>(List.of(site));
      while (!next.isEmpty()) {
        int at = next.pop();
        if (reached.add(at)) {
          for (String peer : peersOf(list, at)) {
            int other = Integer.parseInt(peer.substring(1));
            if (other % sites == at % sites) {
              next.push(other);
            }
          }
        }
      }
      assertThat(reached)
          .as("site %d of %d", site, sites)
          .hasSize((count - site + sites - 1) / sites);
    }
  }

  @Test
  void the_environment_of_a_process_has_room_for_them() {
    List<InventoryHost> hosts = new ArrayList<>();
    for (int number = 0; number < 5_000; number++) {
      hosts.add(host(number, "group" + number % 400));
    }
    assertThat(new PeerList(hosts).of(new HostName("h4321"))).hasSizeLessThan(10_000);
  }
}
