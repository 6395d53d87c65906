package dev.earshot.custom;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.CustomCheck;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A check of the admin's own, for the hosts of one audit.
///
/// @param hosts that it is about
/// @param pattern by which they were chosen
public record DeclaredCheck(CustomDefinition definition, Set<HostName> hosts, String pattern)
    implements CustomCheck {

  /// One thing that was looked at, or was to be.
  private record Looked(HostEvidence host, Seen seen) {}

  public DeclaredCheck {
    hosts = Set.copyOf(hosts);
  }

  @Override
  public CheckInfo info() {
    return definition.info();
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<Finding> findings =
        looked(fleet).map(one -> new Judge(definition, one.host(), one.seen()).finding()).toList();
    return findings.isEmpty() ? List.of(aboutNobody()) : findings;
  }

  @Override
  public List<Trouble> troubles(Fleet fleet) {
    return looked(fleet)
        .flatMap(one ->
            new Judge(definition, one.host(), one.seen())
                    .trouble()
                    .map(reason ->
                        new Trouble(one.host().name(), Optional.of(definition.id()), reason))
                    .stream())
        .toList();
  }

  @Override
  public CustomCheck renamed(UnaryOperator<HostName> names, UnaryOperator<String> text) {
    return new DeclaredCheck(
        definition.with(text),
        hosts.stream().map(names).collect(Collectors.toSet()),
        text.apply(pattern));
  }

  private Stream<Looked> looked(Fleet fleet) {
    return fleet.hosts().stream()
        .filter(host -> hosts.contains(host.name()))
        .flatMap(host ->
            Seen.of(definition.asked(), host.recording()).stream()
                .map(seen -> new Looked(host, seen)));
  }

  /// That it judged nothing must not look as if all were well.
  private Finding aboutNobody() {
    return Finding.of(
        info(),
        new Subject.OfEntry(definition.id(), definition.origin()),
        new Verdict.Unknown(
            "no host of this audit matches %s (%s)".formatted(pattern, definition.origin())));
  }
}
