package dev.earshot.check.pgbouncer;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PgBouncer;
import dev.earshot.evidence.PgBouncer.Database;
import dev.earshot.evidence.PgBouncer.Pool;
import dev.earshot.evidence.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One PgBouncer under the check on pools, and the limits of that.
record Judged(CheckInfo check, HostEvidence host, PgBouncer pooler, Thresholds thresholds) {

  static final String ID = "pgbouncer.pools";

  static final Limit.Time WAITING = new Limit.Time(ID, "waiting", Duration.ofMillis(2));
  static final Limit.Time WAITING_LONG =
      new Limit.Time(ID, "waiting_long", Duration.ofSeconds(1), WAITING);
  static final Limit.Share NEAR = new Limit.Share(ID, "near", new Percent(80));

  private static final int USUAL_PORT = 6432;

  /// Debian's.
  private static final String USUAL_FILE = "/etc/pgbouncer/pgbouncer.ini";

  /// A playbook with all rights changes no other file that a host says.
  private static final Pattern FILE = Pattern.compile("/etc/pgbouncer/[A-Za-z0-9_-]+\\.ini");

  /// @param thing of it, or empty
  Subject subject(String thing) {
    String which =
        pooler.server().equals(PostgresServer.onHost(USUAL_PORT)) ? "" : pooler.server() + " ";
    String detail = (which + thing).strip();
    return new Subject.OfHost(
        host.name(), detail.isEmpty() ? Optional.empty() : Optional.of(detail));
  }

  /// What makes clients of every pool wait, or turns them away.
  List<Finding> limits() {
    List<Finding> findings = new ArrayList<>();
    Percent near = thresholds.of(NEAR);
    int clients = pooler.clients().orElse(0);
    int most = pooler.mostClients().orElse(0);
    if (most > 0 && clients >= most * near.ratio()) {
      findings.add(
          fail(
              Severity.HIGH,
              "clients",
              "%d of %d clients are connected (max_client_conn); limit %s"
                  .formatted(clients, most, near),
              setting(
                  "Raise max_client_conn, and the open files that PgBouncer may have (LimitNOFILE) with it; clients cost it little.",
                  "PgBouncer lets more clients in",
                  "max_client_conn",
                  String.valueOf(2L * most)),
              Measurement.limited(
                  "clientsUsedPercent",
                  Percent.ofRatio((double) clients / most).value(),
                  near.value(),
                  "SHOW LISTS")));
    }
    for (Database database : pooler.databases()) {
      if (database.paused() || database.disabled()) {
        findings.add(
            fail(
                Severity.HIGH,
                "database " + database.name(),
                "database %s is %s; limit neither"
                    .formatted(
                        database.name(),
                        database.paused()
                            ? "paused, and its clients wait"
                            : "disabled, and its clients are refused"),
                byPeople(
                    database.paused()
                        ? "RESUME the database in PgBouncer's console, once what it was paused for is done."
                        : "ENABLE the database in PgBouncer's console, once what it was disabled for is done.",
                    "show databases")));
      }
    }
    return findings;
  }

  /// Nothing where its clients do not wait for long.
  Optional<Finding> pool(Pool pool, Waiting waiting) {
    Duration longest = thresholds.of(WAITING_LONG);
    Duration slow = thresholds.of(WAITING);
    boolean tooLong = pool.longestWait().compareTo(longest) > 0;
    boolean often =
        waiting.throughout()
            || waiting.mean().filter(mean -> mean.compareTo(slow) >= 0).isPresent();
    if (!tooLong && !often) {
      return Optional.empty();
    }
    String told =
        "%d clients wait for a connection to %s as %s, the longest for %s%s; %s; limit %s"
            .formatted(
                pool.waiting(),
                pool.database(),
                pool.role(),
                Millis.format(pool.longestWait()),
                waiting
                    .mean()
                    .map(mean ->
                        ", and a transaction waits %s on average".formatted(Millis.format(mean)))
                    .orElse(""),
                why(pool),
                Limit.Time.told(tooLong ? longest : slow));
    return Optional.of(
        fail(
            tooLong ? Severity.HIGH : Severity.MEDIUM,
            "pool %s/%s".formatted(pool.database(), pool.role()),
            told,
            remedy(pool),
            Measurement.limited("clientsWaiting", pool.waiting(), 0, "SHOW POOLS")));
  }

  private int size(Pool pool) {
    return pooler.database(pool).map(Database::size).orElse(0);
  }

  private boolean isFull(Pool pool) {
    return pool.open() >= size(pool);
  }

  private static boolean isBySession(Pool pool) {
    return pool.mode().equals("session");
  }

  private String why(Pool pool) {
    if (!isFull(pool)) {
      return "only %d of the pool's %d connections are open".formatted(pool.open(), size(pool));
    }
    String lent = "%d of %d connections are lent".formatted(pool.lent(), size(pool));
    return isBySession(pool)
        ? lent + ", each for as long as its client stays connected (pool_mode session)"
        : lent + ", each for a " + pool.mode();
  }

  private Remedy remedy(Pool pool) {
    if (!isFull(pool)) {
      return byPeople(
          "See in PgBouncer's log why it opens no more: the server refuses them (max_connections, pg_hba.conf), is slow to answer, or max_db_connections is reached.",
          "show servers");
    } else if (isBySession(pool)) {
      return byPeople(
          "Let pool_mode be transaction where the application needs nothing that outlives a transaction (LISTEN, advisory locks of a session, SET; prepared statements need PgBouncer 1.21); else raise pool_size by as many as wait.",
          "show pools");
    }
    return setting(
        "Raise the pool by as many as wait, if the server has room for them (max_connections) and idles meanwhile; else make transactions shorter. A pool_size in the database's own line of [databases] wins over default_pool_size.",
        "PgBouncer has a connection for all who ask",
        "default_pool_size",
        String.valueOf(size(pool) + pool.waiting()));
  }

  private Finding fail(
      Severity severity, String thing, String told, Remedy remedy, Measurement... measured) {
    return Finding.of(
            check,
            subject(thing),
            new Verdict.Fail(severity, "%s: %s".formatted(host.name(), told)),
            measured)
        .with(remedy);
  }

  private Remedy byPeople(String summary, String command) {
    return new Remedy(summary, "", List.of(shows(command)));
  }

  /// A line of the section `[pgbouncer]`; PgBouncer reads it again without losing a client.
  private Remedy setting(String summary, String play, String name, String value) {
    String file = pooler.file().orElse(USUAL_FILE);
    return new Remedy(
        summary,
        pooler.server().container().isEmpty() && FILE.matcher(file).matches()
            ? playbook(file, play, name, value)
            : "",
        List.of(shows("show pools"), shows("show databases")));
  }

  private String playbook(String file, String play, String name, String value) {
    return """
    - name: %s
      hosts: %s
      become: true
      gather_facts: false
      tasks:
        - name: Set it in PgBouncer's configuration
          ansible.builtin.lineinfile:
            path: %s
            regexp: '^\\s*;*\\s*%s\\s*='
            line: "%s = %s"
            insertafter: '^\\s*\\[pgbouncer\\]'
          notify: Let PgBouncer read it
      handlers:
        - name: Let PgBouncer read it
          ansible.builtin.service:
            name: pgbouncer
            state: reloaded
    """
        .formatted(play, Quoted.yaml(host.name().value()), Quoted.yaml(file), name, name, value);
  }

  private String shows(String command) {
    return "%s   # on %s".formatted(pooler.console(command), Quoted.comment(host.name().value()));
  }
}
