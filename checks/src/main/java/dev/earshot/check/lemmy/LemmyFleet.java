package dev.earshot.check.lemmy;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Container;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.LemmyDatabase;
import dev.earshot.evidence.LemmyNode;
import dev.earshot.evidence.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Lemmy's backends and databases in a fleet, and who asks which.
final class LemmyFleet {

  private LemmyFleet() {}

  /// Runs a rule over every host with backends.
  static List<Finding> judgeBackends(
      CheckInfo info, Fleet fleet, BiFunction<HostEvidence, List<LemmyNode>, List<Finding>> rule) {
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (host.lemmy()) {
        case Evidence.Collected<List<LemmyNode>>(List<LemmyNode> nodes) ->
            findings.addAll(rule.apply(host, nodes));
        case Evidence.Uncollected<List<LemmyNode>>(String reason) ->
            findings.add(unknown(info, host, reason));
        case Evidence.Absent<List<LemmyNode>>() -> {
          // no backend here
        }
      }
    }
    return orNone(info, findings);
  }

  /// Runs a rule over every database. One that could not be looked for matters only where some host
  /// may run Lemmy.
  static List<Finding> judgeDatabases(
      CheckInfo info, Fleet fleet, BiFunction<HostEvidence, LemmyDatabase, Finding> rule) {
    boolean lemmy =
        fleet.hosts().stream()
            .anyMatch(host -> !(host.lemmy() instanceof Evidence.Absent<List<LemmyNode>>));
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (host.lemmyDatabase().latest()) {
        case Evidence.Collected<List<LemmyDatabase>>(List<LemmyDatabase> databases) ->
            databases.forEach(database -> findings.add(rule.apply(host, database)));
        case Evidence.Uncollected<List<LemmyDatabase>>(String reason) -> {
          if (lemmy) {
            findings.add(unknown(info, host, reason));
          }
        }
        case Evidence.Absent<List<LemmyDatabase>>() -> {
          // no database of it here
        }
      }
    }
    return orNone(info, findings);
  }

  /// A database's host, and its port where there are several.
  static Subject subject(HostEvidence host, LemmyDatabase database) {
    boolean several =
        host.lemmyDatabase().latest().collected().stream().anyMatch(all -> all.size() > 1);
    return new Subject.OfHost(
        host.name(), several ? Optional.of("port " + database.port()) : Optional.empty());
  }

  /// A database's name as a word of a shell.
  static String word(LemmyDatabase database) {
    return database.database().matches("[A-Za-z0-9_]{1,63}") ? database.database() : "DATABASE";
  }

  /// The hosts whose backends use a database: those that hold connections to it, or all where it is
  /// the only one.
  static List<HostEvidence> backends(Fleet fleet, HostEvidence host, LemmyDatabase database) {
    boolean only =
        fleet.hosts().stream()
                .flatMap(other -> other.lemmyDatabase().latest().collected().stream())
                .mapToInt(List::size)
                .sum()
            == 1;
    return fleet.hosts().stream()
        .filter(backend -> backend.lemmy().collected().isPresent())
        .filter(backend -> only || asks(fleet, backend, host, database))
        .toList();
  }

  /// Whether a host holds connections to a database of another one, or of its own.
  static boolean asks(
      Fleet fleet, HostEvidence backend, HostEvidence host, LemmyDatabase database) {
    List<LemmyDatabase> all = host.lemmyDatabase().latest().collected().orElse(List.of());
    return fleet.topology().flowsFrom(backend.name()).stream()
        .filter(flow -> flow.to().equals(host.name()))
        .flatMap(flow -> PostgresServer.at(flow.port(), all, LemmyDatabase::server).stream())
        .anyMatch(database::equals);
  }

  static List<LemmyNode> nodes(HostEvidence host) {
    return host.lemmy().collected().orElse(List.of());
  }

  /// The containers that run Lemmy's backend: the image is named `lemmy`, its frontend's
  /// `lemmy-ui`.
  static List<Container> containers(HostEvidence host) {
    return host.containers().collected().map(Containers::up).orElse(List.of()).stream()
        .filter(container -> container.image().shortName().equals("lemmy"))
        .toList();
  }

  private static Finding unknown(CheckInfo info, HostEvidence host, String reason) {
    return Finding.of(
        info,
        Subject.host(host.name()),
        new Verdict.Unknown("%s: %s".formatted(host.name(), reason)));
  }

  private static List<Finding> orNone(CheckInfo info, List<Finding> findings) {
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info, new Subject.OfFleet(), new Verdict.NotApplicable("no host runs Lemmy")))
        : findings;
  }
}
