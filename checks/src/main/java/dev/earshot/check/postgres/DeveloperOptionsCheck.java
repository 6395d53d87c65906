package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.check.postgres.WantedSettings.Wanted;
import java.util.List;
import java.util.Map;

/// What PostgreSQL's manual calls developer options, and its statistics for profiling: "they should
/// never be used on a production database". Those that hide damage are judged by
/// `postgres.crash-safety`.
public final class DeveloperOptionsCheck implements Check {

  private static final String PROFILING = "every statement writes its profile into the log";
  private static final String PRINTING = "every statement's tree goes into the log";
  private static final String PARALLEL = "small queries are run by several processes";

  private static final WantedSettings OPTIONS =
      new WantedSettings(
          Map.ofEntries(
              Map.entry("pre_auth_delay", new Wanted("0", Severity.HIGH, waits())),
              Map.entry("post_auth_delay", new Wanted("0", Severity.HIGH, waits())),
              Map.entry(
                  "debug_discard_caches",
                  new Wanted("0", Severity.HIGH, "sessions read the catalogue again and again")),
              Map.entry(
                  "allow_system_table_mods",
                  new Wanted("off", Severity.MEDIUM, "a mistake can destroy the catalogue")),
              Map.entry(
                  "wal_consistency_checking",
                  new Wanted("", Severity.MEDIUM, "WAL carries whole pages, to compare them")),
              Map.entry("debug_parallel_query", new Wanted("off", Severity.MEDIUM, PARALLEL)),
              Map.entry("force_parallel_mode", new Wanted("off", Severity.MEDIUM, PARALLEL)),
              Map.entry("log_parser_stats", new Wanted("off", Severity.LOW, PROFILING)),
              Map.entry("log_planner_stats", new Wanted("off", Severity.LOW, PROFILING)),
              Map.entry("log_executor_stats", new Wanted("off", Severity.LOW, PROFILING)),
              Map.entry("log_statement_stats", new Wanted("off", Severity.LOW, PROFILING)),
              Map.entry("debug_print_parse", new Wanted("off", Severity.LOW, PRINTING)),
              Map.entry("debug_print_rewritten", new Wanted("off", Severity.LOW, PRINTING)),
              Map.entry("debug_print_plan", new Wanted("off", Severity.LOW, PRINTING)),
              Map.entry(
                  "trace_sort",
                  new Wanted("off", Severity.LOW, "every sort writes lines into the log"))));

  private static final String SQL =
      "select name, setting, source, sourcefile, sourceline from pg_settings where (category = 'Developer Options' or name ~ '_auth_delay|^log_.*_stats|^debug_') and setting <> boot_val";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity"),
          List.of(
              new Threshold(
                  "pre_auth_delay or post_auth_delay above 0, or debug_discard_caches: high",
                  "postgresqltuner takes the same; every login, or every statement, waits"),
              new Threshold(
                  "allow_system_table_mods, wal_consistency_checking or forced parallel plans: medium",
                  "PostgreSQL's manual, Developer Options: never on a production database"),
              new Threshold(
                  "profiles and trees of every statement in the log: low",
                  "PostgreSQL's manual: a crude profiling instrument")),
          "psql -c \"" + SQL + "\"",
          "Take each back to its usual value and reload the server.");

  private static String waits() {
    return "every login waits for so many seconds";
  }

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.developer-options",
        "No option for PostgreSQL's own developers is set",
        Severity.HIGH,
        """
        They are made to provoke or to watch mistakes in the server itself: logins wait, statements \
        get slow or fill the log, and the catalogue is open to mistakes.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.all(
        info(),
        fleet,
        server ->
            OPTIONS.judge(
                server,
                "no option for developers is set",
                "Take it back, and let the server read it."));
  }
}
