package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.topology.Distance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sessions that cross more than a room without TLS or GSSAPI. A tunnel between the hosts may
/// encrypt them, which nobody can see from here.
///
/// Limits: private addresses within one datacenter are taken for a network of one's own; the
/// distance is that of `colocation.app-database`.
public final class EncryptionCheck implements Check {

  private static final String SQL =
      "select client_addr, usename, ssl, version, count(*) from pg_stat_activity join pg_stat_ssl using (pid) where client_addr is not null group by 1, 2, 3, 4";

  private static final Card CARD =
      new Card(
          List.of(
              "postgres.settings",
              "postgres.activity",
              "network.addresses",
              "network.listeners",
              "network.sockets",
              "network.pings",
              "network.tunnels",
              "containers.sockets"),
          List.of(
              new Threshold(
                  "a session from a public address is not encrypted: high",
                  "whoever is on the way reads and changes it"),
              new Threshold(
                  "one from a private address that is farther than %s away: medium"
                      .formatted(Millis.format(Distance.SAME_SITE)),
                  "it leaves the datacenter; only a tunnel between the hosts could hide it")),
          "psql -c \"" + SQL + "\"",
          "Turn ssl on with a certificate of your own authority, let clients use sslmode=verify-full, then make the lines of pg_hba.conf hostssl.");

  /// Why a client's sessions can be listened to.
  private record Open(String client, Severity severity, String why) {}

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.encryption",
        "What leaves the datacenter is encrypted",
        Severity.HIGH,
        """
        Queries and rows go over the wire as they are: whoever holds a router on the way reads \
        them, and may change them.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, server -> judge(fleet, server));
  }

  private static Finding judge(Fleet fleet, JudgedServer server) {
    if (server.activity().isEmpty() || !server.activity().get().showsStates()) {
      return server.unknown(JudgedServer.NO_SESSIONS);
    }
    boolean off = server.settings().value("ssl").equals("off");
    List<Open> open = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    int near = 0;
    int encrypted = 0;
    for (Sessions sessions : server.activity().get().sessions()) {
      Optional<Address> client = sessions.client();
      Optional<HostName> owner =
          client.flatMap(address -> fleet.topology().book().owner(address, server.host().name()));
      if (client.isEmpty() || owner.filter(server.host().name()::equals).isPresent()) {
        continue;
      }
      Optional<Boolean> hidden =
          sessions.encrypted().or(() -> off ? Optional.of(false) : Optional.empty());
      String name = owner.map(HostName::value).orElseGet(() -> client.get().value());
      Optional<Duration> rtt = owner.flatMap(host -> rtt(fleet, host, server.host().name()));
      if (hidden.isEmpty()) {
        unknown.add(name);
      } else if (hidden.get()) {
        encrypted += sessions.count();
      } else if (!client.get().isPrivate()) {
        open.add(new Open(name, Severity.HIGH, "from a public address"));
      } else if (rtt.isEmpty()) {
        unknown.add(name);
      } else if (rtt.get().compareTo(Distance.SAME_SITE) > 0) {
        open.add(new Open(name, Severity.MEDIUM, Millis.format(rtt.get()) + " away"));
      } else {
        near += sessions.count();
      }
    }
    if (!open.isEmpty()) {
      return fail(server, open.stream().distinct().toList());
    } else if (!unknown.isEmpty()) {
      return server.unknown(
          "whether sessions are encrypted that leave the datacenter is not known of clients on %s: they or the way to them were not measured"
              .formatted(JudgedServer.some(unknown.stream().distinct().toList())));
    }
    return near + encrypted == 0
        ? server.notApplicable("no client of another host is connected")
        : server.pass(
            "of the sessions of other hosts %d are encrypted, and %d are not, which stay within %s"
                .formatted(encrypted, near, Millis.format(Distance.SAME_SITE)));
  }

  private static Finding fail(JudgedServer server, List<Open> open) {
    return server.fail(
        open.stream().map(Open::severity).min(Severity::compareTo).orElse(Severity.MEDIUM),
        "sessions are not encrypted from %s; limit none that leave the datacenter"
            .formatted(
                JudgedServer.some(
                    open.stream()
                        .map(one -> "%s (%s)".formatted(one.client(), one.why()))
                        .toList())),
        server.byPeople(
            "Turn ssl on with a certificate of your own authority, let clients use sslmode=verify-full, then make the lines of pg_hba.conf hostssl; where a tunnel between the hosts encrypts already, waive this.",
            SQL));
  }

  private static Optional<Duration> rtt(Fleet fleet, HostName client, HostName server) {
    return fleet.topology().rtts().shortest(client, server);
  }
}
