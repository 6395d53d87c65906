package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptionCheckTest {

  private static final Check CHECK = new EncryptionCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  EncryptionCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.31, 0.3, off, f, pass",
    "10.0.0.31, 2.5, off, f, fail medium",
    "10.0.0.31, 2.5, on, f, fail medium",
    "10.0.0.31, 2.5, on, t, pass",
    "10.0.0.31, 2.5, on, '', unknown", // evidence of an earlier version
    "10.0.0.31, 2.5, off, '', fail medium", // which can't be encrypted
    "198.51.100.7, 0.3, on, f, fail high",
    "198.51.100.7, 0.3, on, t, pass",
    "2001:db8::7, 0.3, on, f, fail high",
    "10.9.9.9, 0.3, on, f, unknown", // nobody knows where that is
    "'', 2.5, off, f, notApplicable",
    "127.0.0.1, 2.5, off, f, notApplicable",
    "10.0.0.21, 2.5, off, f, notApplicable"
  })
  void byWhereClientsAre(String client, double rtt, String ssl, String encrypted, String verdict) {
    fleet.host("app1", "10.0.0.31");
    fleet.pings("app1", "db1", rtt);
    server.set("ssl", ssl).sessions(client, "app", "app", 5, "Client", encrypted);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void theWorstDecidesAndAllAreNamed() {
    fleet.host("app1", "10.0.0.31");
    fleet.pings("app1", "db1", 25);
    server
        .sessions("10.0.0.31", "app", "app", 5, "Client", "f")
        .sessions("10.0.0.31", "other", "app", 5, "Client", "f")
        .sessions("198.51.100.7", "app", "app", 5, "Client", "f");

    assertThat(verdicts()).containsExactly("fail high db1");
    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .contains("from app1 (25.0 ms away), 198.51.100.7 (from a public address);");
  }

  @Test
  void unknownWithoutItsSessions() {
    fleet.host("db1").doesNotTell(PostgresActivity.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}
