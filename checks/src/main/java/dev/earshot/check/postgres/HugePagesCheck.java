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
import dev.earshot.evidence.Memory;
import java.util.List;
import java.util.Optional;

/// Each session maps the shared memory with page tables of its own: 8 bytes for each 4 KiB, which
/// is a five-hundred-and-twelfth of it, and for huge pages of 2 MiB next to nothing.
///
/// Limit: from 8 GiB of `shared_buffers` on, a session that has touched all of it holds 16 MiB of
/// page tables, as much as its own memory.
public final class HugePagesCheck implements Check {

  private static final Bytes LARGE = Bytes.ofKiB(8L * 1024 * 1024);

  /// What page tables take of what they map: 8 bytes of 4096.
  private static final int MAPPED = 512;

  private static final String SQL =
      "select name, setting, source from pg_settings where name in ('huge_pages', 'huge_pages_status', 'shared_buffers', 'shared_memory_size_in_huge_pages')";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "machine.memory"),
          List.of(
              new Threshold(
                  "shared_buffers of %s or more without huge pages: low".formatted(LARGE),
                  "a session's page tables are then as large as its own memory; PostgreSQL's manual, Linux Huge Pages")),
          """
          # on the database's host
          sudo -u postgres psql -X -c "SQL"
          grep -E '^(HugePages|PageTables)' /proc/meminfo\
          """
              .replace("SQL", SQL),
          "Set the kernel's vm.nr_hugepages to what shared_memory_size_in_huge_pages says (PostgreSQL 15 and later) and a few more, leave huge_pages at try, and restart PostgreSQL.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.huge-pages",
        "Large shared memory is mapped with huge pages",
        Severity.LOW,
        """
        With small pages each session spends megabytes on page tables alone, and the processor looks \
        them up again and again.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, HugePagesCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    Optional<Bytes> buffers = ServerSetting.blocks(server.settings(), "shared_buffers");
    String wish = server.settings().value("huge_pages");
    if (buffers.isEmpty() || wish.isEmpty()) {
      return server.unknown("shared_buffers or huge_pages could not be read");
    } else if (buffers.get().compareTo(LARGE) < 0) {
      return server.notApplicable(
          "shared_buffers of %s do without huge pages; limit %s".formatted(buffers.get(), LARGE));
    }
    Optional<Boolean> used = used(server, buffers.get(), wish);
    if (used.isEmpty()) {
      return server.unknown("whether the kernel holds huge pages could not be read");
    } else if (used.get()) {
      return server.pass(
          "shared_buffers of %s are mapped with huge pages (huge_pages is %s)"
              .formatted(buffers.get(), wish));
    }
    Bytes tables = new Bytes(buffers.get().value() / MAPPED);
    return server.fail(
        Severity.LOW,
        "shared_buffers of %s are mapped with small pages (huge_pages is %s): up to %s of page tables a session; limit %s"
            .formatted(buffers.get(), wish, tables, LARGE),
        server.byPeople(
            "Reserve huge pages (vm.nr_hugepages, in /etc/sysctl.d) for all of the shared memory, leave huge_pages at try, and restart PostgreSQL.",
            SQL),
        Measurement.of("pageTableBytesPerSession", tables.value(), "pg_settings"));
  }

  /// PostgreSQL 17 and later tell; before, `try` took them where the kernel holds enough.
  private static Optional<Boolean> used(JudgedServer server, Bytes buffers, String wish) {
    String status = server.settings().value("huge_pages_status");
    if (status.equals("on") || status.equals("off")) {
      return Optional.of(status.equals("on"));
    } else if (!wish.equals("try")) {
      return Optional.of(wish.equals("on"));
    }
    return server
        .host()
        .memory()
        .collected()
        .flatMap(Memory::hugePages)
        .map(pages -> pages.compareTo(buffers) >= 0);
  }
}
