package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.Evidence.Absent;
import dev.earshot.evidence.Evidence.Uncollected;
import dev.earshot.evidence.LemmyDatabase.Peer;
import dev.earshot.evidence.Sampled.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The probe against a real server, with the tables of both generations of Lemmy.
class LemmyDatabaseTest {

  private static final String HOSTILE = "evil.example\n=== 1\n@denied\n\"x\",$(id)";

  private TemporaryPostgres server;

  LemmyDatabaseTest() throws Exception {
    server = TemporaryPostgres.start();
  }

  @BeforeEach
  void tables() throws Exception {
    server.sql("postgres", "CREATE ROLE stranger LOGIN", "CREATE DATABASE \"my lemmy\"");
    server.sql(
        "my lemmy",
        "CREATE TYPE actor_type_enum AS ENUM ('site', 'person')",
        "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY, run_on timestamp NOT NULL DEFAULT now())",
        "INSERT INTO __diesel_schema_migrations VALUES ('00000000000000'), ('20231110002145'), ('20240115100133')",
        "CREATE TABLE instance (id int PRIMARY KEY, domain varchar(255) NOT NULL, published timestamptz NOT NULL, updated timestamptz, software varchar, version varchar)",
        "CREATE TABLE federation_queue_state (instance_id int PRIMARY KEY, last_successful_id bigint, fail_count int NOT NULL, last_retry timestamptz, last_successful_published_time timestamptz)",
        "CREATE TABLE sent_activity (id bigserial PRIMARY KEY, published timestamptz NOT NULL, actor_type actor_type_enum)",
        "CREATE TABLE received_activity (ap_id text PRIMARY KEY, published timestamptz)",
        "CREATE TABLE federation_blocklist (instance_id int PRIMARY KEY)",
        "CREATE TABLE federation_allowlist (instance_id int PRIMARY KEY)",
        "INSERT INTO sent_activity (published) SELECT now() - make_interval(mins => 100 - n) FROM generate_series(1, 100) n",
        "INSERT INTO instance VALUES (1, 'done.example', now(), now()), (2, 'late.example', now(), now()), (3, 'dead.example', now(), now() - interval '4 days'), (4, 'blocked.example', now(), now()), (5, 'new.example', now(), null), (6, E'%s', now(), now())"
            .formatted(HOSTILE.replace("\n", "\\n")),
        "INSERT INTO federation_queue_state VALUES (1, 100, 0), (2, 40, 3), (3, 1, 9), (4, 2, 0), (5, null, 0), (6, 99, 0)",
        "INSERT INTO federation_blocklist VALUES (4)");
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void tellsWhoIsBehindInBothGenerations() throws Exception {
    LemmyDatabase old = ask("postgres");

    assertThat(old.database()).isEqualTo("my lemmy");
    assertThat(old.renamed()).isFalse();
    assertThat(old.migration()).isEqualTo("20240115100133");
    assertThat(old.sent()).isEqualTo(100);
    assertThat(old.received()).isPresent();
    assertThat(old.peers()).isEqualTo(5);
    assertThat(old.dead()).isEqualTo(1);
    assertThat(old.behind()).extracting(Peer::domain).containsExactly("late.example", HOSTILE);
    Peer late = old.behind().getFirst();
    assertThat(late.sentUpTo()).isEqualTo(40);
    assertThat(late.behind()).isEqualTo(60);
    assertThat(late.failures()).isEqualTo(3);
    assertThat(late.oldest())
        .hasValueSatisfying(
            age -> assertThat(age).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61)));

    server.sql(
        "my lemmy",
        "ALTER TABLE instance RENAME published TO published_at",
        "ALTER TABLE instance RENAME updated TO updated_at",
        "ALTER TABLE federation_queue_state RENAME last_retry TO last_retry_at",
        "ALTER TABLE sent_activity RENAME published TO published_at",
        "INSERT INTO federation_allowlist VALUES (2)");
    LemmyDatabase renamed = ask("postgres");

    assertThat(renamed.renamed()).isTrue();
    assertThat(renamed.peers()).isEqualTo(1);
    assertThat(renamed.behind()).extracting(Peer::domain).containsExactly("late.example");
  }

  @Test
  void saysWhatToGrantToOneWhoMayNotRead() throws Exception {
    assertThat(server.ask(LemmyDatabase.PROBE, "stranger", "sh"))
        .isInstanceOfSatisfying(
            Uncollected.class,
            evidence -> assertThat(evidence.reason()).contains("GRANT SELECT ON __diesel"));
  }

  /// A view, or a type with an output of its owner's, would have us call the owner's functions.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE instance RENAME TO i; CREATE VIEW instance AS SELECT * FROM i",
        "CREATE DOMAIN evil AS varchar; ALTER TABLE instance ALTER domain TYPE evil",
        "DROP TABLE sent_activity"
      })
  void readsNothingThatOnlyLooksLikeLemmy(String change) throws Exception {
    server.sql("my lemmy", change);

    assertThat(server.ask(LemmyDatabase.PROBE, "postgres", "sh")).isEqualTo(new Absent<>());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=== 5432\n",
        "=== 5432\n@lemmy\ndatabase,migration\n@peers\npeers,dead\n1,1\n@behind\na,b\n",
        "=== 5432\n@lemmy\ndatabase,sent\nlemmy,-1\n@peers\npeers,dead\n1,1\n@behind\na,b\n",
        "=== 5432\n@lemmy\ndatabase,sent\nlemmy,1\n@peers\npeers,dead\n1,1\n"
      })
  void refusesAPart(String output) {
    assertThatThrownBy(() -> LemmyDatabase.parse(output)).isInstanceOf(UnreadableOutput.class);
  }

  private LemmyDatabase ask(String role) throws Exception {
    Evidence<Sample<List<LemmyDatabase>>> evidence = server.ask(LemmyDatabase.PROBE, role, "sh");
    assertThat(evidence).isInstanceOf(Evidence.Collected.class);
    return evidence.collected().orElseThrow().value().getFirst();
  }
}
