package dev.earshot.check.lemmy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.LemmyNode;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.LemmyFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseCertificateCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  DatabaseCertificateCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server).lemmyDatabase(new LemmyFixture());
  }

  @ParameterizedTest
  @CsvSource({
    "0.19.3, t, 25, fail medium",
    "0.19.3, t, 2.1, fail medium",
    "0.19.3, t, 2, pass",
    "0.19.3, t, '', unknown",
    "0.19.3, f, 25, notApplicable",
    "0.19.3, '', 25, notApplicable",
    "1.0.0, t, 25, unknown"
  })
  void encryptedAndFarIsNotEnough(String version, String encrypted, String rtt, String verdict) {
    fleet.host("app1", "10.0.0.31").lemmy(version, "pool read");
    if (!rtt.isEmpty()) {
      fleet.pings("app1", "db1", Double.parseDouble(rtt));
    }
    server.sessions("10.0.0.31", "lemmy", "lemmy", 5, "Client", encrypted);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void thePublicNetworkIsFarAtAnyDistance() {
    fleet.host("app1", "192.0.2.31").lemmy("0.19.3", "pool read");
    fleet.pings("app1", "db1", 0.3);
    server.sessions("192.0.2.31", "lemmy", "lemmy", 5, "Client", "t");

    assertThat(verdicts()).containsExactly("fail medium db1");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.31, other, notApplicable",
    "10.0.0.99, lemmy, unknown",
    "'', lemmy, notApplicable"
  })
  void othersAreNotJudged(String client, String database, String verdict) {
    fleet.host("app1", "10.0.0.31").lemmy("0.19.3", "pool read");
    fleet.pings("app1", "db1", 25);
    server.sessions(client, "lemmy", database, 5, "Client", "t");

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void aBackendThatDoesNotTellItsVersionIsUnknown() {
    fleet.host("app1", "10.0.0.31").doesNotTell(LemmyNode.PROBE, "denied");
    fleet.pings("app1", "db1", 25);
    server.sessions("10.0.0.31", "lemmy", "lemmy", 5, "Client", "t");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new DatabaseCertificateCheck()));
  }
}
