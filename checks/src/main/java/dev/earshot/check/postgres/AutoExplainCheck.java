package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import java.util.List;

/// `auto_explain` with `log_analyze` times each node of every plan, whether it gets logged or not;
/// PostgreSQL's manual: this "can have an extremely negative impact on performance", and less with
/// `log_timing` off or a `sample_rate` below 1.
public final class AutoExplainCheck implements Check {

  private static final String NAME = "auto_explain";
  private static final String ANALYZE = "auto_explain.log_analyze";
  private static final String TIMING = "auto_explain.log_timing";
  private static final String LEAST = "auto_explain.log_min_duration";
  private static final String RATE = "auto_explain.sample_rate";

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
    if (server.settings().setting("shared_preload_libraries").isEmpty()) {
      return server.unknown("shared_preload_libraries could not be read");
    }
    List<EffectiveSetting> loading =
        EffectiveSetting.of(server, "session_preload_libraries").stream()
            .filter(one -> isLoaded(server, one))
            .toList();
    if (loading.isEmpty()) {
      return server.notApplicable("auto_explain is not loaded");
    }
    List<EffectiveSetting> timing =
        loading.stream()
            .filter(one -> isOn(one.another(server, ANALYZE)))
            .map(one -> one.another(server, TIMING))
            .filter(one -> !one.isOff())
            .toList();
    List<EffectiveSetting> always = timing.stream().filter(one -> !isSampled(server, one)).toList();
    if (!always.isEmpty()) {
      return server.fail(
          Severity.MEDIUM,
          "auto_explain times every node of every plan for %s (log_analyze and log_timing are on); limit off"
              .formatted(EffectiveSetting.whose(always)),
          remedy(server, always));
    } else if (!timing.isEmpty()) {
      return server.pass("auto_explain looks at some of the statements alone, or at none");
    }
    return loading.stream().allMatch(one -> one.another(server, ANALYZE).value().isEmpty())
        ? server.unknown("auto_explain is loaded, and its settings could not be read")
        : server.pass("auto_explain times no nodes of plans");
  }

  private static boolean isLoaded(JudgedServer server, EffectiveSetting ofSession) {
    return ofSession.value().contains(NAME)
        || server.settings().value("shared_preload_libraries").contains(NAME);
  }

  private static boolean isOn(EffectiveSetting setting) {
    return !setting.value().isEmpty() && !setting.isOff();
  }

  /// What is not shown is as it comes, or set where nobody sees it: no excuse.
  private static boolean isSampled(JudgedServer server, EffectiveSetting of) {
    return of.another(server, LEAST).value().startsWith("-")
        || of.another(server, RATE).number().filter(rate -> rate < 1).isPresent();
  }

  /// Where the server has the clock off already, roles and databases turned it on.
  private static Remedy remedy(JudgedServer server, List<EffectiveSetting> always) {
    String summary =
        "Turn the clock off and let the server read it; plans still tell how many rows there were.";
    return EffectiveSetting.of(server.settings(), "", "", TIMING).isOff()
        ? WantedSettings.remedy(server, summary, TIMING, "off", always)
        : ServerSetting.alterSystem(server.host(), server.settings(), summary, TIMING, "off");
  }
}
