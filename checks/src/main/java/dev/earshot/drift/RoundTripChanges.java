package dev.earshot.drift;

import dev.earshot.drift.Change.State;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.topology.Link;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Round trips that are longer or shorter by more than they vary, between the same two hosts: by
/// echo requests; where neither time one was answered, by what the kernel saw, or a connection
/// through SSH took, at least. Their other figures change with what the peers do, so they are not
/// compared.
final class RoundTripChanges {

  /// Less than half a millisecond is what a busy host adds by itself: our own choice, a quarter of
  /// what a database may be away.
  private static final Duration LEAST = Duration.ofNanos(500_000);

  /// Of the median: longer ways vary by more.
  private static final double LEAST_RATIO = 0.1;

  private RoundTripChanges() {}

  static List<Change> between(Topology before, Topology now) {
    List<Change> changes = new ArrayList<>();
    Set<Pair> told = new HashSet<>();
    for (Link link : now.rtts().links()) {
      List<Link> old = before.rtts().between(link.from(), link.to()).toList();
      if (link.method() == Link.Method.ICMP) {
        same(old, link).flatMap(was -> change(was, link)).ifPresent(changes::add);
      } else if (unanswered(old.stream())
          && unanswered(now.rtts().between(link.from(), link.to()))
          && told.add(new Pair(link.from(), link.to()))) {
        same(old, link).flatMap(was -> changeOfLeast(was, link)).ifPresent(changes::add);
      }
    }
    return changes;
  }

  private record Pair(HostName from, HostName to) {}

  private static Optional<Link> same(List<Link> old, Link link) {
    return old.stream().filter(was -> was.method() == link.method()).findFirst();
  }

  private static boolean unanswered(Stream<Link> links) {
    return links.noneMatch(link -> link.method() == Link.Method.ICMP && !link.isFiltered());
  }

  private static Optional<Change> changeOfLeast(Link was, Link is) {
    if (was.min().isEmpty() || is.min().isEmpty()) {
      return Optional.empty();
    }
    Duration old = was.min().get();
    Duration current = is.min().get();
    Duration share = Millis.duration(Millis.of(old) * LEAST_RATIO);
    return current.minus(old).abs().compareTo(Collections.max(List.of(LEAST, share))) <= 0
        ? Optional.empty()
        : Optional.of(
            change(
                current.compareTo(old) > 0 ? State.REGRESSED : State.IMPROVED,
                is,
                "a round trip takes %s at least, took %s, by %s"
                    .formatted(
                        Millis.format(current),
                        Millis.format(old),
                        is.method() == Link.Method.KERNEL ? "the kernel" : "a tunnel")));
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
