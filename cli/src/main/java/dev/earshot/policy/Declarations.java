package dev.earshot.policy;

import dev.earshot.check.Limit;
import dev.earshot.check.Profile;
import dev.earshot.check.Severity;
import dev.earshot.custom.CustomDefinition;
import dev.earshot.evidence.Percent;
import dev.earshot.inventory.HostPattern;
import dev.earshot.topology.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an `earshot.yml` says, whichever hosts it is about.
///
/// @param file as the user wrote it; nothing where there is none
record Declarations(
    Optional<Path> file,
    Optional<Duration> window,
    Optional<Profile.Intent> profile,
    Optional<Severity> failOn,
    List<DeclaredRole> roles,
    List<SetLimit> limits,
    List<IgnoredFlow> ignoredFlows,
    List<DeclaredWaiver> waivers,
    List<Custom> checks) {

  static final Declarations NONE =
      new Declarations(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  /// Hosts, as the file names them.
  record Pattern(HostPattern hosts, int line) {

    @Override
    public String toString() {
      return hosts.text();
    }
  }

  record DeclaredRole(Pattern hosts, Set<Role> roles) {}

  /// A limit that is another one than usual.
  sealed interface SetLimit {

    int line();

    record OfTime(Limit.Time limit, Duration value, int line) implements SetLimit {}

    record OfShare(Limit.Share limit, Percent value, int line) implements SetLimit {}
  }

  record IgnoredFlow(
      Optional<Pattern> from,
      Optional<Pattern> to,
      Optional<Integer> port,
      String reason,
      int line) {}

  record DeclaredWaiver(
      String check,
      Optional<Pattern> hosts,
      Optional<Pattern> from,
      Optional<Pattern> to,
      Optional<String> detail,
      String reason,
      String owner,
      LocalDate expires,
      int line) {

    /// `postgres.jit for db1`
    String name() {
      return check
          + hosts.map(some -> " for " + some).orElse("")
          + from.map(some -> " from " + some).orElse("")
          + to.map(some -> " to " + some).orElse("")
          + detail.map(thing -> " about " + thing).orElse("");
    }
  }

  /// A check of the admin's own, and the hosts that it is for.
  record Custom(Pattern hosts, CustomDefinition definition) {}

  Declarations {
    roles = List.copyOf(roles);
    limits = List.copyOf(limits);
    ignoredFlows = List.copyOf(ignoredFlows);
    waivers = List.copyOf(waivers);
    checks = List.copyOf(checks);
  }

  Declarations withoutChecks() {
    return new Declarations(
        file, window, profile, failOn, roles, limits, ignoredFlows, waivers, List.of());
  }
}
