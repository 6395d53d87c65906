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

class InvalidIndexesCheckTest {

  private static final Check CHECK = new InvalidIndexesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  InvalidIndexesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"0, '', pass", "2, public.t_v, fail medium"})
  void byTheCount(int invalid, String example, String verdict) {
    server.health().row("indexes1", "lemmy", invalid, example);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("indexes1");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}
