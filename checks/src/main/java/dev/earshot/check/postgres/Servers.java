package dev.earshot.check.postgres;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Remedy;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Runs a rule over every PostgreSQL server of a fleet and answers for the hosts where there is
/// none to judge.
final class Servers {

  private static final PostgresServer USUAL = PostgresServer.onHost(5432);

  private Servers() {}

  static List<Finding> judge(
      CheckInfo info, Fleet fleet, BiFunction<HostEvidence, PostgresSettings, List<Finding>> rule) {
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (host.postgres()) {
        case Evidence.Collected<List<PostgresSettings>>(List<PostgresSettings> servers) -> {
          servers.forEach(server ->
              rule.apply(host, server).stream()
                  .map(finding -> withinReach(server.server(), finding))
                  .forEach(findings::add));
          host.postgresLeftOut()
              .ifPresent(
                  reason -> findings.add(unknown(info, host, "not all of its servers: " + reason)));
        }
        case Evidence.Uncollected<List<PostgresSettings>>(String reason) ->
            findings.add(unknown(info, host, reason));
        case Evidence.Absent<List<PostgresSettings>>() -> {
          if (isAskedBySomebody(fleet, host)) {
            findings.add(
                unknown(
                    info,
                    host,
                    "it shows no PostgreSQL, though others hold connections to one there (in a container?)"));
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

  private static Finding unknown(CheckInfo info, HostEvidence host, String reason) {
    return Finding.of(
        info,
        Subject.host(host.name()),
        new Verdict.Unknown("%s: %s".formatted(host.name(), reason)));
  }

  /// Runs a rule over every server.
  static List<Finding> each(CheckInfo info, Fleet fleet, Function<JudgedServer, Finding> rule) {
    return all(info, fleet, server -> List.of(rule.apply(server)));
  }

  /// Runs a rule over every server that may find several things there.
  static List<Finding> all(
      CheckInfo info, Fleet fleet, Function<JudgedServer, List<Finding>> rule) {
    return judge(
        info,
        fleet,
        (host, settings) ->
            rule.apply(new JudgedServer(info, host, settings, fleet.policy().thresholds())));
  }

  /// Runs a rule over how every server is; one that did not tell is not known.
  static List<Finding> eachHealth(
      CheckInfo info, Fleet fleet, BiFunction<JudgedServer, PostgresHealth, Finding> rule) {
    return each(
        info,
        fleet,
        server ->
            told(
                server, server.host().postgresHealth(), PostgresHealth::server, "how it is", rule));
  }

  /// Runs a rule over what every server told of its tables, where the audit looked that far. A
  /// standby's tables are its primary's.
  static List<Finding> eachTables(
      CheckInfo info, Fleet fleet, BiFunction<JudgedServer, PostgresTables, Finding> rule) {
    return switch (fleet.evidence().depth()) {
      case USUAL ->
          List.of(
              Finding.of(
                  info,
                  new Subject.OfFleet(),
                  new Verdict.NotApplicable(
                      "tables and indexes are looked at by 'earshot audit --deep' alone")));
      case DEEP ->
          each(
              info,
              fleet,
              server ->
                  told(
                      server,
                      server.host().postgresTables(),
                      PostgresTables::server,
                      "of its tables",
                      (judged, tables) ->
                          tables.inRecovery()
                              ? judged.notApplicable(
                                  "a standby has the tables and indexes of its primary")
                              : rule.apply(judged, tables)));
    };
  }

  private static <T> Finding told(
      JudgedServer server,
      Evidence<List<T>> evidence,
      Function<T, PostgresServer> of,
      String what,
      BiFunction<JudgedServer, T, Finding> rule) {
    return switch (evidence) {
      case Evidence.Collected<List<T>>(List<T> all) ->
          all.stream()
              .filter(one -> of.apply(one).equals(server.settings().server()))
              .findFirst()
              .map(one -> rule.apply(server, one))
              .orElseGet(() -> server.unknown("it did not say " + what));
      case Evidence.Uncollected<List<T>>(String reason) -> server.unknown(reason);
      case Evidence.Absent<List<T>>() -> server.unknown("it was gone when it was asked " + what);
    };
  }

  static boolean isStandby(HostEvidence host, PostgresSettings server) {
    return server.value("in_hot_standby").equals("on")
        || host.postgresHealth().collected().stream()
            .flatMap(List::stream)
            .anyMatch(health -> health.server().equals(server.server()) && health.inRecovery());
  }

  /// A playbook that becomes the host's own user `postgres` would not reach a server in a
  /// container.
  private static Finding withinReach(PostgresServer server, Finding finding) {
    return finding
        .remedy()
        .filter(_ -> server.container().isPresent())
        .map(remedy -> finding.with(new Remedy(remedy.summary(), "", remedy.commands())))
        .orElse(finding);
  }

  private static boolean isAskedBySomebody(Fleet fleet, HostEvidence host) {
    return fleet.topology().flowsTo(host.name()).stream()
        .anyMatch(flow -> flow.service().equals("postgresql"));
  }

  /// A server's host, and which of the host's it is where it is not the usual one: what a finding
  /// is known by must not depend on which others there are.
  static Subject subject(HostEvidence host, PostgresSettings server) {
    return subject(host, server, "");
  }

  /// One thing on a server: a role, a database.
  static Subject subject(HostEvidence host, PostgresSettings server, String thing) {
    String which = server.server().equals(USUAL) ? "" : server.server() + " ";
    String detail = (which + thing).strip();
    return new Subject.OfHost(
        host.name(), detail.isEmpty() ? Optional.empty() : Optional.of(detail));
  }
}
