package dev.earshot.policy;

import dev.earshot.check.Limit;
import dev.earshot.check.Thresholds;
import dev.earshot.evidence.Percent;
import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import dev.earshot.policy.Declarations.SetLimit;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds limits that were set against those that they grade with: the worse one has to be as far
/// beyond the milder one, or as far below it, as it usually is.
///
/// @param item the limits, as the file has them
/// @param set those that are otherwise than usual
record LimitOrder(Item item, List<SetLimit> set) {

  /// What a limit is in this file.
  ///
  /// @param line nothing where it is the usual one
  private record Stand(Limit limit, String told, Optional<Integer> line) {

    @Override
    public String toString() {
      return "%s (%s, %s)"
          .formatted(
              limit.name(), told, line.map(number -> "line " + number).orElse("as it is usually"));
    }
  }

  /// Tells of a limit that comes before its milder one.
  void check(Limit limit) {
    switch (limit) {
      case Limit.Time worse ->
          worse
              .milder()
              .filter(milder ->
                  isTurned(
                      worse.usual().compareTo(milder.usual()),
                      thresholds().of(worse).compareTo(thresholds().of(milder))))
              .ifPresent(milder -> tell(stand(worse), stand(milder)));
      case Limit.Share worse ->
          worse
              .milder()
              .filter(milder ->
                  isTurned(
                      worse.usual().compareTo(milder.usual()),
                      thresholds().of(worse).compareTo(thresholds().of(milder))))
              .ifPresent(milder -> tell(stand(worse), stand(milder)));
    }
  }

  /// Equal ones are well: the milder one is left out then.
  private static boolean isTurned(int usual, int now) {
    return Integer.signum(usual) * Integer.signum(now) < 0;
  }

  private void tell(Stand worse, Stand milder) {
    item.problems()
        .add(
            Problem.error(
                new Location(item.file(), worse.line().or(milder::line).orElse(item.line())),
                "%s: %s: %s would be passed before %s"
                    .formatted(item.name(), worse.limit().check(), worse, milder),
                "set both, so that %s is the one that is passed first"
                    .formatted(milder.limit().name())));
  }

  private Stand stand(Limit.Time limit) {
    return new Stand(limit, Limit.Time.told(thresholds().of(limit)), line(limit));
  }

  private Stand stand(Limit.Share limit) {
    return new Stand(limit, thresholds().of(limit).toString(), line(limit));
  }

  private Optional<Integer> line(Limit limit) {
    return set.stream().filter(one -> of(one).equals(limit)).map(SetLimit::line).findFirst();
  }

  private static Limit of(SetLimit set) {
    return switch (set) {
      case SetLimit.OfTime time -> time.limit();
      case SetLimit.OfShare share -> share.limit();
    };
  }

  private Thresholds thresholds() {
    Map<Limit.Time, Duration> times = new HashMap<>();
    Map<Limit.Share, Percent> shares = new HashMap<>();
    for (SetLimit one : set) {
      switch (one) {
        case SetLimit.OfTime(Limit.Time limit, Duration value, _) -> times.put(limit, value);
        case SetLimit.OfShare(Limit.Share limit, Percent value, _) -> shares.put(limit, value);
      }
    }
    return new Thresholds(times, shares);
  }
}
