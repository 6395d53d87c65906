package dev.earshot.budget;

import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the time of one request goes, as measured over the window.
///
/// ```
/// request time ≈ queue + balancer connect and round trip + round trips × rtt
///              + cache calls × rtt + execution + commit + computing + stolen + unexplained
/// ```
///
/// @param requests that took this path
/// @param roundTrips to the database, per request
/// @param rtt of one of them
/// @param queue waiting in the load balancer for a free slot; nothing where none tells
/// @param balancer from load balancer to backend and back, connecting included
/// @param caches that it asks
/// @param execution in the database, commits left out
/// @param commit waiting for commits to become durable
/// @param commitIfOn what that waiting is, or would be if `synchronous_commit` were on
/// @param computing processor time of the backend's own services, where it could be told
/// @param stolenAtMost about so long that computing stood still, as the backend's hypervisor ran
///   other guests; where that is noticeable
/// @param lost at least so long segments that got lost kept it waiting; part of what is unexplained
/// @param whole the request's time behind the load balancer, by a clock; nothing where nobody
///   measured it, and then what the parts add up to is the least that it takes
/// @param opinions other counts of the same requests
public record RequestCost(
    Count requests,
    RoundTrips roundTrips,
    Duration rtt,
    Optional<Duration> queue,
    Duration balancer,
    CacheCalls caches,
    Duration execution,
    Duration commit,
    Optional<Duration> commitIfOn,
    Optional<Duration> computing,
    Optional<Duration> stolenAtMost,
    Optional<Duration> lost,
    Optional<Whole> whole,
    List<Opinion> opinions) {

  /// No request is faster, whatever the sums say.
  private static final Duration SHORTEST = Duration.ofNanos(1_000);

  /// A share at which waits elsewhere are cleared, too.
  private static final double LITTLE = 0.1;

  /// The share of what is unexplained that is a request's own whatever it waits for. Without it, of
  /// ten predictions in the lab one was 4 % too slow and the others up to 18 % too fast, 10 % on
  /// the mean.
  private static final double STAYS = 0.25;

  /// Another way to count the same thing.
  ///
  /// @param by who counted, as a phrase
  public record Opinion(String by, double roundTripsPerRequest) {}

  /// A request's time as a whole.
  ///
  /// @param by whose clock it was, as a phrase
  public record Whole(Duration time, String by) {

    /// By HAProxy's statistics.
    static final String BALANCER = "the load balancer (its mean over up to 1024 requests)";
  }

  public RequestCost {
    opinions = List.copyOf(opinions);
  }

  /// The whole, where it was measured.
  public Optional<Duration> measured() {
    return whole.map(Whole::time);
  }

  /// Time in the wire between backend and database.
  public Duration databaseNetwork() {
    return times(rtt, roundTrips.perRequest());
  }

  public Duration network() {
    return balancer.plus(databaseNetwork()).plus(caches.network());
  }

  /// What the parts add up to.
  public Duration sum() {
    return counted().plus(stolen());
  }

  private Duration counted() {
    return Stream.of(
            queue.orElse(Duration.ZERO),
            network(),
            execution,
            commit,
            computing.orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// What was stolen, as an estimate never more than what is left of the request.
  public Duration stolen() {
    Duration estimate = stolenAtMost.orElse(Duration.ZERO);
    Duration left = measured().map(time -> time.minus(counted())).orElse(estimate);
    Duration most = left.isNegative() ? Duration.ZERO : left;
    return estimate.compareTo(most) < 0 ? estimate : most;
  }

  /// Nothing may be left, or less than nothing where the parts were overrated.
  public Duration unexplained() {
    Duration rest = requestTime().minus(sum());
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  /// What is unexplained even when the waits for lost segments are taken off.
  Duration rest() {
    Duration rest = unexplained().minus(lost.orElse(Duration.ZERO));
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  /// What shorter waits save in all.
  ///
  /// What nothing explains may be anything, and stays. But where computing was measured and little
  /// is left, it is what waiting brings along: the waking of hosts, and what else they do
  /// meanwhile. That shrinks with the waiting, but for [#STAYS] of it.
  Duration withUnexplained(Duration saves) {
    return isLittleLeft()
        ? saves.plus(times(unexplained(), Millis.ratio(saves, sum()) * (1 - STAYS)))
        : saves;
  }

  /// The same as a term of a sum.
  Optional<String> inProportion() {
    return isLittleLeft()
        ? Optional.of(
            "%.0f %% of the unexplained %s shrink in proportion"
                .formatted(100 * (1 - STAYS), Millis.format(unexplained())))
        : Optional.empty();
  }

  private boolean isLittleLeft() {
    return computing.isPresent()
        && explainedRatio().filter(ratio -> ratio < 1 && 1 - ratio <= LITTLE).isPresent();
  }

  public Optional<Double> explainedRatio() {
    return measured().filter(Duration::isPositive).map(time -> Millis.ratio(sum(), time));
  }

  /// As measured; where nobody measured it, the least that it takes.
  public Duration requestTime() {
    return measured().orElseGet(this::sum);
  }

  /// The same in words: `533 ms`, or `at least 533 ms`.
  public String requestWords() {
    return (whole.isPresent() ? "" : "at least ") + Millis.format(requestTime());
  }

  /// What a sender gets that waits for each answer before it sends the next request; at most, where
  /// nobody measured the whole.
  public Rate serialCeiling() {
    return ceiling(requestTime());
  }

  /// The same in words: `1.9/s`, or `1.9/s at most`.
  public String ceilingWords() {
    return serialCeiling() + (whole.isPresent() ? "" : " at most");
  }

  static Rate ceiling(Duration requestTime) {
    return Rate.of(1, requestTime.compareTo(SHORTEST) > 0 ? requestTime : SHORTEST);
  }

  static Duration times(Duration duration, double factor) {
    return Millis.duration(Millis.of(duration) * factor);
  }
}
