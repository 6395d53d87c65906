package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What users see of the catalogue.
class ChecksCommandTest {

  private static InProcess checks(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "checks";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return InProcess.run(Map.of(), Path.of(""), Path.of(""), all);
  }

  static List<CheckInfo> catalogue() {
    return Checks.ALL.stream().map(Check::info).toList();
  }

  @Test
  void withoutIdAllAreListed() {
    InProcess run = checks();
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines()).hasSameSizeAs(Checks.ALL);
  }

  @Test
  void aCardTellsAllThatTheCatalogueKnows() {
    InProcess run = checks("postgres.connections");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            postgres.connections (severity: up to high)

            Pools fit into max_connections.

            Why it matters
              PostgreSQL refuses the session after the last free one. Far below the limit, connections are
              cleared: more of them would change nothing.

            What it looks at
              postgres.settings
                PostgreSQL's version, every setting with the file and line that sets it, and what roles and
                databases override.
              postgres.activity
                PostgreSQL's sessions by client, its counters of transactions and statements, and its standbys.
              network.addresses
                The host's own addresses: ties the two ends of a connection to hosts of the inventory.
              network.listeners
                Which services listen, and which program each belongs to.
              network.sockets
                Who talks to whom, how often, and the kernel's own round-trip times: no traffic is added.

            What decides
              more than 70 % of what ordinary roles may use: medium
                (check_postgres and postgresqltuner take the same)
                many in earshot.yml, below thresholds: postgres.connections (usually 70 %)
              more than 90 %: high
                (the same)
                nearly_all in earshot.yml, below thresholds: postgres.connections (usually 90 %)

            How to see it by hand
              # on the database's host: how many are used
              sudo -u postgres psql -X -c "select count(*) filter (where backend_type = 'client backend') as used, current_setting('max_connections') as all_of, current_setting('superuser_reserved_connections') as reserved from pg_stat_activity"
              # who holds them
              sudo -u postgres psql -X -c "select client_addr, usename, state, count(*) from pg_stat_activity group by 1, 2, 3"
                (of several servers, the one at PORT: psql -X -p PORT; in a container: docker exec -i -u
                postgres NAME psql -X -p PORT -U ROLE)

            What to do
              Make the pools smaller (a busy database needs few connections per core), put a pooler such as
              PgBouncer before the server, or raise max_connections, which needs a restart.
            """);
  }

  @Test
  void readmeHasTheTableThatTheCommandPrints() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    String printed = checks("--format", "markdown").out();

    assertThat(readme.substring(readme.indexOf("\n## Checks\n")))
        .as("README's table is the output of: earshot checks --format markdown")
        .contains("\n\n" + printed + "\n");
    assertThat(printed.lines()).hasSize(Checks.ALL.size() + 2);
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void everyCardFitsIntoTheNarrowestTerminal(CheckInfo info) {
    String card = new CheckPage(60).of(info);

    assertThat(card.lines().filter(line -> !info.card().byHand().contains(line.strip())))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
    assertThat(card).doesNotContain("\n\n\n").endsWith("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "postgres.", "postgres.s"})
  void aBeginningListsWhatBeginsLikeIt(String beginning) {
    InProcess run = checks(beginning);
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines())
        .hasSize((int) catalogue().stream().filter(info -> info.id().startsWith(beginning)).count())
        .allMatch(line -> line.startsWith(beginning));
  }

  @Test
  void aBeginningOfOneCheckExplainsIt() {
    assertThat(checks("latency.ser").out()).isEqualTo(checks("latency.serial-ceiling").out());
  }

  @ParameterizedTest
  @CsvSource({
    "postgres.conections,   there is no check postgres.conections (did you mean"
        + " postgres.connections?): 'earshot checks' lists them",
    "autovacum,             there is no check autovacum (did you mean postgres.autovacuum?):"
        + " 'earshot checks' lists them",
    "commit,                there is no check commit (did you mean postgres.overcommit or"
        + " postgres.synchronous-commit?): 'earshot checks' lists them",
    "nothing-like-any,      there is no check nothing-like-any: 'earshot checks' lists them"
  })
  void whatIsMistypedIsFoundAgain(String id, String sentence) {
    InProcess run = checks(id);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("earshot: " + sentence + "\n");
  }
}
