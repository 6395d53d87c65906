package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import java.util.List;
import java.util.stream.Stream;

/// `auto_explain` with `log_analyze` times each node of every plan, whether it gets logged or not;
/// PostgreSQL's manual: this "can have an extremely negative impact on performance", and less with
/// `log_timing` off or a `sample_rate` below 1.
public final class AutoExplainCheck implements Check {

  private static final String ANALYZE = "auto_explain.log_analyze";
  private static final String TIMING = "auto_explain.log_timing";

  private static final String SQL =
      "select name, setting, source from pg_settings where name like 'auto_explain.%'";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity"),
          List.of(
              new Threshold(
                  "log_analyze and log_timing on, for all statements: medium",
                  "PostgreSQL's manual, auto_explain: each node of every plan is timed")),
          "psql -c \"" + SQL + "\"",
          "Turn auto_explain.log_timing off: plans then tell rows, and no times of nodes; or let auto_explain.sample_rate be some hundredths.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.auto-explain",
        "Statements run without a clock at every node of their plan",
        Severity.MEDIUM,
        """
        Timing every node asks the clock twice a row. Statements that read many rows take a multiple \
        of their time, whether their plan is logged or not.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, AutoExplainCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    boolean loaded =
        Stream.of("shared_preload_libraries", "session_preload_libraries")
            .flatMap(name -> EffectiveSetting.of(server, name).stream())
            .anyMatch(libraries -> libraries.value().contains("auto_explain"));
    if (server.settings().setting("shared_preload_libraries").isEmpty()) {
      return server.unknown("shared_preload_libraries could not be read");
    } else if (!loaded) {
      return server.notApplicable("auto_explain is not loaded");
    }
    List<EffectiveSetting> analyzing =
        EffectiveSetting.of(server, ANALYZE).stream()
            .filter(one -> !one.value().isEmpty() && !one.isOff())
            .toList();
    List<EffectiveSetting> timing =
        EffectiveSetting.of(server, TIMING).stream()
            .filter(one -> !one.isOff())
            .filter(one -> analyzing.stream().anyMatch(other -> isSameSession(one, other)))
            .toList();
    if (isSampled(server)) {
      return server.pass("auto_explain looks at some of the statements alone, or at none");
    } else if (!timing.isEmpty()) {
      return server.fail(
          Severity.MEDIUM,
          "auto_explain times every node of every plan for %s (log_analyze and log_timing are on); limit off"
              .formatted(EffectiveSetting.whose(timing)),
          ServerSetting.alterSystem(
              server.host(),
              server.settings(),
              "Turn the clock off and let the server read it; plans still tell how many rows there were.",
              TIMING,
              "off"));
    }
    return server.settings().setting(ANALYZE).isPresent() || !analyzing.isEmpty()
        ? server.pass("auto_explain times no nodes of plans")
        : server.unknown("auto_explain is loaded, and its settings could not be read");
  }

  private static boolean isSameSession(EffectiveSetting one, EffectiveSetting other) {
    return one.role().equals(other.role()) && one.database().equals(other.database());
  }

  private static boolean isSampled(JudgedServer server) {
    String rate = server.settings().value("auto_explain.sample_rate");
    return server.settings().value("auto_explain.log_min_duration").equals("-1")
        || rate.startsWith("0")
        || rate.startsWith(".");
  }
}
