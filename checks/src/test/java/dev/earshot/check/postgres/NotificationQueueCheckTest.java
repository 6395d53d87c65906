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

class NotificationQueueCheckTest {

  private static final Check CHECK = new NotificationQueueCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  NotificationQueueCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"0, pass", "0.5, pass", "0.51, fail medium", "0.9, fail medium", "0.91, fail high"})
  void byWhatIsTaken(double used, String verdict) {
    server.health().only("notifications", used, 1);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void aStandbyNotifiesNobody() {
    server.health().standby(1, "1").only("notifications", 0.95, 1);

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("notifications");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}
