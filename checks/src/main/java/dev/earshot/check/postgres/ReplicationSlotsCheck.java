package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Slot;
import dev.earshot.evidence.PostgresSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A replication slot keeps WAL until its consumer has read it, for ever if the consumer never
/// comes back: the disk fills, and the server stops. With `max_slot_wal_keep_size` set it is the
/// slot that is given up instead.
///
/// Limits: `max_wal_size`, beyond which no checkpoint lets WAL grow by itself; a quarter of
/// `max_slot_wal_keep_size`, which is all that a slot has left that has kept three quarters.
public final class ReplicationSlotsCheck implements Check {

  /// Of `max_slot_wal_keep_size`.
  private static final int NEAR = 4;

  private static final String SQL =
      "select slot_name, slot_type, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) as keeps from pg_replication_slots order by restart_lsn";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "nobody follows it: medium, and high once it keeps more than max_wal_size",
                  "it keeps WAL without end, by PostgreSQL's manual on replication slots"),
              new Threshold(
                  "followed, and keeping more than max_wal_size: medium",
                  "its consumer does not keep up"),
              new Threshold(
                  "less than a quarter of max_slot_wal_keep_size to go until it is given up: medium",
                  "our own choice, by safe_wal_size of PostgreSQL 13 and later; a slot that has caught up has all of it to go"),
              new Threshold(
                  "max_slot_wal_keep_size is -1: low",
                  "PostgreSQL's manual: slots may then keep an unlimited amount of WAL"),
              new Threshold(
                  "wal_status unreserved or lost: high",
                  "its consumer can't go on, by the manual on pg_replication_slots")),
          "psql -c \"" + SQL + "\"",
          "Drop slots that nobody follows, and set max_slot_wal_keep_size so that a lost consumer can't fill the disk.");

  /// @param kept what a slot may keep
  /// @param left what it should have to go until it is given up; nothing where it never is
  private record Limits(Bytes kept, Optional<Bytes> left) {

    static Limits of(PostgresSettings settings) {
      return new Limits(
          mebibytes(settings.count("max_wal_size").orElse(1024)),
          settings
              .count("max_slot_wal_keep_size")
              .map(keep -> new Bytes(mebibytes(keep).value() / NEAR)));
    }

    private static Bytes mebibytes(int count) {
      return Bytes.ofKiB(count * 1024L);
    }

    boolean isNear(Slot slot) {
      return slot.safe()
          .filter(safe -> left.filter(least -> safe.compareTo(least) < 0).isPresent())
          .isPresent();
    }

    @Override
    public String toString() {
      return "%s (max_wal_size)%s and a consumer"
          .formatted(
              kept,
              left.map(least -> ", %s to go (a quarter of max_slot_wal_keep_size)".formatted(least))
                  .orElse(""));
    }
  }

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.replication-slots",
        "Every replication slot is followed",
        Severity.HIGH,
        """
        A slot whose consumer is gone keeps every byte of WAL until the disk is full and the server \
        stops; one that was given up leaves its standby to be built anew.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, ReplicationSlotsCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.slots().isEmpty()) {
      return server.unknown("its replication slots could not be read");
    }
    List<Slot> slots = health.slots().get();
    if (slots.isEmpty()) {
      return server.notApplicable("it has no replication slots");
    }
    Limits limits = Limits.of(server.settings());
    long most =
        slots.stream()
            .flatMap(slot -> slot.retained().stream())
            .mapToLong(Bytes::value)
            .max()
            .orElse(0);
    Measurement measured =
        Measurement.limited(
            "slotRetainedBytes", most, limits.kept().value(), "pg_replication_slots");
    Optional<Severity> worst =
        slots.stream()
            .flatMap(slot -> severity(slot, limits).stream())
            .min(Comparator.naturalOrder());
    if (worst.isEmpty() && server.settings().value("max_slot_wal_keep_size").equals("-1")) {
      return unbounded(server, slots.size(), measured);
    } else if (worst.isEmpty()) {
      return server.pass(
          "all %d slots are followed and keep %s at most; limit %s (max_wal_size)"
              .formatted(slots.size(), new Bytes(most), limits.kept()),
          measured);
    }
    List<String> told =
        slots.stream()
            .filter(slot -> severity(slot, limits).isPresent())
            .map(slot -> told(slot, limits))
            .toList();
    return server.fail(
        worst.get(),
        "replication slots: %s; limit %s".formatted(JudgedServer.some(told), limits),
        server.byPeople(
            "Bring the consumer back, or drop the slot with pg_drop_replication_slot; and set max_slot_wal_keep_size.",
            SQL),
        measured);
  }

  /// A quarter of the disk would be too little on some, and too much on others: people choose.
  private static Finding unbounded(JudgedServer server, int slots, Measurement measured) {
    return server.fail(
        Severity.LOW,
        "all %d slots are followed, and nothing bounds what one keeps whose consumer goes away (max_slot_wal_keep_size is -1); limit what the disk can spare"
            .formatted(slots),
        server.byPeople(
            "Set max_slot_wal_keep_size to what the disk can spare: a consumer that stays away longer has to be built anew, and the server goes on.",
            SQL),
        measured);
  }

  /// Nothing where it is well.
  private static Optional<Severity> severity(Slot slot, Limits limits) {
    boolean much = slot.retained().filter(kept -> kept.compareTo(limits.kept()) > 0).isPresent();
    if (isGivenUp(slot)) {
      return Optional.of(Severity.HIGH);
    } else if (slot.synced()) {
      return Optional.empty();
    } else if (slot.active()) {
      return much || limits.isNear(slot) ? Optional.of(Severity.MEDIUM) : Optional.empty();
    }
    return slot.retained().isEmpty()
        ? Optional.empty()
        : Optional.of(much ? Severity.HIGH : Severity.MEDIUM);
  }

  private static boolean isGivenUp(Slot slot) {
    return slot.walStatus().equals("lost") || slot.walStatus().equals("unreserved");
  }

  private static String told(Slot slot, Limits limits) {
    return "%s (%s) keeps %s, %s%s"
        .formatted(
            slot.name(),
            slot.type(),
            slot.retained().map(Bytes::toString).orElse("nothing"),
            isGivenUp(slot)
                ? "its WAL is " + slot.walStatus()
                : slot.active() ? "its consumer is behind" : "nobody follows it",
            slot.safe()
                .filter(_ -> !isGivenUp(slot) && limits.isNear(slot))
                .map(safe -> " and it is given up after %s more".formatted(safe))
                .orElse(""));
  }
}
