package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordEncryptionCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  PasswordEncryptionCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"scram-sha-256, pass", "md5, fail medium", "on, fail medium", "(withheld), unknown"})
  void byTheServersSetting(String value, String verdict) {
    server.set("password_encryption", value);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void unknownWhereItWasNotRead() {
    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new PasswordEncryptionCheck()));
  }
}
