package dev.earshot.recording;

import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.Remote;
import dev.earshot.evidence.Remote.Others;
import dev.earshot.evidence.Remote.Poll;
import dev.earshot.evidence.Remote.Sent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Between what other instances said and its part of `audit.json`.
final class RemoteEntries {

  private RemoteEntries() {}

  static List<Manifest.Other> write(List<Remote> remotes) {
    return remotes.stream()
        .map(remote ->
            new Manifest.Other(
                remote.name(), remote.domain(), said(remote.start()), said(remote.end())))
        .toList();
  }

  /// None where the recording has none.
  static List<Remote> read(@Nullable List<Manifest.Other> others) {
    return Optional.ofNullable(others).orElse(List.of()).stream()
        .map(other ->
            new Remote(other.name(), other.domain(), poll(other.start()), poll(other.end())))
        .toList();
  }

  private static Manifest.Said said(Evidence<Poll> poll) {
    return switch (poll) {
      case Evidence.Collected<Poll>(Poll told) ->
          new Manifest.Said(
              null,
              told.at().toString(),
              told.newest(),
              told.newestPublished().map(Instant::toString).orElse(null),
              told.ours().map(Sent::upTo).orElse(null),
              told.ours().flatMap(Sent::published).map(Instant::toString).orElse(null),
              told.ours().map(Sent::failures).orElse(null),
              told.others().map(Others::reached).orElse(null),
              told.others().map(Others::asLate).orElse(null));
      case Evidence.Uncollected<Poll>(String reason) -> without(reason);
      case Evidence.Absent<Poll>() -> without("it was not asked");
    };
  }

  private static Manifest.Said without(String reason) {
    return new Manifest.Said(reason, null, null, null, null, null, null, null, null);
  }

  private static Evidence<Poll> poll(Manifest.Said said) {
    Instant at = time(said.at()).orElse(null);
    Long newest = said.newestId();
    if (at == null || newest == null) {
      return new Evidence.Uncollected<>(
          Optional.ofNullable(said.reason()).orElse("it was not asked"));
    }
    return new Evidence.Collected<>(
        new Poll(
            at,
            newest,
            time(said.newestPublished()),
            Optional.ofNullable(said.sentId())
                .map(id ->
                    new Sent(
                        id,
                        time(said.sentPublished()),
                        Optional.ofNullable(said.failures()).orElse(0))),
            others(said)));
  }

  private static Optional<Others> others(Manifest.Said said) {
    return Optional.ofNullable(said.othersReached())
        .flatMap(reached ->
            Optional.ofNullable(said.othersAsLate()).map(late -> new Others(reached, late)));
  }

  private static Optional<Instant> time(@Nullable String text) {
    return Optional.ofNullable(text).map(Instant::parse);
  }
}
