package dev.earshot.plan;

import dev.earshot.budget.CacheCalls;
import dev.earshot.budget.LatencyBudget;
import dev.earshot.budget.Relocation;
import dev.earshot.budget.RequestCost;
import dev.earshot.budget.WhatIf;
import dev.earshot.check.Fleet;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.Evidence.Absent;
import dev.earshot.evidence.Evidence.Collected;
import dev.earshot.evidence.Evidence.Uncollected;
import dev.earshot.evidence.HostName;
import dev.earshot.topology.RequestPath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Predicts what requests take after a move: the same round trips over the distances from the new
/// host, by the arithmetic of [Relocation].
final class Forecasts {

  private final Fleet fleet;
  private final Move move;

  private Forecasts(Fleet fleet, Move move) {
    this.fleet = fleet;
    this.move = move;
  }

  /// Of every path that goes through the host whose work moves.
  static List<Forecast> of(Fleet fleet, Move move) {
    Forecasts forecasts = new Forecasts(fleet, move);
    return fleet.budgets().stream()
        .filter(budget -> budget.path().hosts().contains(move.from()))
        .map(forecasts::forecast)
        .toList();
  }

  /// After the move: what requests take that go through the new host, beside what was predicted of
  /// them.
  static List<Forecast> reached(Fleet fleet, HostName host, List<Forecast> planned) {
    return fleet.budgets().stream()
        .filter(budget -> budget.path().hosts().contains(host))
        .map(budget ->
            new Forecast(
                budget.path().hosts(),
                budget.path().hosts(),
                budget.cost(),
                planned.stream()
                    .filter(forecast -> forecast.after().equals(budget.path().hosts()))
                    .map(Forecast::moved)
                    .findFirst()
                    .orElseGet(Absent::new)))
        .toList();
  }

  private Forecast forecast(LatencyBudget budget) {
    RequestPath path = budget.path();
    return new Forecast(
        path.hosts(),
        path.hosts().stream().map(move::after).toList(),
        budget.cost(),
        switch (budget.cost()) {
          case Collected<RequestCost>(RequestCost cost) -> moved(path, cost);
          case Absent<RequestCost>() -> new Absent<>();
          case Uncollected<RequestCost>(String reason) -> new Uncollected<>(reason);
        });
  }

  private Evidence<WhatIf> moved(RequestPath path, RequestCost cost) {
    HostName backend = move.after(path.backend());
    HostName database = move.after(path.lastLeg().to());
    boolean both = path.onward().isEmpty() && path.backend().equals(path.database().to());
    Optional<MeasuredRtt> rtt =
        both ? Optional.of(new MeasuredRtt(cost.rtt(), "both move together")) : ofLegs(path);
    boolean frontMoves =
        path.loadBalancer().filter(move.from()::equals).isPresent()
            || path.backend().equals(move.from());
    Optional<HostName> balancer = path.loadBalancer().filter(_ -> frontMoves).map(move::after);
    Optional<MeasuredRtt> front = balancer.flatMap(host -> between(host, backend));
    if (rtt.isEmpty()) {
      return unmeasured(backend, database);
    } else if (balancer.isPresent() && front.isEmpty()) {
      return unmeasured(balancer.get(), backend);
    }
    return new Collected<>(
        Relocation.whatIf(
            cost,
            new Relocation.Target(
                rtt.get().value(),
                source(rtt.get(), backend, database),
                front.map(MeasuredRtt::value),
                cost.caches().with(this::toCache)),
            "move",
            "move the work of %s to %s".formatted(move.from(), move.to())));
  }

  /// As now, where neither end moves.
  private Optional<Duration> toCache(CacheCalls.Asked asked) {
    HostName backend = asked.flow().from();
    HostName cache = asked.flow().to();
    boolean stays = move.after(backend).equals(backend) && move.after(cache).equals(cache);
    return stays || backend.equals(cache)
        ? asked.rtt()
        : between(move.after(backend), move.after(cache)).map(MeasuredRtt::value);
  }

  /// All that a question waits for then, as far as each part was measured.
  private Optional<MeasuredRtt> ofLegs(RequestPath path) {
    List<MeasuredRtt> legs =
        path.legs().stream()
            .flatMap(leg -> between(move.after(leg.from()), move.after(leg.to())).stream())
            .toList();
    if (legs.size() < path.legs().size()) {
      return Optional.empty();
    }
    return legs.stream()
        .reduce((first, second) ->
            new MeasuredRtt(
                first.value().plus(second.value()),
                "%s, and from its pooler %s".formatted(first.method(), second.method())));
  }

  private static String source(MeasuredRtt rtt, HostName backend, HostName database) {
    return rtt.equals(MeasuredRtt.SAME_HOST)
        ? "as both are on %s then".formatted(backend)
        : "as measured between %s and %s (%s)".formatted(backend, database, rtt.method());
  }

  private Optional<MeasuredRtt> between(HostName from, HostName to) {
    return MeasuredRtt.between(fleet.topology().rtts(), from, to);
  }

  private static Evidence<WhatIf> unmeasured(HostName a, HostName b) {
    return new Uncollected<>("no round trip was measured between %s and %s".formatted(a, b));
  }
}
