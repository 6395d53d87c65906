package dev.earshot.budget;

import dev.earshot.budget.Suspect.Judgement;
import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.Rate;

/// Whether the busiest sender, or its way here, holds back what it has to send, though it could get
/// it through.
///
/// What came is counted of all senders together: where that is less than the busiest has, less came
/// of the busiest, too; as much may be others'.
///
/// @param arrivals what the busiest sender has to get through, as the admin says
/// @param onlyWay no other path shares the load balancer or the backend, so that what came on this
///   one is all
record Sender(RequestCost cost, Arrivals arrivals, boolean onlyWay) {

  static final String ID = "sender";
  private static final String TITLE = "the sender, or its way here";

  /// Less than this of what has to get through, and a short window can't explain it.
  private static final double AS_MUCH = 0.8;

  Suspect suspect() {
    Rate capacity = arrivals.capacity(cost.serialCeiling());
    Rate came = cost.requests().rate();
    if (arrivals.behind(cost.serialCeiling()) > 0) {
      return suspect(
          Judgement.CLEARED,
          "%s have to get through, and its requests take so long here that no more than %s can"
              .formatted(arrivals.rate(), capacity));
    } else if (cost.measured().isEmpty()) {
      return suspect(
          Judgement.UNKNOWN,
          "%s have to get through, and %s came; whether more could, nothing tells, as nobody measured a request as a whole"
              .formatted(arrivals.rate(), came));
    }
    if (!onlyWay) {
      return suspect(
          Judgement.UNKNOWN,
          "%s have to get through, %s could, and %s came on this way, which is one of several"
              .formatted(arrivals.rate(), capacity, came));
    }
    String numbers =
        "%s have to get through, %s could, and %s came from all senders together"
            .formatted(arrivals.rate(), capacity, came);
    return came.perSecond() < AS_MUCH * arrivals.rate().perSecond()
        ? suspect(
            Judgement.CAUSE, numbers + ": what else there is waits there, or is on its way here")
        : suspect(
            Judgement.UNKNOWN,
            numbers + "; which part of it is the busiest's, its queue tells: audit with --remote");
  }

  private static Suspect suspect(Judgement judgement, String because) {
    return new Suspect(ID, TITLE, judgement, because);
  }
}
