package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.Memory;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresActivity.Sessions;
import java.util.List;
import java.util.Optional;

/// What sessions take where each of them sorts once, beside `shared_buffers`: those that are open
/// with the `work_mem` of their role and database, those that `max_connections` still allows with
/// the server's.
///
/// Limit: the host's memory. A statement can take `work_mem` several times, and few sessions sort
/// at once; one each is the middle.
public final class WorkMemCheck implements Check {

  private static final String ID = "postgres.work-mem";

  private static final Limit.Share MUCH = new Limit.Share(ID, "much", new Percent(100));

  private static final String SQL =
      "select name, setting, unit, source from pg_settings where name in ('work_mem', 'max_connections', 'shared_buffers')";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity", "machine.memory"),
          List.of(
              new Threshold(
                  "shared_buffers and one work_mem a connection are more than %s of the memory: medium"
                      .formatted(MUCH.usual()),
                  "PostgreSQL's manual on work_mem: several sessions do such work at once; postgresqltuner counts the same",
                  MUCH)),
          """
          # on the database's host
          sudo -u postgres psql -X -c "SQL"
          sudo -u postgres psql -X -c '\\drds'
          free -m\
          """
              .replace("SQL", SQL),
          "Lower max_connections to what the pools need, and give a large work_mem to the roles that make reports alone (ALTER ROLE reports SET work_mem).");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Memory suffices where every connection sorts",
        Severity.MEDIUM,
        """
        On a busy day every session sorts or hashes at the same time. Where that is more than there \
        is, the host swaps, or the kernel ends PostgreSQL.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, WorkMemCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    Optional<Bytes> own = MemorySize.ofKiB(server.settings().value("work_mem"));
    Optional<Bytes> buffers = ServerSetting.blocks(server.settings(), "shared_buffers");
    Optional<Integer> connections = server.settings().count("max_connections");
    Optional<Bytes> memory =
        server.host().memory().collected().map(Memory::total).filter(total -> total.value() > 0);
    if (own.isEmpty()
        || buffers.isEmpty()
        || connections.isEmpty()
        || memory.isEmpty()
        || server.activity().isEmpty()) {
      return server.unknown(
          "its sessions, work_mem, shared_buffers, max_connections or the host's memory could not be read");
    }
    double taken = 0;
    long open = 0;
    for (Sessions sessions : server.activity().get().sessions()) {
      taken +=
          (double) sessions.count()
              * EffectiveSetting.of(
                      server.settings(), sessions.role(), sessions.database(), "work_mem")
                  .size()
                  .orElse(own.get())
                  .value();
      open += sessions.count();
    }
    taken += (double) Math.max(0, connections.get() - open) * own.get().value();
    Percent limit = server.thresholds().of(MUCH);
    Percent share = Percent.ofRatio((buffers.get().value() + taken) / memory.get().value());
    String told =
        "shared_buffers of %s and one sort in each of %d connections (work_mem %s) are %s of the host's %s; limit %s"
            .formatted(buffers.get(), connections.get(), own.get(), share, memory.get(), limit);
    Measurement measured =
        Measurement.limited(
            "workMemPercent", share.value(), limit.value(), "pg_settings, /proc/meminfo");
    return share.compareTo(limit) <= 0
        ? server.pass(told, measured)
        : server.fail(
            Severity.MEDIUM,
            told,
            server.byPeople(
                "Lower max_connections to what the pools need, or work_mem; give more to the roles that make reports alone, by ALTER ROLE.",
                SQL),
            measured);
  }
}
