package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.ShellRun;
import dev.earshot.evidence.TemporaryPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The play, played by the real Ansible on a real server.
@Timeout(180)
class SettingPlayTest {

  private static final HostName HERE = new HostName("localhost");

  @TempDir Path folder;

  @Test
  void setsTheParameterOnceTellsItBeforeAndRestartsNothingUnasked() throws Exception {
    assumeTrue(ShellRun.exists("ansible-playbook"), "ansible-playbook is not installed");
    assumeTrue(
        ShellRun.run(List.of("/usr/bin/python3", "-c", "import psycopg2"), Map.of()).exitStatus()
            == 0,
        "python3-psycopg2 is not installed");
    TemporaryPostgres server = TemporaryPostgres.start();
    try {
      assertThat(play(server, "jit", "off", "--check", "--diff")).contains("changed=1", "failed=0");
      assertThat(server.sql("postgres", "SHOW jit").strip()).isEqualTo("on");
      assertThat(play(server, "jit", "off")).contains("changed=1", "failed=0");
      assertThat(server.sql("postgres", "SHOW jit").strip()).isEqualTo("off");
      assertThat(play(server, "jit", "off", "--check", "--diff")).contains("changed=0", "failed=0");
      assertThat(play(server, "max_connections", "120"))
          .contains("RUNNING HANDLER [Restart PostgreSQL]", "changed=1", "skipped=2", "failed=0");
    } finally {
      server.stop();
    }
  }

  /// In check mode, its name is all that tells what would change; a server's word is put into it
  /// only where it can be nothing but a value.
  @ParameterizedTest
  @CsvSource({
    "1.1, 4, 'Set random_page_cost to 1.1, now 4 ('",
    "1.1,, 'Set random_page_cost to 1.1 ('",
    "4096MB, 16384, 'Set random_page_cost to 4096MB ('",
    "1.1, {{ lookup('pipe' 'id') }}, 'Set random_page_cost to 1.1 ('",
    "1.1, 'a: b', 'Set random_page_cost to 1.1 ('",
    "'a, b', x, 'Set random_page_cost, now x ('"
  })
  void theTaskTellsWhatItSetsAndWhatIsThere(String value, String now, String told) {
    assertThat(
            new SettingPlay(
                    HERE,
                    5432,
                    "It is set",
                    "random_page_cost",
                    value,
                    Optional.ofNullable(now),
                    "")
                .text())
        .contains("    - name: " + told);
  }

  private String play(TemporaryPostgres server, String name, String value, String... options)
      throws IOException, InterruptedException {
    return RealAnsible.play(
        server,
        folder,
        new SettingPlay(HERE, TemporaryPostgres.PORT, "It is set", name, value, "").text(),
        options);
  }
}
