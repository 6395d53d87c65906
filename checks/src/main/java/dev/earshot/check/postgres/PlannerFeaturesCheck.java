package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The switches `enable_…` are there to find out why the planner chose a plan, by PostgreSQL's
/// manual a crude method that is meant to be temporary. Left off, every other statement pays.
public final class PlannerFeaturesCheck implements Check {

  /// Off as they come.
  private static final Set<String> USUALLY_OFF =
      Set.of("enable_partitionwise_aggregate", "enable_partitionwise_join");

  private static final String SQL =
      "select name, setting, source, sourcefile, sourceline from pg_settings where name ~ '^(enable_|geqo$)' and setting <> boot_val";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity"),
          List.of(
              new Threshold(
                  "one that is on as it comes is off for an application's role: medium",
                  "PostgreSQL's manual, Query Planning: a crude method, meant as a temporary solution")),
          "psql -c \"" + SQL + "\"   # for roles and databases: psql -c '\\drds'",
          "Turn them on again, and mend the one statement that made somebody turn them off: by ANALYZE, by an index, or by SET LOCAL in its own transaction.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.planner-features",
        "The planner may use all kinds of plans",
        Severity.MEDIUM,
        """
        What was turned off for one statement is missing in the plans of all others, which read \
        whole tables or sort where they need not.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.all(info(), fleet, PlannerFeaturesCheck::judge);
  }

  private static List<Finding> judge(JudgedServer server) {
    return new WantedSettings(
            Stream.concat(server.settings().settings().keySet().stream(), Stream.of("geqo"))
                .filter(name -> name.startsWith("enable_") || name.equals("geqo"))
                .filter(name -> !USUALLY_OFF.contains(name))
                .distinct()
                .collect(
                    Collectors.toMap(
                        Function.identity(),
                        _ ->
                            new WantedSettings.Wanted(
                                "on", Severity.MEDIUM, "no statement gets such a plan"))))
        .judge(
            server,
            "no feature of the planner is turned off",
            "Turn it on again, and mend the statement that it was turned off for.");
  }
}
