package dev.earshot.check;

import dev.earshot.evidence.HostName;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A failure that is known, with somebody who answers for it until a day.
///
/// @param name tells it from the others: `postgres.jit for db1`
/// @param check its id
/// @param expires the last day on which it holds, in UTC
public record Waiver(
    String name,
    String check,
    Scope scope,
    String reason,
    String owner,
    LocalDate expires,
    Origin origin) {

  /// Which subjects of the check it is about. All of them where nothing is said.
  ///
  /// @param hosts those of which all that the subject concerns have to be
  /// @param from those of which the first host of a pair or path has to be
  /// @param to those of which the last one has to be
  /// @param detail the thing on the host that the subject has to be
  public record Scope(
      Optional<Set<HostName>> hosts,
      Optional<Set<HostName>> from,
      Optional<Set<HostName>> to,
      Optional<String> detail) {

    boolean covers(Subject subject) {
      List<HostName> concerned = subject.hosts();
      return hosts.stream().allMatch(some -> !concerned.isEmpty() && some.containsAll(concerned))
          && from.stream()
              .allMatch(some -> concerned.size() > 1 && some.contains(concerned.getFirst()))
          && to.stream()
              .allMatch(some -> concerned.size() > 1 && some.contains(concerned.getLast()))
          && detail.stream()
              .allMatch(one ->
                  subject instanceof Subject.OfHost(_, Optional<String> thing)
                      && thing.filter(one::equals).isPresent());
    }
  }

  /// Whether it can never cover what its check told of: the findings that were made, passed ones
  /// included, show what the check's subjects are. A thing on a host is named only while it fails,
  /// so a finding of its host alone may be of it.
  ///
  /// @param findings of all checks
  public boolean misses(List<Finding> findings) {
    List<Subject> subjects =
        findings.stream()
            .filter(finding -> finding.check().id().equals(check) && isDecided(finding.verdict()))
            .map(Finding::subject)
            .toList();
    Scope hostsAlone = new Scope(scope.hosts(), scope.from(), scope.to(), Optional.empty());
    return !subjects.isEmpty()
        && subjects.stream()
            .noneMatch(subject ->
                scope.covers(subject)
                    || (subject instanceof Subject.OfHost(_, Optional<String> thing)
                        && thing.isEmpty()
                        && hostsAlone.covers(subject)));
  }

  private static boolean isDecided(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _, Verdict.Fail _, Verdict.Waived _ -> true;
      case Verdict.Unknown _, Verdict.NotApplicable _ -> false;
    };
  }

  /// The hosts that it names.
  public Set<HostName> named() {
    return Stream.of(scope.hosts(), scope.from(), scope.to())
        .flatMap(some -> some.stream().flatMap(Set::stream))
        .collect(Collectors.toUnmodifiableSet());
  }

  public boolean covers(Finding finding) {
    return finding.check().id().equals(check) && scope.covers(finding.subject());
  }

  public boolean holdsOn(LocalDate day) {
    return !day.isAfter(expires);
  }
}
