package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrashSafetyCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  CrashSafetyCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  CrashSafetyCheckTest safe() {
    server
        .set("fsync", "on")
        .set("full_page_writes", "on")
        .set("zero_damaged_pages", "off")
        .set("ignore_checksum_failure", "off")
        .set("ignore_system_indexes", "off");
    return this;
  }

  @Test
  void allSafe() {
    assertThat(safe().verdicts()).containsExactly("pass db1");
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, off",
    "full_page_writes, off",
    "zero_damaged_pages, on",
    "ignore_checksum_failure, on",
    "ignore_system_indexes, on"
  })
  void eachIsCriticalByItself(String name, String value) {
    safe().server.set(name, value);

    assertThat(verdicts()).containsExactly("fail critical db1/" + name);
    assertThat(because())
        .startsWith(
            "db1: %s is %s, set in /etc/postgresql/postgresql.conf line 12".formatted(name, value));
  }

  @Test
  void whatCouldNotBeReadIsNoPass() {
    safe().server.without("full_page_writes");

    assertThat(verdicts()).containsExactly("unknown db1");
    assertThat(because()).contains("4 of the 5");
  }

  @Test
  void whatIsKnownToBeUnsafeFailsAllTheSame() {
    server.set("fsync", "off");

    assertThat(verdicts()).containsExactly("fail critical db1/fsync");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new CrashSafetyCheck()));
  }

  private String because() {
    return fleet.judge(new CrashSafetyCheck()).getFirst().verdict().because();
  }
}
