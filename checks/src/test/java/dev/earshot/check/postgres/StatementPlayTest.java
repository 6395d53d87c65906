package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import dev.earshot.evidence.PostgresTables.Relation;
import dev.earshot.evidence.ShellRun;
import dev.earshot.evidence.TemporaryPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The play, played by the real Ansible on a real server, with names that want to be quoted.
@Timeout(180)
class StatementPlayTest {

  private static final HostName HERE = new HostName("localhost");

  private static final String ALLOWED = "earshot_allow_disruption=true";

  private static final String ROLE = "o'\"b\\c";

  private static final String GROWN = "\"public\".\"grown\"";

  private static final Bytes MOST = new Bytes(100_000);

  @TempDir Path folder;

  @Test
  void tellsWhatItWouldDoDoesItOnceAndThenNothing() throws Exception {
    assumeTrue(ShellRun.exists("ansible-playbook"), "ansible-playbook is not installed");
    assumeTrue(ShellRun.exists("psql"), "psql is not installed");
    TemporaryPostgres server = TemporaryPostgres.start();
    try {
      String role = "\"o'\"\"b\\c\"";
      server.sql("postgres", "CREATE ROLE " + role);
      server.sql("postgres", "ALTER ROLE " + role + " SET synchronous_commit = off");
      server.sql("postgres", "ALTER ROLE " + role + " IN DATABASE postgres SET enable_sort = off");
      server.sql(
          "postgres", "ALTER ROLE " + role + " IN DATABASE postgres SET statement_timeout = 0");
      server.sql("postgres", "ALTER DATABASE postgres SET jit = off");
      server.sql("postgres", "ALTER ROLE ALL SET jit = off");
      server.sql("postgres", "CREATE TABLE t (a int, \"B'c\" int)");
      server.sql("postgres", "CREATE INDEX \"it's\" ON t (a)");
      server.sql("postgres", "CREATE SCHEMA evil");
      server.sql(
          "postgres",
          "CREATE FUNCTION evil.to_regclass(text) RETURNS regclass LANGUAGE sql AS 'SELECT NULL::regclass'");
      server.sql("postgres", "ALTER DATABASE postgres SET search_path = evil, pg_catalog, public");
      server.sql("postgres", "CREATE INDEX \"allowed\" ON t (a, \"B'c\", (a + 1))");

      server.sql("postgres", "CREATE TABLE public.grown (c int, d int)");
      server.sql("postgres", "ALTER TABLE public.grown SET (autovacuum_enabled = off)");
      server.sql(
          "postgres", "INSERT INTO public.grown SELECT n, n FROM generate_series(1, 30000) n");
      server.sql("postgres", "CREATE INDEX \"partial\" ON public.grown (d) WHERE d IS NOT NULL");
      server.sql("postgres", "CREATE INDEX other ON public.grown (c) WHERE d > 5");
      server.sql("postgres", "CREATE INDEX fat ON public.grown ((c + d))");
      server.sql("postgres", "DELETE FROM public.grown WHERE c > 10");

      String play =
          play(
              Statement.reset(new RoleSetting("", ROLE, "synchronous_commit", "off")),
              Statement.reset(new RoleSetting("postgres", ROLE, "enable_sort", "off")),
              Statement.reset(new RoleSetting("postgres", "", "jit", "off")),
              Statement.reset(new RoleSetting("", "", "jit", "off")),
              Statement.set("Everywhere", now(Optional.empty()), "lock_timeout", "5min"),
              Statement.set(
                  "Where it has one",
                  now(Optional.of(new RoleSetting("postgres", ROLE, "statement_timeout", "0"))),
                  "statement_timeout",
                  "5min"),
              Statement.dropIndex("Drop it", "postgres", "\"public\".\"it's\""),
              Statement.createIndex(
                  "Is there", "postgres", "\"public\".\"t\"", List.of("B'c", "a")),
              Statement.createIndex("So is", "postgres", GROWN, List.of("d")),
              TableMaintenanceCheck.statement("postgres", new Relation("public", "grown")),
              Statement.rewrite(
                  "Build it anew",
                  "postgres",
                  "REINDEX INDEX CONCURRENTLY",
                  "\"public\".\"fat\"",
                  MOST,
                  false),
              Statement.rewrite(
                  "Rewrite it", "postgres", "VACUUM (FULL, ANALYZE)", GROWN, MOST, true),
              Statement.createIndex("Serves few", "postgres", GROWN, List.of("c")),
              Statement.createIndex("Is not", "postgres", "\"public\".\"t\"", List.of("B'c")));

      assertThat(RealAnsible.play(server, folder, play, "--check")).contains("changed=10 ");
      assertThat(RealAnsible.play(server, folder, play, "--check", "-e", ALLOWED))
          .contains("changed=12 ");
      assertThat(overrides(server))
          .contains("synchronous_commit=off", "enable_sort=off", "jit=off");
      assertThat(RealAnsible.play(server, folder, play)).contains("changed=10 ");
      assertThat(overrides(server).lines())
          .containsExactly("lock_timeout=5min", "statement_timeout=5min");
      assertThat(RealAnsible.play(server, folder, play, "-e", ALLOWED)).contains("changed=1 ");
      assertThat(
              server.sql(
                  "postgres",
                  "SELECT indexrelid::regclass FROM pg_index WHERE indrelid = 't'::regclass"))
          .contains("allowed")
          .doesNotContain("it's");
      assertThat(RealAnsible.play(server, folder, play, "-e", ALLOWED)).contains("changed=0 ");
      assertThat(RealAnsible.play(server, folder, play, "--check", "-e", ALLOWED))
          .contains("changed=0 ");
    } finally {
      server.stop();
    }
  }

  private static EffectiveSetting now(Optional<RoleSetting> override) {
    return new EffectiveSetting(ROLE, "postgres", "0", override);
  }

  private static String overrides(TemporaryPostgres server) throws Exception {
    return server.sql(
        "postgres",
        "SELECT c FROM pg_db_role_setting, unnest(setconfig) c WHERE c NOT LIKE 'search_path%' ORDER BY 1");
  }

  private static String play(Statement... statements) {
    return new StatementPlay(HERE, TemporaryPostgres.PORT, "It is mended", List.of(statements))
        .text();
  }
}
