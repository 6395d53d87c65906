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

class SettingsSourcesCheckTest {

  private static final Check CHECK = new SettingsSourcesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  SettingsSourcesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @Test
  void noLineIsBeaten() {
    assertThat(verdicts()).containsExactly("pass db1");
  }

  @ParameterizedTest
  @CsvSource({
    "/var/lib/postgresql/15/main/postgresql.auto.conf, '(ALTER SYSTEM, line 3 holds)'",
    "/etc/postgresql/15/main/postgresql.conf, '(its line 3 holds)'"
  })
  void oneIsBeatenByAnother(String file, String told) {
    server
        .health()
        .row("shadowed", "fsync", "/etc/postgresql/15/main/postgresql.conf", 12, file, 3);

    assertThat(verdicts()).containsExactly("fail low db1");
    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .contains("fsync in /etc/postgresql/15/main/postgresql.conf line 12 " + told);
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("shadowed");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}
