package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.Disk;
import dev.earshot.evidence.Memory;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresSettings;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the planner takes the machine for. `random_page_cost` is 4 as it comes, for disks that
/// turn; `effective_cache_size` is how much of the data it may expect in memory.
///
/// Limits: whether a disk turns is measured, not read, since virtual machines say anything: a disk
/// that turns needs 4 ms and more for a read at random, by half a turn alone. PostgreSQL's manual
/// counts a random read twice a sequential one and less on others. A cache of less than
/// `shared_buffers`, or more than all of the memory, is not there.
public final class PlannerCostsCheck implements Check {

  private static final String ID = "postgres.planner-costs";

  private static final Limit.Time TURNING = new Limit.Time(ID, "turning", Duration.ofMillis(2));
  private static final double DEAR = 2;
  private static final long ENOUGH = 1000;

  private static final String SQL =
      "select name, setting, unit, source from pg_settings where name in ('random_page_cost', 'seq_page_cost', 'effective_cache_size', 'shared_buffers')";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "machine.memory", "machine.disks"),
          List.of(
              new Threshold(
                  "random_page_cost more than %.0f times seq_page_cost, on a disk whose reads take 2 ms or less: low"
                      .formatted(DEAR),
                  "half a turn of a disk takes 4 ms; PostgreSQL's manual on random_page_cost",
                  TURNING),
              new Threshold(
                  "effective_cache_size above the host's memory, or below shared_buffers: low",
                  "PostgreSQL's manual: shared buffers and the kernel's cache together")),
          """
          # on the database's host; r_await is the mean time of a read in ms
          sudo -u postgres psql -X -c "SQL"
          iostat -x
          free -m\
          """
              .replace("SQL", SQL),
          "Set random_page_cost to 1.1 where the disk does not turn, and effective_cache_size to what the host has for shared buffers and cache together, three quarters of its memory as a rule.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "The planner knows the machine",
        Severity.LOW,
        """
        Where random reads are taken for dearer than they are, or the cache for another size, the \
        planner reads whole tables though an index would be faster.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, PlannerCostsCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    Optional<Finding> cache = cache(server);
    if (cache.isPresent()) {
      return cache.get();
    }
    Optional<Double> ratio = ratio(server.settings());
    if (ratio.isEmpty()) {
      return server.unknown("random_page_cost or seq_page_cost could not be read");
    } else if (ratio.get() <= DEAR) {
      return server.pass(
          "a random read counts %.1f times a sequential one; limit %.0f"
              .formatted(ratio.get(), DEAR));
    }
    Optional<List<Disk>> disks = server.host().disks().latest().collected();
    if (disks.isEmpty()) {
      return server.unknown("how long reads from its disk take could not be read");
    }
    return disk(disks.get(), server.settings())
        .filter(disk -> disk.reads() >= ENOUGH)
        .map(disk -> judge(server, ratio.get(), disk))
        .orElseGet(() ->
            server.notApplicable(
                "its disk has read fewer than %d times since boot, and may turn or not"
                    .formatted(ENOUGH)));
  }

  private static Finding judge(JudgedServer server, double ratio, Disk disk) {
    Duration read = disk.readTime().dividedBy(disk.reads());
    Duration limit = server.thresholds().of(TURNING);
    String told =
        "a random read counts %.1f times a sequential one, and one from disk %s takes %s on average since boot; limit %.0f times on disks that answer within %s"
            .formatted(ratio, disk.name(), Millis.format(read), DEAR, Millis.format(limit));
    Measurement measured =
        Measurement.limited("diskReadMs", Millis.of(read), Millis.of(limit), "/proc/diskstats");
    return read.compareTo(limit) > 0
        ? server.pass(told, measured)
        : server.fail(
            Severity.LOW,
            told,
            set(
                server,
                "Tell the planner that the disk does not turn; plans change, so look at the slowest statements before and after.",
                "random_page_cost",
                "1.1"),
            measured);
  }

  /// Nothing where it is well, as far as it can be told.
  private static Optional<Finding> cache(JudgedServer server) {
    Optional<Bytes> cache = ServerSetting.blocks(server.settings(), "effective_cache_size");
    Optional<Bytes> buffers = ServerSetting.blocks(server.settings(), "shared_buffers");
    Optional<Bytes> memory =
        server.host().memory().collected().map(Memory::total).filter(total -> total.value() > 0);
    if (cache.isEmpty() || buffers.isEmpty() || memory.isEmpty()) {
      return Optional.of(
          server.unknown(
              "effective_cache_size, shared_buffers or the host's memory could not be read"));
    } else if (cache.get().compareTo(memory.get()) <= 0
        && cache.get().compareTo(buffers.get()) >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        server.fail(
            Severity.LOW,
            "effective_cache_size is %s; limit from shared_buffers (%s) to the host's memory (%s)"
                .formatted(cache.get(), buffers.get(), memory.get()),
            set(
                server,
                "Set three quarters of the memory where the host serves PostgreSQL alone, less where it does not; nothing is taken, it is an estimate.",
                "effective_cache_size",
                "%dMB".formatted(memory.get().value() * 3 / 4 / 1024 / 1024))));
  }

  private static Remedy set(JudgedServer server, String summary, String name, String value) {
    return ServerSetting.alterSystem(server.host(), server.settings(), summary, name, value);
  }

  private static Optional<Double> ratio(PostgresSettings settings) {
    return settings
        .number("random_page_cost")
        .filter(random -> random >= 0)
        .flatMap(random ->
            settings
                .number("seq_page_cost")
                .filter(sequential -> sequential > 0)
                .map(sequential -> random / sequential));
  }

  /// The one under the data directory; where its name leads nowhere (LVM, say), the one that read
  /// most.
  private static Optional<Disk> disk(List<Disk> disks, PostgresSettings settings) {
    Optional<String> device = settings.device().map(name -> name.replaceFirst("^/dev/", ""));
    return disks.stream()
        .filter(disk -> device.filter(name -> name.startsWith(disk.name())).isPresent())
        .max(Comparator.comparingInt(disk -> disk.name().length()))
        .or(() -> disks.stream().max(Comparator.comparingLong(Disk::reads)));
  }
}
