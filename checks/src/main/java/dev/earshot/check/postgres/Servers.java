package dev.earshot.check.postgres;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Runs a rule over every PostgreSQL server of a fleet and answers for the hosts where there is
/// none to judge.
final class Servers {

  private Servers() {}

  static List<Finding> judge(
      CheckInfo info, Fleet fleet, BiFunction<HostEvidence, PostgresSettings, List<Finding>> rule) {
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (host.postgres()) {
        case Evidence.Collected<List<PostgresSettings>>(List<PostgresSettings> servers) ->
            servers.forEach(server -> findings.addAll(rule.apply(host, server)));
        case Evidence.Uncollected<List<PostgresSettings>>(String reason) ->
            findings.add(
                Finding.of(
                    info,
                    Subject.host(host.name()),
                    new Verdict.Unknown("%s: %s".formatted(host.name(), reason))));
        case Evidence.Absent<List<PostgresSettings>>() -> {
          if (isAskedBySomebody(fleet, host)) {
            findings.add(
                Finding.of(
                    info,
                    Subject.host(host.name()),
                    new Verdict.Unknown(
                        "%s: it shows no PostgreSQL, though others hold connections to one there (in a container?)"
                            .formatted(host.name()))));
          }
        }
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info,
                new Subject.OfFleet(),
                new Verdict.NotApplicable("no host runs a PostgreSQL server")))
        : findings;
  }

  /// Runs a rule over every server.
  static List<Finding> each(CheckInfo info, Fleet fleet, Function<JudgedServer, Finding> rule) {
    return judge(
        info,
        fleet,
        (host, settings) -> List.of(rule.apply(new JudgedServer(info, host, settings))));
  }

  /// Runs a rule over how every server is; one that did not tell is not known.
  static List<Finding> eachHealth(
      CheckInfo info, Fleet fleet, BiFunction<JudgedServer, PostgresHealth, Finding> rule) {
    return each(
        info,
        fleet,
        server ->
            switch (server.host().postgresHealth()) {
              case Evidence.Collected<List<PostgresHealth>>(List<PostgresHealth> all) ->
                  all.stream()
                      .filter(health -> health.port() == server.settings().port())
                      .findFirst()
                      .map(health -> rule.apply(server, health))
                      .orElseGet(() -> server.unknown("it did not say how it is"));
              case Evidence.Uncollected<List<PostgresHealth>>(String reason) ->
                  server.unknown(reason);
              case Evidence.Absent<List<PostgresHealth>>() ->
                  server.unknown("it was gone when it was asked how it is");
            });
  }

  static boolean isStandby(HostEvidence host, PostgresSettings server) {
    return server.value("in_hot_standby").equals("on")
        || host.postgresHealth().collected().stream()
            .flatMap(List::stream)
            .anyMatch(health -> health.port() == server.port() && health.inRecovery());
  }

  private static boolean isAskedBySomebody(Fleet fleet, HostEvidence host) {
    return fleet.topology().flows().stream()
        .anyMatch(flow -> flow.service().equals("postgresql") && flow.to().equals(host.name()));
  }

  /// A server's host, and its port where the host runs several.
  static Subject subject(HostEvidence host, PostgresSettings server) {
    return subject(host, server, "");
  }

  /// One thing on a server: a role, a database.
  static Subject subject(HostEvidence host, PostgresSettings server, String thing) {
    boolean several = host.postgres().collected().stream().anyMatch(all -> all.size() > 1);
    String detail = ((several ? "port " + server.port() + " " : "") + thing).strip();
    return new Subject.OfHost(
        host.name(), detail.isEmpty() ? Optional.empty() : Optional.of(detail));
  }
}
