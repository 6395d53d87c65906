package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.check.Finding;
import dev.earshot.check.Severity;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsFilesCheckTest {

  private static final Check CHECK = new SettingsFilesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  SettingsFilesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @Test
  void aMistakeIsNamedWithItsLine() {
    server
        .health()
        .row("mistakes", "/etc/a.conf", 826, "wokr_mem", "unrecognized configuration parameter")
        .row("mistakes", "/etc/a.conf", 827, "", "syntax error");

    Finding finding = fleet.judge(CHECK).getFirst();
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.verdict().because())
        .isEqualTo(
            "db1: mistakes in configuration files: /etc/a.conf line 826: wokr_mem: unrecognized configuration parameter, /etc/a.conf line 827: syntax error; limit none");
  }

  @Test
  void noneIsWell() {
    assertThat(verdicts()).containsExactly("pass db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.health().hides("mistakes");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}
