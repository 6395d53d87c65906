package dev.earshot.check.colocation;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Nearness;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.topology.ClientSessions;
import dev.earshot.topology.Distance;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Role;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Applications ask their database many times per request, one question after the other. Each
/// question waits one round trip, so distance is multiplied by the number of questions.
///
/// A pooler between them is passed on the way to each answer, so that what follows it counts, too;
/// where that alone is too far, it is a finding of its own.
///
/// Limits: Lemmy's administration guide asks for less than one to two milliseconds between the two;
/// above ten, twenty questions take longer than people notice.
public final class AppDatabaseCheck implements Check {

  private static final Limit.Time ACCEPTABLE = Nearness.DATABASE.acceptable();
  private static final Limit.Time UNBEARABLE = Nearness.DATABASE.unbearable();

  private static final int MOST_NAMED = 3;

  @Override
  public CheckInfo info() {
    return info(ACCEPTABLE.usual());
  }

  /// @param limit in force
  private static CheckInfo info(Duration limit) {
    return new CheckInfo(
        Nearness.DATABASE.check(),
        "Every backend is within %s of its database".formatted(Limit.Time.told(limit)),
        Severity.CRITICAL,
        """
        A request makes many database calls, one after the other, and each waits a whole round trip. \
        Twenty calls over 25 ms are half a second in which every machine idles.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "network.addresses",
            "network.listeners",
            "network.sockets",
            "containers.sockets",
            "postgres.activity",
            "postgres.hba",
            "network.pings",
            "network.tunnels"),
        List.of(
            new Card.Threshold(
                "above %s: high".formatted(Millis.format(ACCEPTABLE.usual())),
                "Lemmy's administration guide wants less than one to two milliseconds between"
                    + " backend and database",
                ACCEPTABLE),
            new Card.Threshold(
                "above %s: critical".formatted(Millis.format(UNBEARABLE.usual())),
                "twenty questions of a request then take longer than the 200 ms that people notice",
                UNBEARABLE)),
        """
        # on the backend: the kernel's own round trips (rtt, minrtt in ms) to PostgreSQL
        ss -tin dst :5432
        # and ten echo requests; the number between the slashes after min is the mean
        ping -c 10 DATABASE_HOST\
        """,
        "Run the backend in the database's datacenter, or move the database next to it. No setting"
            + " of either makes up for the distance; fewer questions per request make it smaller.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    CheckInfo info = info(fleet.policy().thresholds().of(ACCEPTABLE));
    List<Finding> findings = new ArrayList<>();
    List<Flow> flows = fleet.topology().databaseFlows();
    Edge.farthest(fleet.topology(), flows)
        .forEach((pair, flow) -> findings.add(judge(info, fleet, pair, flow)));
    Set<HostName> asking = flows.stream().map(Flow::from).collect(Collectors.toSet());
    for (HostEvidence host : fleet.hosts()) {
      if (!asking.contains(host.name())) {
        withoutFlow(fleet.topology(), host)
            .map(verdict -> Finding.of(info, Subject.host(host.name()), verdict))
            .ifPresent(findings::add);
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info,
                new Subject.OfFleet(),
                new Verdict.NotApplicable(
                    none(
                        "no host holds a connection to a PostgreSQL server",
                        "",
                        fleet.topology(),
                        fleet.topology().monitoring().stream()))))
        : findings;
  }

  private static Finding judge(CheckInfo info, Fleet fleet, Subject subject, Flow flow) {
    Topology topology = fleet.topology();
    Edge edge = new Edge(topology, flow);
    Duration limit = fleet.policy().thresholds().of(ACCEPTABLE);
    Optional<Duration> rtt = edge.rtt();
    if (rtt.isEmpty()) {
      return Finding.of(info, subject, new Verdict.Unknown(edge.untold()));
    }
    Optional<Duration> onward =
        topology
            .onward(flow)
            .flatMap(topology.rtts()::of)
            .filter(further -> further.compareTo(limit) <= 0);
    Duration all = rtt.get().plus(onward.orElse(Duration.ZERO));
    String because =
        "%s → %s: %s a round trip (%s)%s; limit %s"
            .formatted(
                flow.from(),
                flow.to(),
                Millis.format(rtt.get()),
                edge.method(),
                onward
                    .map(further ->
                        ", and %s on from the pooler, %s in all"
                            .formatted(Millis.format(further), Millis.format(all)))
                    .orElse(""),
                Millis.format(limit));
    Measurement measured =
        Measurement.limited("rttMedianMs", Millis.of(all), Millis.of(limit), edge.by());
    if (all.compareTo(limit) <= 0) {
      return Finding.of(info, subject, new Verdict.Pass(because), measured);
    }
    Severity severity =
        all.compareTo(fleet.policy().thresholds().of(UNBEARABLE)) > 0
            ? Severity.CRITICAL
            : Severity.HIGH;
    return Finding.of(
            info,
            subject,
            new Verdict.Fail(
                severity,
                because
                    + "; they are up to %d km apart"
                        .formatted(Distance.atMostKilometres(rtt.get()))),
            measured)
        .with(remedy(topology, edge, limit));
  }

  /// A backend without a connection has no database to be far from; one whose sockets, or those of
  /// whose containers, are unread may have.
  private static Optional<Verdict> withoutFlow(Topology topology, HostEvidence host) {
    Optional<Verdict> unknown =
        host.untoldConnections()
            .map(reason ->
                new Verdict.Unknown(
                    "%s: whether it talks to a database is not known: %s"
                        .formatted(host.name(), reason)));
    return unknown.isEmpty() && topology.roles(host.name()).contains(Role.BACKEND)
        ? Optional.of(new Verdict.NotApplicable(idle(topology, host.name())))
        : unknown;
  }

  private static String idle(Topology topology, HostName backend) {
    String distances =
        String.join(
            ", ",
            topology.fleet().hosts().stream()
                .map(HostEvidence::name)
                .filter(host -> topology.roles(host).contains(Role.DATABASE))
                .flatMap(host ->
                    topology
                        .rtts()
                        .typical(backend, host)
                        .map(rtt -> "%s is %s away".formatted(host, Millis.format(rtt)))
                        .or(() ->
                            Edge.refusal(topology, backend, host)
                                .map(why -> "how far %s is, is not known: %s".formatted(host, why)))
                        .stream())
                .toList());
    return none(
        backend + " holds no connection to a database",
        distances.isEmpty() ? "" : " (" + distances + ")",
        topology,
        topology.monitoring().stream().filter(flow -> flow.from().equals(backend)));
  }

  /// That there is none but those of who watches may be wrong: which they are is told.
  private static String none(
      String none, String besides, Topology topology, Stream<Flow> monitoring) {
    List<String> watching =
        monitoring.filter(Flow::isDatabase).map(flow -> watching(topology, flow)).toList();
    return watching.isEmpty()
        ? none + besides
        : "%s that requests wait for%s: %s; say roles: backend in earshot.yml of a host that does not watch"
            .formatted(none, besides, some("; ", watching));
  }

  private static String some(String between, List<String> all) {
    return String.join(between, all.stream().limit(MOST_NAMED).toList())
        + (all.size() > MOST_NAMED ? " and %d more".formatted(all.size() - MOST_NAMED) : "");
  }

  private static String watching(Topology topology, Flow flow) {
    ClientSessions sessions = ClientSessions.of(topology, flow);
    String signs = some(", ", sessions.signs());
    return signs.isEmpty()
        ? "what %s asks %s was taken for monitoring".formatted(flow.from(), flow.to())
        : "sessions of %s on %s, %d in all, were taken for monitoring (%s)"
            .formatted(flow.from(), flow.to(), sessions.count(), signs);
  }

  private static Remedy remedy(Topology topology, Edge edge, Duration limit) {
    Flow flow = edge.flow();
    return new Remedy(
        "Run %s in the datacenter of %s, or move the database next to the backend; then keep this finding's play in the deployment, so that it can't happen again unnoticed.%s"
            .formatted(flow.from(), flow.to(), standIn(topology, flow)),
        edge.playbook("Backends", "database", limit),
        edge.commands());
  }

  /// Another backend that stands where this one should.
  private static String standIn(Topology topology, Flow flow) {
    return topology.site(flow.to()).stream()
        .flatMap(site -> site.hosts().stream())
        .filter(host -> topology.roles(host).contains(Role.BACKEND))
        .filter(host -> !host.equals(flow.from()) && !host.equals(flow.to()))
        .findFirst()
        .map(host ->
            " %s stands there already: earshot plan --move %s=%s says whether it would do."
                .formatted(host, Quoted.shell(flow.from().value()), Quoted.shell(host.value())))
        .orElse("");
  }
}
