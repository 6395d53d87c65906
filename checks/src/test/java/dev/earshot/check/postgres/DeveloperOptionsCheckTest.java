package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeveloperOptionsCheckTest {

  private static final Check CHECK = new DeveloperOptionsCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  DeveloperOptionsCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "pre_auth_delay, 0, pass db1",
    "pre_auth_delay, 3, fail high db1/pre_auth_delay",
    "post_auth_delay, 1, fail high db1/post_auth_delay",
    "debug_discard_caches, 1, fail high db1/debug_discard_caches",
    "allow_system_table_mods, on, fail medium db1/allow_system_table_mods",
    "wal_consistency_checking, '', pass db1",
    "wal_consistency_checking, all, fail medium db1/wal_consistency_checking",
    "force_parallel_mode, regress, fail medium db1/force_parallel_mode",
    "log_statement_stats, off, pass db1",
    "log_statement_stats, on, fail low db1/log_statement_stats",
    "debug_print_plan, on, fail low db1/debug_print_plan"
  })
  void eachOptionByWhatItDoes(String name, String value, String verdict) {
    server.set(name, value);

    assertThat(verdicts()).containsExactly(verdict);
  }

  @Test
  void eachIsAFindingOfItsOwn() {
    server.set("trace_sort", "on").set("post_auth_delay", "2");

    assertThat(verdicts())
        .containsExactly("fail high db1/post_auth_delay", "fail low db1/trace_sort");
  }

  @Test
  void withoutAnySettingItIsUnknown() {
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}
