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

class HbaRulesCheckTest {

  private static final Check CHECK = new HbaRulesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  HbaRulesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "local, '', '', peer, pass",
    "local, '', '', trust, fail medium",
    "host, 127.0.0.1, 255.255.255.255, trust, fail medium",
    "host, 10.0.0.0, 255.0.0.0, trust, fail critical",
    "host, 10.0.0.0, 255.0.0.0, scram-sha-256, pass",
    "host, 10.0.0.0, 255.0.0.0, md5, fail low",
    "host, 10.0.0.0, 255.0.0.0, password, fail high",
    "hostssl, 10.0.0.0, 255.0.0.0, password, fail low",
    "host, 0.0.0.0, 0.0.0.0, md5, fail high",
    "host, ::, ::, scram-sha-256, fail medium",
    "host, all, '', scram-sha-256, fail medium",
    "hostssl, all, '', cert, pass",
    "host, all, '', reject, pass",
    "host, samehost, '', scram-sha-256, pass"
  })
  void byMethodAndAddress(
      String type, String address, String netmask, String method, String verdict) {
    server.set("listen_addresses", "*");
    server.hba(97, type, "all", "all", address, netmask + "," + method);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @ParameterizedTest
  @CsvSource({"trust, fail medium", "scram-sha-256, pass", "md5, fail low"})
  void whereNobodyCanReachItRulesForNetworksMatterLess(String method, String verdict) {
    server.set("listen_addresses", "localhost");
    server.hba(97, "host", "all", "all", "0.0.0.0", "0.0.0.0," + method);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void theWorstComesFirst() {
    server.set("listen_addresses", "*");
    server
        .hba(90, "host", "all", "all", "10.0.0.0", "255.0.0.0,md5")
        .hba(91, "host", "all", "all", "all", ",trust")
        .hbaError(92, "invalid authentication method \"x\"");

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .startsWith(
            "db1: pg_hba.conf, line 91: host all all all trust, line 92: invalid authentication method \"x\", line 90: host all all 10.0.0.0 255.0.0.0 md5; limit");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @ParameterizedTest
  @CsvSource({"1000, pass", "1001, unknown"})
  void moreThanIsReadMayHoldAnything(int lines, String verdict) {
    for (int line = 1; line <= lines; line++) {
      server.hba(line, "host", "all", "all", "10.0.0.0", "255.0.0.0,scram-sha-256");
    }

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}
