package dev.earshot.check.lemmy;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.LemmyDatabase;
import dev.earshot.evidence.LemmyNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// A backend brings the schema to its own state when it starts, and an older backend can't read
/// what a newer one made of it. In the incident a development image did so on production.
///
/// A migration is named after the date it was written at. An image that is older can't know it.
/// That the columns of Lemmy 1.0 are there, or are not, needs no dates.
public final class SchemaCheck implements Check {

  /// Authors and builders live in all time zones.
  private static final Duration TIME_ZONES = Duration.ofDays(1);

  private static final int DATE = "20240115".length();

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "lemmy.schema",
        "The schema of Lemmy's database is not newer than the running release",
        Severity.CRITICAL,
        """
        A newer image migrates the database as soon as it starts. The older release then fails at \
        some of its queries, days later perhaps, and only a backup or a revert of each migration \
        leads back.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "lemmy.database",
            "lemmy.nodeinfo",
            "containers.list",
            "network.addresses",
            "network.listeners",
            "network.sockets"),
        List.of(
            new Card.Threshold(
                "a migration written more than %d h after the image was built: critical"
                    .formatted(TIME_ZONES.toHours()),
                "authors and builders live in all time zones; a migration is named after the time of its writing")),
        """
        # on the database's host: the newest migrations; a version begins with its date
        sudo -u postgres psql -X -d lemmy -c 'select version, run_on from __diesel_schema_migrations order by 1 desc limit 5'
        # on the backend's host: when its image was built
        docker inspect --format '{{.Created}}' "$(docker inspect --format '{{.Image}}' CONTAINER)"\
        """,
        "Go forward to a release that knows the newest migration, or restore the backup from before it. Downgrading the image alone does not help.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return LemmyFleet.judgeDatabases(
        info(), fleet, (host, database) -> judge(fleet, host, database));
  }

  private Finding judge(Fleet fleet, HostEvidence host, LemmyDatabase database) {
    List<HostEvidence> backends = LemmyFleet.backends(fleet, host, database);
    List<String> versions =
        backends.stream()
            .flatMap(backend -> LemmyFleet.nodes(backend).stream())
            .map(LemmyNode::version)
            .distinct()
            .toList();
    String what =
        "%s: newest migration %s of database %s (columns of Lemmy %s)"
            .formatted(
                host.name(),
                database.migration(),
                database.database(),
                database.renamed() ? "1.0" : "0.19");
    List<Release> releases =
        versions.stream().flatMap(version -> Release.of(version).stream()).toList();
    if (releases.isEmpty()) {
      return finding(
          host,
          database,
          new Verdict.Unknown(what + "; which release of Lemmy runs on it is not known"));
    }
    what += ", and on it runs " + String.join(", ", versions);
    if (releases.stream().anyMatch(release -> database.renamed() && !release.hasRenamedColumns())) {
      return fail(
          host, database, Severity.CRITICAL, what + ", which reads the columns of 0.19 only");
    }
    if (releases.stream().anyMatch(release -> !database.renamed() && release.hasRenamedColumns())) {
      return fail(host, database, Severity.HIGH, what + ", whose migrations have not been applied");
    }
    return byDate(host, database, backends, what);
  }

  private Finding byDate(
      HostEvidence host, LemmyDatabase database, List<HostEvidence> backends, String what) {
    Optional<Instant> written = written(database.migration());
    Optional<Instant> built =
        backends.stream()
            .flatMap(backend -> LemmyFleet.containers(backend).stream())
            .flatMap(container -> container.image().built().stream())
            .min(Instant::compareTo);
    if (written.isEmpty() || built.isEmpty()) {
      return finding(
          host,
          database,
          new Verdict.Unknown(
              what
                  + (written.isEmpty()
                      ? ", but the migration has no date in its name"
                      : ", but when that was built is not known: no container of it was seen")));
    }
    LocalDate day = LocalDate.ofInstant(built.get(), ZoneOffset.UTC);
    return written.get().isAfter(built.get().plus(TIME_ZONES))
        ? fail(
            host,
            database,
            Severity.CRITICAL,
            what + ", built %s, before that migration was written".formatted(day))
        : finding(host, database, new Verdict.Pass(what + ", built " + day));
  }

  /// `20240115100133` was written on 15 January 2024.
  private static Optional<Instant> written(String migration) {
    String digits = migration.replace("-", "");
    try {
      return digits.length() < DATE
          ? Optional.empty()
          : Optional.of(
              LocalDate.parse(digits.substring(0, DATE), DateTimeFormatter.BASIC_ISO_DATE)
                  .atStartOfDay(ZoneOffset.UTC)
                  .toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private Finding fail(
      HostEvidence host, LemmyDatabase database, Severity severity, String because) {
    return finding(host, database, new Verdict.Fail(severity, because))
        .with(
            new Remedy(
                "Go forward to a release that knows the newest migration, or restore the backup from before it; downgrading the image alone does not help.",
                "",
                List.of(
                    "%s -d %s -c 'select version, run_on from __diesel_schema_migrations order by 1 desc limit 5'   # on %s"
                        .formatted(
                            database.server().psql(),
                            LemmyFleet.word(database),
                            Quoted.comment(host.name().value())))));
  }

  private Finding finding(HostEvidence host, LemmyDatabase database, Verdict verdict) {
    return Finding.of(info(), LemmyFleet.subject(host, database), verdict);
  }
}
