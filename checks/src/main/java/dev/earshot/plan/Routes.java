package dev.earshot.plan;

import dev.earshot.budget.LatencyBudget;
import dev.earshot.budget.RequestCost;
import dev.earshot.check.Fleet;
import dev.earshot.check.Nearness;
import dev.earshot.evidence.HostName;
import dev.earshot.topology.Flow;
import dev.earshot.topology.RttMatrix;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Finds what a host's work talks to. Its talk with itself moves along, and logins of
/// administrators are no work.
final class Routes {

  private final Fleet fleet;
  private final HostName host;
  private final UnaryOperator<HostName> after;

  private Routes(Fleet fleet, HostName host, UnaryOperator<HostName> after) {
    this.fleet = fleet;
    this.host = host;
    this.after = after;
  }

  /// Databases first, then the rest, each in the order of the flows.
  static List<Route> of(Fleet fleet, Move move) {
    return new Routes(fleet, move.from(), move::after).all();
  }

  /// Of work that stays where it is.
  static List<Route> of(Fleet fleet, HostName host) {
    return new Routes(fleet, host, same -> same).all();
  }

  private List<Route> all() {
    return fleet.topology().flows().stream()
        .filter(flow -> flow.from().equals(host) != flow.to().equals(host))
        .filter(flow -> !flow.isAdministration())
        .map(this::route)
        .sorted((a, b) -> Boolean.compare(b.database(), a.database()))
        .toList();
  }

  private Route route(Flow flow) {
    boolean asks = flow.from().equals(host);
    HostName peer = asks ? flow.to() : flow.from();
    RttMatrix rtts = fleet.topology().rtts();
    return new Route(
        asks,
        peer,
        flow.port(),
        flow.service(),
        Nearness.of(fleet.topology(), flow),
        flow.connections(),
        MeasuredRtt.between(rtts, flow.from(), flow.to()),
        MeasuredRtt.between(rtts, after.apply(flow.from()), after.apply(flow.to())),
        calls(flow));
  }

  private Optional<Double> calls(Flow flow) {
    return flow.isCache() ? cacheCalls(flow) : databaseCalls(flow);
  }

  private Optional<Double> cacheCalls(Flow flow) {
    return fleet.budgets().stream()
        .flatMap(budget -> budget.cost().collected().stream())
        .flatMap(cost -> cost.caches().asked().stream())
        .filter(asked -> asked.flow().equals(flow))
        .flatMap(asked -> asked.perRequest().stream())
        .findFirst();
  }

  private Optional<Double> databaseCalls(Flow flow) {
    return fleet.budgets().stream()
        .filter(budget -> budget.path().database().equals(flow))
        .map(LatencyBudget::cost)
        .flatMap(cost -> cost.collected().map(RequestCost::roundTrips).stream())
        .map(roundTrips -> roundTrips.perRequest())
        .findFirst();
  }
}
