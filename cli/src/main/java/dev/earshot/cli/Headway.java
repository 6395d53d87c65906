package dev.earshot.cli;

import dev.earshot.collect.Step;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.Millis;
import dev.earshot.report.layout.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How far asking the hosts has come, as a line: how many are done, how many of them failed, what
/// goes on, and how long it may yet take. Knows no clock: whoever asks says when, counted from the
/// beginning. For several threads.
final class Headway {

  /// What reaching a host and its probes take beside the window, until a host has shown it.
  private static final Duration USUAL_OVERHEAD = Duration.ofSeconds(3);

  /// So few can be named.
  private static final int FEW = 3;

  private static final int BAR = 20;

  private final int hosts;
  private final int forks;
  private final Duration usual;
  private final Map<HostName, Duration> underWay = new LinkedHashMap<>();
  private final Set<HostName> answering = new HashSet<>();
  private final List<Duration> took = new ArrayList<>();
  private int done;
  private int failing;
  private int timing;

  /// @param hosts in all
  /// @param forks at the same time
  /// @param window between the two samples, for which every host takes its time
  Headway(int hosts, int forks, Duration window) {
    this.hosts = hosts;
    this.forks = forks;
    this.usual = window.plus(USUAL_OVERHEAD);
  }

  synchronized void take(Step step, Duration now) {
    switch (step) {
      case Step.Called(HostName host) -> underWay.put(host, now);
      case Step.Answering(HostName host) -> answering.add(host);
      case Step.Finished(HostRecording recording) -> finish(recording, now);
      case Step.Timing(int count) -> timing = count;
    }
  }

  private void finish(HostRecording recording, Duration now) {
    HostName host = recording.host().name();
    Duration called = Optional.ofNullable(underWay.remove(host)).orElse(now);
    answering.remove(host);
    done++;
    if (recording.unreachable().isPresent()) {
      failing++;
    } else {
      took.add(now.minus(called));
    }
  }

  /// `████████░░░░░░░░░░░░ 37 of 90 hosts, 2 failing · measuring · about 40 s left`
  synchronized String line(Duration now) {
    int full = hosts == 0 ? BAR : BAR * done / hosts;
    return "%s%s %d of %s%s · %s%s"
        .formatted(
            "█".repeat(full),
            "░".repeat(BAR - full),
            done,
            Figures.count(hosts, "host"),
            failing == 0 ? "" : ", %d failing".formatted(failing),
            phase(),
            done == hosts ? "" : " · " + left(now));
  }

  private String phase() {
    if (timing > 0) {
      return "timing connections by the SSH servers of " + Figures.count(timing, "host");
    }
    return answering.isEmpty() ? done == hosts ? "done" : "logging in" : "measuring";
  }

  private String left(Duration now) {
    Duration left = timeLeft(now);
    if (left.isPositive()) {
      double seconds = Millis.of(left) / 1000;
      return seconds < 100
          ? "about %.0f s left".formatted(Math.max(1, seconds))
          : "about %.0f min left".formatted(seconds / 60);
    }
    return underWay.size() <= FEW
        ? "waiting for "
            + String.join(", ", underWay.keySet().stream().map(HostName::value).toList())
        : "some take longer than most";
  }

  /// Hosts that wait for their turn get it in rounds. Negative where a host takes longer than the
  /// others did.
  private Duration timeLeft(Duration now) {
    Duration each =
        took.isEmpty()
            ? usual
            : took.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(took.size());
    int waiting = hosts - done - underWay.size();
    Duration begun = underWay.values().stream().reduce(Duration.ZERO, (_, last) -> last);
    Duration rest = underWay.isEmpty() ? Duration.ZERO : each.minus(now.minus(begun));
    return waiting == 0
        ? rest
        : each.multipliedBy(Math.ceilDiv(waiting, forks))
            .plus(rest.isNegative() ? Duration.ZERO : rest.dividedBy(2));
  }
}
