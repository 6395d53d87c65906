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
import dev.earshot.evidence.Address;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.LemmyDatabase;
import dev.earshot.evidence.LemmyNode;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.topology.Distance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lemmy 0.19 encrypts its connections to the database where their URI says `sslmode=require`, and
/// takes every certificate then (`NoCertVerifier` in its `db_schema`): whoever stands on the way
/// can pose as the database, and gets the password's proof and all queries. That it encrypts shows
/// in the server's sessions.
///
/// Limits: those of `postgres.encryption`, which judges sessions that are not encrypted.
public final class DatabaseCertificateCheck implements Check {

  /// The minor version of Lemmy 0 of which this is known.
  private static final int BLIND = 19;

  private static final String SQL =
      "select client_addr, usename, ssl, version, count(*) from pg_stat_activity join pg_stat_ssl using (pid) where client_addr is not null group by 1, 2, 3, 4";

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "lemmy.database-certificate",
        "Lemmy asks nobody for its data who could pose as its database",
        Severity.MEDIUM,
        """
        Encryption without a certificate that is looked at keeps out those who listen, and nobody \
        who answers in the database's place.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "lemmy.nodeinfo",
            "lemmy.database",
            "postgres.activity",
            "network.addresses",
            "network.listeners",
            "network.sockets",
            "network.pings",
            "network.tunnels",
            "containers.sockets"),
        List.of(
            new Card.Threshold(
                "encrypted sessions of Lemmy 0.19 from a public address, or from more than %s away: medium"
                    .formatted(Millis.format(Distance.SAME_SITE)),
                "Lemmy 0.19 verifies no certificate; within one datacenter the network is taken for one's own")),
        """
        # on the database's host: which clients encrypt
        sudo -u postgres psql -X -c "SQL"
        # on the backend's host: its version
        curl -s http://127.0.0.1:8536/nodeinfo/2.1\
        """
            .replace("SQL", SQL),
        "Put a tunnel that knows its other end between the hosts (WireGuard), or a PgBouncer with server_tls_sslmode = verify-full beside the backend, or bring the backend next to the database.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return LemmyFleet.judgeDatabases(
        info(), fleet, (host, database) -> judge(fleet, host, database));
  }

  private Finding judge(Fleet fleet, HostEvidence host, LemmyDatabase database) {
    Optional<PostgresActivity> activity =
        host.postgresActivity().latest().collected().stream()
            .flatMap(List::stream)
            .filter(server -> server.server().equals(database.server()))
            .findFirst();
    if (activity.isEmpty() || !activity.get().showsStates()) {
      return finding(
          host,
          database,
          new Verdict.Unknown(
              "%s: what its sessions do is not known: GRANT pg_monitor to the role that looks"
                  .formatted(host.name())));
    }
    List<String> open = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    int near = 0;
    for (Sessions sessions : activity.get().sessions()) {
      Optional<Address> client = sessions.client();
      Optional<HostName> owner =
          client.flatMap(address -> fleet.topology().book().owner(address, host.name()));
      if (client.isEmpty()
          || owner.filter(host.name()::equals).isPresent()
          || !sessions.database().equals(database.database())
          || !sessions.encrypted().orElse(false)) {
        continue;
      }
      Optional<HostEvidence> backend = owner.flatMap(fleet.evidence()::host);
      if (backend.isEmpty()) {
        unknown.add(client.get() + " (not among the hosts)");
        continue;
      }
      HostName name = backend.get().name();
      List<LemmyNode> nodes = LemmyFleet.nodes(backend.get());
      Optional<Duration> rtt = fleet.topology().rtts().shortest(name, host.name());
      if (backend.get().lemmy() instanceof Evidence.Uncollected<List<LemmyNode>>(String reason)) {
        unknown.add("%s (%s)".formatted(name, reason));
      } else if (nodes.stream().noneMatch(DatabaseCertificateCheck::isBlind)) {
        nodes.forEach(node -> unknown.add("%s (Lemmy %s)".formatted(name, node.version())));
      } else if (asksPooler(backend.get())) {
        unknown.add("%s (its PgBouncer may have proved it)".formatted(name));
      } else if (!client.get().isPrivate()) {
        open.add("%s (from a public address)".formatted(name));
      } else if (rtt.isEmpty()) {
        unknown.add("%s (its round trip was not measured)".formatted(name));
      } else if (rtt.get().compareTo(Distance.SAME_SITE) > 0) {
        open.add("%s (%s away)".formatted(name, Millis.format(rtt.get())));
      } else {
        near += sessions.count();
      }
    }
    return finding(host, database, open, unknown, near);
  }

  /// Sessions from a host that runs a PgBouncer may be that one's, which can look at certificates.
  private static boolean asksPooler(HostEvidence backend) {
    return backend.pgBouncer().latest().collected().filter(all -> !all.isEmpty()).isPresent();
  }

  private Finding finding(
      HostEvidence host,
      LemmyDatabase database,
      List<String> open,
      List<String> unknown,
      int near) {
    if (!open.isEmpty()) {
      return finding(
              host,
              database,
              new Verdict.Fail(
                  Severity.MEDIUM,
                  "%s: backends encrypt and take any certificate: %s; limit none from public addresses or out of the datacenter"
                      .formatted(host.name(), told(open))))
          .with(
              new Remedy(
                  "Let WireGuard, or a PgBouncer with server_tls_sslmode = verify-full beside the backend, prove that it is the database; Lemmy 0.19 has no setting for it. Where a tunnel does already, waive this: it can't be seen from here.",
                  "",
                  List.of(
                      "%s -c \"%s\"   # on %s"
                          .formatted(
                              database.server().psql(),
                              SQL,
                              Quoted.comment(host.name().value())))));
    } else if (!unknown.isEmpty()) {
      return finding(
          host,
          database,
          new Verdict.Unknown(
              "%s: whether somebody could pose as it is not known of clients that encrypt: %s"
                  .formatted(host.name(), told(unknown))));
    }
    return finding(
        host,
        database,
        near == 0
            ? new Verdict.NotApplicable(
                "%s: no backend of Lemmy reaches it encrypted; postgres.encryption judges those that are not"
                    .formatted(host.name()))
            : new Verdict.Pass(
                "%s: the encrypted sessions of backends (%d) stay within %s"
                    .formatted(host.name(), near, Millis.format(Distance.SAME_SITE))));
  }

  private static boolean isBlind(LemmyNode node) {
    return Release.of(node.version())
        .filter(release -> release.major() == 0 && release.minor() == BLIND)
        .isPresent();
  }

  private static String told(List<String> all) {
    return String.join(", ", all.stream().distinct().limit(5).toList());
  }

  private Finding finding(HostEvidence host, LemmyDatabase database, Verdict verdict) {
    return Finding.of(info(), LemmyFleet.subject(host, database), verdict);
  }
}
