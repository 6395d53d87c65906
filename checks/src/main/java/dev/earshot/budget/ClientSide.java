package dev.earshot.budget;

import dev.earshot.budget.Suspect.Judgement;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import dev.earshot.topology.Topology;
import dev.earshot.topology.Traffic;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// Whether answers get lost between a load balancer and its clients, on one of its addresses: a
/// floating one may lead over other ways than the host's own.
///
/// No clock of the load balancer's holds that time, so that it comes on top of the request's. What
/// clients send and has to come twice shows at their end alone.
record ClientSide(Topology topology, HostName balancer, RequestCost cost, Share share) {

  static final String ID = "floating-address";
  private static final String TITLE = "the load balancer's addresses, loss between it and clients";

  /// Fewer answers seen than half of the requests, and most of them took connections that did not
  /// last.
  private static final double SEEN = 0.5;

  private static final int MOST_ADDRESSES = 5;

  Suspect suspect() {
    Map<Address, Traffic> traffic =
        topology.fleet().host(balancer).map(topology::inboundByAddress).orElse(Map.of());
    long sent = traffic.values().stream().mapToLong(Traffic::sent).sum();
    if (sent == 0) {
      return unknown(
          "no answer to a client was seen on a connection that stayed open over the window");
    }
    Duration lost =
        traffic.values().stream()
            .map(one -> Retransmissions.waits(one, cost.requests().rate()))
            .reduce(Duration.ZERO, Duration::plus);
    Suspect suspect =
        share.suspect(
            ID,
            TITLE,
            lost,
            cost.requestTime().plus(lost),
            "answers sent again to clients, each after %s at least: %s; what clients send again only they can tell"
                .formatted(Millis.format(Retransmissions.SHORTEST_WAIT), told(traffic)));
    return suspect.judgement() == Judgement.CLEARED && sent < SEEN * cost.requests().number()
        ? unknown(
            "%s; most requests came on connections that did not stay open over the window"
                .formatted(told(traffic)))
        : suspect;
  }

  private static Suspect unknown(String because) {
    return new Suspect(ID, TITLE, Judgement.UNKNOWN, because);
  }

  /// `10.0.0.11 3 of 400 segments (0.8 %), 10.0.0.99 0 of 20 segments (0 %)`
  private static String told(Map<Address, Traffic> traffic) {
    String some =
        traffic.entrySet().stream()
            .limit(MOST_ADDRESSES)
            .map(one ->
                "%s %d of %d segments (%s)"
                    .formatted(
                        one.getKey().value(),
                        one.getValue().retransmitted(),
                        one.getValue().sent(),
                        Percent.ofRatio(
                            (double) one.getValue().retransmitted()
                                / Math.max(1, one.getValue().sent()))))
            .collect(Collectors.joining(", "));
    int more = traffic.size() - MOST_ADDRESSES;
    return more > 0 ? "%s, and %d more addresses".formatted(some, more) : some;
  }
}
