package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A major version gets corrections for five years. Dates: "Final Release" in the table of
/// https://www.postgresql.org/support/versioning/. They are held against the time of the audit.
public final class SupportedVersionCheck implements Check {

  private static final int OLDEST = 10;
  private static final Period SOON = Period.ofMonths(6);

  private static final Map<Integer, LocalDate> FINAL_RELEASE =
      Map.of(
          10, LocalDate.of(2022, 11, 10),
          11, LocalDate.of(2023, 11, 9),
          12, LocalDate.of(2024, 11, 21),
          13, LocalDate.of(2025, 11, 13),
          14, LocalDate.of(2026, 11, 12),
          15, LocalDate.of(2027, 11, 11),
          16, LocalDate.of(2028, 11, 9),
          17, LocalDate.of(2029, 11, 8),
          18, LocalDate.of(2030, 11, 14));

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.supported-version",
        "PostgreSQL still gets corrections",
        Severity.HIGH,
        """
        After its final release a major version gets no corrections any more, neither for lost data \
        nor for holes in security.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("postgres.settings", "network.addresses", "network.listeners", "network.sockets"),
        List.of(
            new Card.Threshold(
                "after its final release: high",
                "the table of https://www.postgresql.org/support/versioning/"),
            new Card.Threshold(
                "less than %d months before it: medium".formatted(SOON.toTotalMonths()),
                "our own choice: the time that planning and trying an upgrade takes")),
        """
        # on the database's host; compare with https://www.postgresql.org/support/versioning/
        sudo -u postgres psql -X -c 'show server_version'\
        """,
        "Plan the upgrade to a newer major version, with pg_upgrade or by logical replication, and try it on a copy first.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Instant now = fleet.evidence().takenAt();
    return Servers.judge(
        info(),
        fleet,
        (host, settings) ->
            List.of(judge(host, settings, LocalDate.ofInstant(now, ZoneOffset.UTC))));
  }

  private Finding judge(HostEvidence host, PostgresSettings settings, LocalDate today) {
    Subject subject = Servers.subject(host, settings);
    int major = settings.version() / 10_000;
    if (major > 0 && major < OLDEST) {
      return fail(host, settings, Severity.HIGH, "a version 9 or older, out of support since 2021");
    }
    Optional<LocalDate> end = Optional.ofNullable(FINAL_RELEASE.get(major));
    if (end.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown(
              "%s: no date is known for PostgreSQL %d; see https://www.postgresql.org/support/versioning/"
                  .formatted(host.name(), major)));
    }
    String told = "PostgreSQL %d, whose final release is that of %s".formatted(major, end.get());
    if (today.isAfter(end.get())) {
      return fail(host, settings, Severity.HIGH, told);
    }
    return today.isAfter(end.get().minus(SOON))
        ? fail(host, settings, Severity.MEDIUM, told)
        : Finding.of(info(), subject, new Verdict.Pass("%s: %s".formatted(host.name(), told)));
  }

  private Finding fail(
      HostEvidence host, PostgresSettings settings, Severity severity, String told) {
    return Finding.of(
            info(),
            Servers.subject(host, settings),
            new Verdict.Fail(severity, "%s: it runs %s".formatted(host.name(), told)))
        .with(
            new Remedy(
                "Plan the upgrade to a newer major version, with pg_upgrade or by logical replication, and try it on a copy first.",
                "",
                List.of(
                    "%s -c 'select version()'   # on %s"
                        .formatted(
                            settings.server().psql(), Quoted.comment(host.name().value())))));
  }
}
