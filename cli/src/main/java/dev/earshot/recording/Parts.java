package dev.earshot.recording;

import static java.util.stream.Collectors.joining;

import dev.earshot.evidence.Depth;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.Remote;
import dev.earshot.evidence.Shard;
import dev.earshot.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The parts of one audit, each asked by another machine, joined to what one machine would have
/// recorded.
public final class Parts {

  private static final int MOST_NAMED = 5;

  /// How much later than the first part the last one may have begun, beside the window: schedulers
  /// let jobs wait for each other.
  private static final Duration SPREAD = Duration.ofMinutes(15);

  /// One of them.
  ///
  /// @param file as the user names it
  public record Part(String file, FleetRecording recording) {}

  /// What they are together.
  ///
  /// @param parts those that hold
  /// @param missing parts that nobody gave; their hosts are told as unreachable
  /// @param remarks what there is to know beside, a sentence each
  public record Joined(
      FleetRecording recording, List<Part> parts, List<Shard> missing, List<String> remarks) {}

  /// A part whose task its scheduler ran again.
  ///
  /// @param later the one that holds; of two of the same moment the one that was given first
  private record Twice(Shard shard, Part later, Part earlier) {}

  private final List<Twice> repeated = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Map<Shard, Part> parts =
      new TreeMap<>(Comparator.comparingInt(Shard::number).thenComparingInt(Shard::count));

  private Parts() {}

  /// Joins them, in whatever order they come. Of one part that was collected twice the later one
  /// holds.
  ///
  /// @param given one or more
  /// @throws RecordingException with all reasons for which they are not parts of one audit
  public static Joined join(List<Part> given) {
    Parts parts = new Parts();
    given.forEach(parts::add);
    if (parts.problems.isEmpty()) {
      parts.compare();
    }
    if (!parts.problems.isEmpty()) {
      throw new RecordingException(String.join("\n", parts.problems));
    }
    return parts.joined();
  }

  private void add(Part part) {
    Optional<Shard> shard = part.recording().shard();
    if (shard.isEmpty()) {
      problems.add(
          "%s is no part of an audit, but a whole one: 'earshot report' reads it"
              .formatted(part.file()));
      return;
    }
    Part same = parts.putIfAbsent(shard.get(), part);
    if (same != null) {
      boolean later = part.recording().takenAt().isAfter(same.recording().takenAt());
      Twice twice = later ? new Twice(shard.get(), part, same) : new Twice(shard.get(), same, part);
      parts.put(shard.get(), twice.later());
      repeated.add(twice);
    }
  }

  /// The earlier one may be of anything but another fleet, in which it would be no part of this.
  private void compare(Twice twice) {
    Optional<String> difference = difference(twice.later(), twice.earlier());
    difference.ifPresent(problems::add);
    if (difference.isEmpty()) {
      remarks.add(
          "part %s was collected twice: %s of %s holds, not %s of %s"
              .formatted(
                  twice.shard(),
                  twice.later().file(),
                  twice.later().recording().takenAt(),
                  twice.earlier().file(),
                  twice.earlier().recording().takenAt()));
    }
  }

  /// Each with the first; their times with the newest, as old parts are left where new ones were to
  /// replace them.
  private void compare() {
    repeated.forEach(this::compare);
    List<Part> all = List.copyOf(parts.values());
    Part first = all.getFirst();
    for (Part other : all.subList(1, all.size())) {
      compare(first, other);
    }
    Part newest = Collections.max(all, Comparator.comparing(part -> part.recording().takenAt()));
    all.forEach(part -> compareTimes(part, newest));
  }

  private void compareTimes(Part part, Part newest) {
    Instant begun = part.recording().takenAt();
    Instant last = newest.recording().takenAt();
    if (Duration.between(begun, last).compareTo(newest.recording().window().plus(SPREAD)) > 0) {
      problems.add(
          "%s was collected at %s, %s at %s: too far apart for parts of one audit; collect part %s anew, or leave it out"
              .formatted(
                  part.file(), begun, newest.file(), last, part.recording().shard().orElseThrow()));
    }
  }

  private void compare(Part one, Part other) {
    int count = one.recording().shard().orElseThrow().count();
    int otherCount = other.recording().shard().orElseThrow().count();
    if (count != otherCount) {
      problems.add(
          "%s is one of %d parts, %s one of %d"
              .formatted(one.file(), count, other.file(), otherCount));
    }
    difference(one, other).ifPresent(problems::add);
    Duration window = one.recording().window();
    if (!window.equals(other.recording().window())) {
      problems.add(
          "%s was looked at for %s, %s for %s: give all parts the same --window"
              .formatted(
                  one.file(), seconds(window), other.file(), seconds(other.recording().window())));
    }
    if (one.recording().depth() != other.recording().depth()) {
      problems.add("%s: give --deep to all parts or to none".formatted(deep(one, other).file()));
    }
    if (!one.recording().version().equals(other.recording().version())) {
      remarks.add(
          "%s was collected by Earshot %s, %s by %s: what only one of them asks is not known of the other's hosts"
              .formatted(
                  one.file(),
                  Printable.of(one.recording().version()),
                  other.file(),
                  Printable.of(other.recording().version())));
    }
  }

  private static Part deep(Part one, Part other) {
    return one.recording().depth() == Depth.DEEP ? one : other;
  }

  private static Optional<String> difference(Part one, Part other) {
    List<HostName> fleet = names(one.recording());
    List<HostName> others = names(other.recording());
    if (fleet.equals(others)) {
      return Optional.empty();
    }
    Set<HostName> only = new LinkedHashSet<>(fleet);
    only.addAll(others);
    only.removeIf(both(fleet, others)::contains);
    return Optional.of(
        only.isEmpty()
            ? "%s and %s have the same hosts in another order: give all parts the same inventory"
                .formatted(one.file(), other.file())
            : "%s and %s are not of the same fleet: only one of them has %s"
                .formatted(
                    one.file(),
                    other.file(),
                    only.stream()
                            .limit(MOST_NAMED)
                            .map(host -> Printable.of(host.value()))
                            .collect(joining(", "))
                        + (only.size() > MOST_NAMED
                            ? " and %d more".formatted(only.size() - MOST_NAMED)
                            : "")));
  }

  private static Set<HostName> both(List<HostName> one, List<HostName> other) {
    Set<HostName> both = new HashSet<>(one);
    both.retainAll(Set.copyOf(other));
    return both;
  }

  private Joined joined() {
    FleetRecording first = parts.values().iterator().next().recording();
    int count = first.shard().orElseThrow().count();
    List<HostName> fleet = names(first);
    Map<HostName, HostRecording> hosts = new HashMap<>();
    for (int number = 1; number <= count; number++) {
      int machine = number;
      Shard shard = new Shard(number, count);
      Set<HostName> own = shard.of(fleet);
      Optional<FleetRecording> part = Optional.ofNullable(parts.get(shard)).map(Part::recording);
      part.orElse(first).hosts().stream()
          .filter(host -> own.contains(host.host().name()))
          .map(host ->
              part.isPresent() ? host.askedBy(machine) : HostRecording.leftTo(shard, host.host()))
          .forEach(host -> hosts.put(host.host().name(), host));
    }
    FleetRecording whole =
        new FleetRecording(
            parts.values().stream()
                .map(part -> part.recording().takenAt())
                .min(Instant::compareTo)
                .orElseThrow(),
            first.window(),
            first.version(),
            first.depth(),
            NamesOnce.of(fleet.stream().map(hosts::get).toList()),
            remotes());
    return new Joined(
        whole,
        List.copyOf(parts.values()),
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> new Shard(number, count))
            .filter(shard -> !parts.containsKey(shard))
            .toList(),
        List.copyOf(remarks));
  }

  private List<Remote> remotes() {
    Map<String, Remote> byName = new LinkedHashMap<>();
    parts
        .values()
        .forEach(part ->
            part.recording().remotes().forEach(each -> byName.putIfAbsent(each.name(), each)));
    return List.copyOf(byName.values());
  }

  private static List<HostName> names(FleetRecording recording) {
    return recording.hosts().stream().map(host -> host.host().name()).toList();
  }

  private static String seconds(Duration window) {
    return window.toMillis() / 1000.0 + " s";
  }
}
