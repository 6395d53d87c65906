package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import java.util.List;

/// Compiling a statement takes tens or hundreds of milliseconds and pays off in reports that run
/// for seconds. Applications that ask many small questions only meet it where the planner's
/// estimate is far off; Lemmy saw sessions grow without end by it on PostgreSQL 15 (LemmyNet/lemmy
/// issue 4406).
public final class JitCheck implements Check {

  private static final String SQL = "select name, setting from pg_settings where name like 'jit%'";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity"),
          List.of(
              new Threshold(
                  "on for an application's role: low",
                  "PostgreSQL's manual, When to JIT: mainly long-running, CPU-bound queries; LemmyNet/lemmy issue 4406")),
          "psql -c \"" + SQL + "\"",
          "Turn jit off for the server, and on for the roles that make reports.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.jit",
        "Small queries are not compiled",
        Severity.LOW,
        """
        Where the planner takes a small query for a dear one, compiling it takes longer than running \
        it, and each session keeps the memory.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, JitCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    List<EffectiveSetting> all = EffectiveSetting.of(server, "jit");
    List<EffectiveSetting> on =
        all.stream().filter(one -> !one.value().isEmpty() && !one.isOff()).toList();
    if (server
        .settings()
        .setting("jit_above_cost")
        .filter(cost -> cost.value().equals("-1"))
        .isPresent()) {
      return server.pass("jit_above_cost is -1, so that nothing is compiled");
    } else if (on.isEmpty()) {
      return all.stream().allMatch(EffectiveSetting::isOff)
          ? server.pass("jit is off for %s".formatted(EffectiveSetting.whose(all)))
          : server.unknown("jit could not be read, or is set for the auditing role alone");
    }
    return server.fail(
        Severity.LOW,
        "jit is on for %s; limit off for applications that ask small questions"
            .formatted(EffectiveSetting.whose(on)),
        WantedSettings.remedy(
            server,
            "Turn it off, unless these are reports that run for seconds; a role that needs it can have it by ALTER ROLE.",
            "jit",
            "off",
            on));
  }
}
