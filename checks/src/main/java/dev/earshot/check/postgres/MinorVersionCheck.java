package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A minor release has corrections alone, and takes no more than a restart. Releases are those of
/// https://www.postgresql.org/docs/release/, held against the time of the audit.
///
/// Limits: a month is what planning a restart takes; each of the four releases of a year corrected
/// holes in security. Three months after the newest release that is known here, nobody can say what
/// is out.
public final class MinorVersionCheck implements Check {

  private static final String ID = "postgres.minor-version";

  private static final Limit.Time LATE = new Limit.Time(ID, "late", Duration.ofDays(30));
  private static final Limit.Time VERY_LATE =
      new Limit.Time(ID, "very_late", Duration.ofDays(365), LATE);

  /// PostgreSQL releases every three months, in the second week of February, May, August and
  /// November: so long after the last release that is known here, there is a newer one.
  private static final Duration KNOWN_FOR = Duration.ofDays(100);

  /// The newest minor version of each major one on a day. 18.5 was never released: that of August
  /// 2026 is 18.6.
  private record Release(LocalDate day, Map<Integer, Integer> minors) {}

  /// The oldest first.
  private static final List<Release> RELEASES =
      List.of(
          new Release(LocalDate.of(2024, 11, 21), Map.of(12, 22)),
          new Release(LocalDate.of(2025, 5, 8), Map.of(17, 5, 16, 9, 15, 13, 14, 18, 13, 21)),
          new Release(LocalDate.of(2025, 8, 14), Map.of(17, 6, 16, 10, 15, 14, 14, 19, 13, 22)),
          new Release(
              LocalDate.of(2025, 11, 13), Map.of(18, 1, 17, 7, 16, 11, 15, 15, 14, 20, 13, 23)),
          new Release(LocalDate.of(2026, 2, 12), Map.of(18, 2, 17, 8, 16, 12, 15, 16, 14, 21)),
          new Release(LocalDate.of(2026, 2, 26), Map.of(18, 3, 17, 9, 16, 13, 15, 17, 14, 22)),
          new Release(LocalDate.of(2026, 5, 14), Map.of(18, 4, 17, 10, 16, 14, 15, 18, 14, 23)),
          new Release(LocalDate.of(2026, 8, 13), Map.of(18, 6, 17, 11, 16, 15, 15, 19, 14, 24)));

  private static final Pattern UNFINISHED = Pattern.compile("\\d+(devel|alpha|beta|rc).*");

  private static final String SQL = "show server_version";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings"),
          List.of(
              new Threshold(
                  "a release of its major version is out for more than 30 d, and not installed: medium",
                  "our own choice: the time that planning a restart takes",
                  LATE),
              new Threshold(
                  "the same for more than 365 d: high",
                  "each of the four releases of a year corrected holes in security",
                  VERY_LATE),
              new Threshold(
                  "a development, beta or candidate version: high",
                  "postgresqltuner takes the same; its files may not fit the finished version")),
          "psql -c \"" + SQL + "\"   # compare with https://www.postgresql.org/docs/release/",
          "Install the newest package of the same major version, and restart PostgreSQL; nothing is migrated.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "PostgreSQL has its major version's corrections",
        Severity.HIGH,
        """
        Minor releases correct lost data and holes in security that everybody can read about from \
        that day on.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Instant now = fleet.evidence().takenAt();
    return Servers.each(info(), fleet, server -> judge(server, now));
  }

  private static Finding judge(JudgedServer server, Instant now) {
    int major = server.settings().version() / 10_000;
    int minor = server.settings().version() % 10_000;
    String version = server.settings().value("server_version");
    if (UNFINISHED.matcher(version).matches()) {
      return fail(
          server, Severity.HIGH, "it runs PostgreSQL %s, which is not finished".formatted(version));
    }
    String told = "it runs PostgreSQL %d.%d".formatted(major, minor);
    List<Release> ofMajor =
        RELEASES.stream().filter(release -> release.minors().containsKey(major)).toList();
    if (ofMajor.isEmpty()) {
      return major < 12
          ? server.notApplicable(told + ", which gets no corrections any more")
          : server.unknown(told + ", whose releases are not known here: " + where());
    }
    Optional<Release> missed =
        ofMajor.stream()
            .filter(release -> minor < release.minors().getOrDefault(major, 0))
            .min(Comparator.comparing(Release::day));
    Release newest = ofMajor.getLast();
    String release = "%d.%d of %s".formatted(major, newest.minors().get(major), newest.day());
    if (missed.isPresent()) {
      Duration late = Duration.between(begin(missed.get()), now);
      Duration limit = server.thresholds().of(LATE);
      boolean known = !begin(newest).isAfter(now);
      String behind =
          "%s; %d.%d is out since %s%s; limit %s"
              .formatted(
                  told,
                  major,
                  missed.get().minors().get(major),
                  missed.get().day(),
                  known && !newest.equals(missed.get())
                      ? ", the newest known here is " + release
                      : "",
                  Spans.told(limit));
      if (late.compareTo(limit) > 0) {
        return fail(
            server,
            late.compareTo(server.thresholds().of(VERY_LATE)) > 0 ? Severity.HIGH : Severity.MEDIUM,
            behind);
      }
      return late.isNegative()
          ? server.pass(told + ", of which no newer release was out")
          : server.pass(behind);
    }
    return isOver(major) || Duration.between(begin(newest), now).compareTo(KNOWN_FOR) <= 0
        ? server.pass("%s; the newest known here is %s".formatted(told, release))
        : server.unknown(
            "%s; the newest known here is %s, and others have followed since (there is one every three months): %s"
                .formatted(told, release, where()));
  }

  /// Whether its last release is known.
  private static boolean isOver(int major) {
    return !RELEASES.getLast().minors().containsKey(major);
  }

  private static Instant begin(Release release) {
    return release.day().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static String where() {
    return "see https://www.postgresql.org/docs/release/";
  }

  private static Finding fail(JudgedServer server, Severity severity, String told) {
    return server.fail(
        severity,
        told,
        server.byPeople(
            "Install the newest package of the same major version (a finished one where it is none), and restart PostgreSQL; nothing is migrated.",
            SQL));
  }
}
