package dev.earshot.budget;

import dev.earshot.evidence.Rate;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import dev.earshot.topology.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a request makes its database do.
///
/// The database's work is shared out by round trips: other clients' calls are as dear as these on
/// average. Standbys execute nothing.
final class DatabaseShare {

  private final Topology topology;
  private final Flow flow;
  private final Optional<DatabaseWork> work;
  private final double ofOneRequest;

  /// Shares out what happened over a flow.
  ///
  /// @param requests that the flow's round trips served
  DatabaseShare(Topology topology, Flow flow, Traffic traffic, Rate requests) {
    this.topology = topology;
    this.flow = flow;
    this.work = Databases.work(topology, flow);
    double everybodys =
        topology
            .askingDatabases()
            .filter(other -> Databases.askTheSame(topology, flow, other))
            .flatMap(other -> other.roundTripRate().stream())
            .mapToDouble(Rate::perSecond)
            .sum();
    this.ofOneRequest =
        everybodys > 0
            ? traffic.roundTripRate().perSecond() / everybodys / requests.perSecond()
            : 0;
  }

  /// Executing its statements, commits left out.
  Duration execution() {
    return work.flatMap(DatabaseWork::execution)
        .map(busy -> {
          Duration all = RequestCost.times(busy.perSecond(), ofOneRequest);
          Duration rest = busy.withCommits() ? all.minus(commit()) : all;
          return rest.isNegative() ? Duration.ZERO : rest;
        })
        .orElse(Duration.ZERO);
  }

  /// Waiting for its commits: only where `synchronous_commit` is on for the sessions of this
  /// client. With `local`, for the disk alone.
  Duration commit() {
    List<CommitSetting> settings = Databases.commitSettings(topology, flow);
    if (settings.stream().allMatch(CommitSetting::losesCommits)) {
      return Duration.ZERO;
    }
    return commits(
            settings.stream().anyMatch(CommitSetting::waitsForStandbys) ? standby() : Duration.ZERO)
        .orElse(Duration.ZERO);
  }

  /// What its commits would wait if they waited: for the disk, and for a synchronous standby whose
  /// distance is known. Where it is not known how many write, one does.
  Optional<Duration> commitIfOn() {
    return commits(standby());
  }

  private Optional<Duration> commits(Duration standby) {
    double writes =
        work.flatMap(DatabaseWork::writingCommits)
            .map(commits -> commits.perSecond() * ofOneRequest)
            .orElse(1.0);
    return Databases.server(topology, flow)
        .flatMap(host ->
            Databases.settings(topology, flow).flatMap(settings -> CommitCost.of(host, settings)))
        .map(cost -> RequestCost.times(cost.flush().plus(standby), writes));
  }

  private Duration standby() {
    return Databases.standbyWait(topology, flow).flatMap(StandbyWait::exact).orElse(Duration.ZERO);
  }

  /// How many statements `pg_stat_statements` counted for it.
  Optional<Double> statements() {
    return work.flatMap(DatabaseWork::statementRate)
        .map(rate -> rate.perSecond() * ofOneRequest)
        .filter(calls -> calls > 0);
  }
}
