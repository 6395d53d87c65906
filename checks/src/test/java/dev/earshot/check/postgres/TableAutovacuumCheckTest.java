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

class TableAutovacuumCheckTest {

  private static final Check CHECK = new TableAutovacuumCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  TableAutovacuumCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "0, '', pass, visits every table of its 2 busiest databases",
    "1, public.post, fail medium, '1 in lemmy (public.post)'",
    "3, public.post, fail medium, '3 in lemmy (public.post, …)'"
  })
  void eachTableCounts(int tables, String example, String verdict, String told) {
    server.health().row("unvacuumed1", "lemmy", tables, example);

    assertThat(verdicts()).containsExactly(verdict + " db1");
    assertThat(fleet.judge(CHECK).getFirst().verdict().because()).contains(told);
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("unvacuumed1");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}
