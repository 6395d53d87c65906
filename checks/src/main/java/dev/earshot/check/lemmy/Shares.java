package dev.earshot.check.lemmy;

import dev.earshot.evidence.LemmyProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How the processes that send divide the servers among them.
///
/// @param wrong what their flags contradict
/// @param open what the environment of a process without such flags may yet put right
record Shares(List<String> wrong, List<String> open) {

  /// What nobody would split into more than.
  private static final int MOST = 1000;

  Shares {
    wrong = List.copyOf(wrong);
    open = List.copyOf(open);
  }

  static Shares of(List<LemmyProcess> all) {
    List<LemmyProcess> senders = all.stream().filter(LemmyProcess::sending).toList();
    List<LemmyProcess> flagged = senders.stream().filter(LemmyProcess::flagged).toList();
    int others = senders.size() - flagged.size();
    if (senders.isEmpty()) {
      return new Shares(List.of("no process sends activities"), List.of());
    }
    List<String> open = new ArrayList<>();
    if (others > 0 && senders.size() > 1) {
      open.add(
          "%d of %d processes that send have no flags that say which share"
              .formatted(others, senders.size()));
    }
    return new Shares(flagged.isEmpty() ? List.of() : wrong(flagged, others == 0), open);
  }

  /// @param whole nobody else may send a share
  private static List<String> wrong(List<LemmyProcess> flagged, boolean whole) {
    List<Integer> counts =
        flagged.stream().map(one -> one.count().orElseThrow()).distinct().sorted().toList();
    if (counts.size() > 1) {
      return List.of(
          "those that send disagree on how many they are: "
              + String.join(" and ", counts.stream().map(String::valueOf).toList()));
    }
    List<String> wrong = new ArrayList<>();
    Map<Integer, Long> times =
        flagged.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.index().orElseThrow(), TreeMap::new, Collectors.counting()));
    int count = counts.getFirst();
    times.forEach((index, number) -> {
      if (number > 1) {
        wrong.add("share %d of %d is sent by %d processes".formatted(index, count, number));
      }
      if (index < 1 || index > count) {
        wrong.add("share %d of %d does not exist".formatted(index, count));
      }
    });
    long missing =
        IntStream.rangeClosed(1, Math.min(count, MOST))
            .filter(index -> !times.containsKey(index))
            .count();
    if (whole && missing > 0) {
      wrong.add("%d of %d shares are sent by nobody".formatted(missing, count));
    }
    return wrong;
  }
}
