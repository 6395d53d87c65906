package dev.earshot.budget;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Standby;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.topology.AddressBook;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a commit waits for synchronous standbys: a round trip to the slowest of those that have to
/// answer, which are all `sync` ones, or the fastest so many of a quorum.
///
/// @param connected synchronous standbys, one at least
/// @param rtts to those of them whose distance is known, sorted
/// @param quorum whether `needed` of them are enough
public record StandbyWait(int connected, List<Duration> rtts, boolean quorum, int needed) {

  static final String DISK = "the disk";

  private static final Pattern QUORUM = Pattern.compile("(?i)^\\s*ANY\\s+(\\d{1,4})");

  public StandbyWait {
    rtts = List.copyOf(rtts);
  }

  /// Nothing where no standby is named, or none of those named is connected.
  public static Optional<StandbyWait> of(
      Topology topology, HostName primary, PostgresSettings settings, PostgresActivity activity) {
    return of(topology.book(), primary, settings, activity, topology.rtts()::typical);
  }

  /// The same where hosts are so far from each other.
  ///
  /// @param distance what a round trip takes from a primary to a standby on another host
  public static Optional<StandbyWait> of(
      AddressBook book,
      HostName primary,
      PostgresSettings settings,
      PostgresActivity activity,
      BiFunction<HostName, HostName, Optional<Duration>> distance) {
    String names = settings.value("synchronous_standby_names");
    List<Standby> synchronous =
        activity.standbys().stream().filter(Standby::isSynchronous).toList();
    if (names.isBlank() || synchronous.isEmpty()) {
      return Optional.empty();
    }
    List<Duration> rtts =
        synchronous.stream()
            .flatMap(standby -> standby.client().stream())
            .flatMap(address -> book.owner(address, primary).stream())
            .flatMap(host ->
                (host.equals(primary) ? Optional.of(Duration.ZERO) : distance.apply(primary, host))
                    .stream())
            .sorted()
            .toList();
    return Optional.of(
        new StandbyWait(
            synchronous.size(),
            rtts,
            synchronous.getFirst().syncState().equals("quorum"),
            needed(names, synchronous.size())));
  }

  public boolean isAllKnown() {
    return rtts.size() == connected;
  }

  /// By the standbys whose distance is known: no less than the real wait for a quorum, no more than
  /// it otherwise.
  public Optional<Duration> bound() {
    return quorum && rtts.size() >= needed
        ? Optional.of(rtts.get(needed - 1))
        : rtts.stream().max(Duration::compareTo);
  }

  /// Nothing where the distance of one is not known.
  public Optional<Duration> exact() {
    return isAllKnown() ? bound() : Optional.empty();
  }

  /// Whether the real wait is on the same side of a limit as [#bound()].
  public boolean isDecided(Duration limit) {
    boolean near = bound().filter(time -> time.compareTo(limit) <= 0).isPresent();
    return isAllKnown() || (quorum ? near && rtts.size() >= needed : !near);
  }

  /// What commits wait for, as a noun phrase.
  String waitedFor() {
    return exact()
        .map(rtt -> DISK + " and %s for a synchronous standby".formatted(Millis.format(rtt)))
        .orElse(
            DISK
                + " alone (the round trip to the synchronous standby is not known, and not included)");
  }

  /// `ANY 2 (a, b, c)` needs two.
  private static int needed(String names, int connected) {
    Matcher any = QUORUM.matcher(names);
    int asked = any.find() ? Integer.parseInt(any.group(1)) : connected;
    return Math.clamp(asked, 1, connected);
  }
}
