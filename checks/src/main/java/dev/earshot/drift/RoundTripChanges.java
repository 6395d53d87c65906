package dev.earshot.drift;

import dev.earshot.drift.Change.State;
import dev.earshot.evidence.Millis;
import dev.earshot.topology.Link;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Round trips that are longer or shorter by more than they vary, by echo requests between the same
/// two hosts. The kernel's figures change with what the peers do, so they are not compared.
final class RoundTripChanges {

  /// Less than half a millisecond is what a busy host adds by itself: our own choice, a quarter of
  /// what a database may be away.
  private static final Duration LEAST = Duration.ofNanos(500_000);

  /// Of the median: longer ways vary by more.
  private static final double LEAST_RATIO = 0.1;

  private RoundTripChanges() {}

  static List<Change> between(Topology before, Topology now) {
    List<Change> changes = new ArrayList<>();
    for (Link link : now.rtts().links()) {
      if (link.method() == Link.Method.ICMP) {
        before
            .rtts()
            .between(link.from(), link.to())
            .filter(was -> was.method() == Link.Method.ICMP)
            .findFirst()
            .flatMap(was -> change(was, link))
            .ifPresent(changes::add);
      }
    }
    return changes;
  }

  private static Optional<Change> change(Link was, Link is) {
    if (was.median().isPresent() && is.isFiltered() && is.sent() > 0) {
      return Optional.of(
          change(
              State.CHANGED,
              is,
              "answers no echo requests; a round trip took %s".formatted(text(was))));
    } else if (was.median().isEmpty() || is.median().isEmpty()) {
      return Optional.empty();
    }
    Duration old = was.median().get();
    Duration current = is.median().get();
    if (current.minus(old).abs().compareTo(noise(was, is)) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        change(
            current.compareTo(old) > 0 ? State.REGRESSED : State.IMPROVED,
            is,
            "a round trip takes %s, took %s".formatted(text(is), text(was))));
  }

  /// The most that either of them varied by itself, and no less than what always varies.
  private static Duration noise(Link was, Link is) {
    Duration share = Millis.duration(Millis.of(was.median().orElseThrow()) * LEAST_RATIO);
    return Collections.max(List.of(LEAST, share, spread(was), spread(is)));
  }

  private static Duration spread(Link link) {
    return link.percentile(0.95).orElseThrow().minus(link.min().orElseThrow());
  }

  private static String text(Link link) {
    return "%s (%s to %s)"
        .formatted(
            Millis.format(link.median().orElseThrow()),
            Millis.format(link.min().orElseThrow()),
            Millis.format(link.percentile(0.95).orElseThrow()));
  }

  private static Change change(State state, Link link, String what) {
    return new Change(
        state,
        "round-trip/%s/%s".formatted(link.from(), link.to()),
        "%s → %s: %s".formatted(link.from(), link.to(), what));
  }
}
