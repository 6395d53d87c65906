package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {

  @TempDir private Path directory;
  private Inventory inventory = InventoryReader.read(InventoryRequest.of(List.of())).inventory();

  @BeforeEach
  void readInventory() throws IOException {
    var text =
        """
        [web]
        web[1:4]
        [db]
        db1
        db2
        2001:db8::1
        [prod:children]
        db
        web
        [broken]
        web4
        """;
    var file = Files.writeString(directory.resolve("hosts"), text);
    inventory = InventoryReader.read(InventoryRequest.of(List.of(file))).inventory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all              | web4 db1 db2 2001:db8::1 web1 web2 web3
          db               | db1 db2 2001:db8::1
          db1:web1         | db1 web1
          web1,db1,web1    | web1 db1
          'web1 db1'       | web1 db1
          web:!broken      | web1 web2 web3
          !db              | web4 web1 web2 web3
          &broken          | web4
          prod:&broken,    |
          web:&broken      | web4
          web?:!web[!13]   | web1 web3
          2001:db8::1      | 2001:db8::1
          ~[dw]e?b[12]     | web1 web2 db1 db2
          ~eb              |
          web[0]           | web1
          web[-1]          | web4
          web[1:2]         | web2 web3
          web[2:]          | web3 web4
          web[2:0]         | web3
          web[9:12]        |
          prod[0:3]        | db1 db2 2001:db8::1 web1
          """)
  void chooses_hosts_in_the_order_of_the_pattern(String pattern, String expected) {
    assertThat(names(HostPattern.parse(pattern).select(inventory)))
        .isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dbb1     | the pattern dbb1 matches no host  | did you mean db1?
          zzzzzzz  | the pattern zzzzzzz matches no host | see the names with
          web:!web | the pattern web:!web matches no host | check the pattern
          ~(       | is not a regular expression       | wildcards
          ~(((((.)*)*)*)*)*z | it takes too many steps | wildcards
          web[7]   | beyond the last one               | 4 hosts match, counted from 0
          web:!    | a part of the pattern is empty    | behind & or !
          """)
  void a_pattern_that_chooses_nothing_or_is_wrong_is_an_error(
      String pattern, String message, String advice) {
    var problems = HostPattern.parse(pattern).select(inventory).problems();
    assertThat(problems).singleElement().matches(Problem::isError);
    assertThat(problems.getFirst().message()).contains(message);
    assertThat(problems.getFirst().advice()).contains(advice);
  }

  @Test
  void a_part_that_matches_nothing_is_a_warning_while_the_rest_counts() {
    var selection = HostPattern.parse("web1:weeb2").select(inventory);
    assertThat(names(selection)).isEqualTo("web1");
    assertThat(selection.problems())
        .singleElement()
        .hasToString("no host or group matches weeb2; did you mean web2?")
        .matches(problem -> !problem.isError());
  }

  @Test
  void a_limit_keeps_the_order_of_the_pattern() {
    var limit = HostPattern.parse("web2,db1").select(inventory);
    assertThat(names(HostPattern.parse("prod").select(inventory).limitedTo(limit)))
        .isEqualTo("db1 web2");
  }

  @Test
  void a_limit_may_name_a_file_with_a_part_on_each_line() throws IOException {
    var file = Files.writeString(directory.resolve("limit"), "web1\n  db  \n\n!db2\n#web2\n");
    var problems = new ArrayList<Problem>();
    var limit = HostPattern.limit("web3,@" + file, Path.of(""), problems);
    assertThat(names(limit.match(inventory, HostPattern.Mismatch.IGNORE)))
        .isEqualTo("web3 web1 db1 2001:db8::1");
    assertThat(problems).isEmpty();
  }

  @Test
  void an_empty_file_limits_nothing_and_a_missing_one_is_an_error() throws IOException {
    var empty = Files.createFile(directory.resolve("empty"));
    var problems = new ArrayList<Problem>();
    assertThat(HostPattern.limit("@" + empty, Path.of(""), problems).terms())
        .containsExactly("all");
    assertThat(problems).isEmpty();
    HostPattern.limit("@" + directory.resolve("none"), Path.of(""), problems);
    assertThat(problems).singleElement().asString().contains("none: there is no such file");
  }

  @Test
  void this_machine_is_chosen_by_its_names_only() throws IOException {
    var host = HostPattern.parse("localhost").select(inventory).hosts().getFirst();
    assertThat(host.text("ansible_connection").asOptional()).contains("local");
    assertThat(names(HostPattern.parse("all").select(inventory))).doesNotContain("localhost");
    assertThat(HostPattern.parse("local*").match(inventory, HostPattern.Mismatch.IGNORE).hosts())
        .isEmpty();
    var file = Files.writeString(directory.resolve("own"), "127.0.0.1 a=1\n");
    var own = InventoryReader.read(InventoryRequest.of(List.of(file))).inventory();
    assertThat(names(HostPattern.parse("localhost").select(own))).isEqualTo("127.0.0.1");
  }

  @Test
  void a_mismatch_is_what_the_configuration_makes_of_it() {
    var pattern = HostPattern.parse("web1,nope");
    assertThat(pattern.match(inventory, HostPattern.Mismatch.IGNORE).problems()).isEmpty();
    assertThat(pattern.match(inventory, HostPattern.Mismatch.ERROR).problems())
        .singleElement()
        .matches(Problem::isError);
  }

  private static String names(Selection selection) {
    return selection.hosts().stream().map(Host::name).collect(Collectors.joining(" "));
  }
}
