package dev.earshot.policy;

import dev.earshot.check.CustomCheck;
import dev.earshot.check.Limit;
import dev.earshot.check.Origin;
import dev.earshot.check.Policy;
import dev.earshot.check.Policy.Note;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Waiver;
import dev.earshot.custom.DeclaredCheck;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Percent;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.HostPattern;
import dev.earshot.inventory.Inventory;
import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Selection;
import dev.earshot.policy.Declarations.Custom;
import dev.earshot.policy.Declarations.DeclaredRole;
import dev.earshot.policy.Declarations.DeclaredWaiver;
import dev.earshot.policy.Declarations.IgnoredFlow;
import dev.earshot.policy.Declarations.Pattern;
import dev.earshot.policy.Declarations.SetLimit;
import dev.earshot.topology.DeclaredTopology;
import dev.earshot.topology.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out what patterns mean among the hosts of one audit. Saved evidence has their groups, so
/// that it is judged as the audit was.
final class Binding {

  private final Declarations declarations;
  private final Path file;
  private final String name;
  private final Inventory inventory;
  private final List<Problem> problems;

  /// @param name what reports call the file
  /// @param problems gets warnings about patterns that match no host
  Binding(
      Declarations declarations, String name, List<InventoryHost> audited, List<Problem> problems) {
    this.declarations = declarations;
    this.file = declarations.file().orElse(Path.of(PolicyFile.NAME));
    this.name = name;
    this.problems = problems;
    SequencedMap<String, List<String>> hosts = new LinkedHashMap<>();
    for (InventoryHost host : audited) {
      hosts.put(host.name().value(), host.groups());
    }
    this.inventory = Inventory.of(hosts);
  }

  Policy policy() {
    return new Policy(
        new DeclaredTopology(
            roles(), declarations.ignoredFlows().stream().map(this::ignored).toList()),
        thresholds(),
        declarations.waivers().stream().map(this::waiver).toList(),
        declarations.checks().stream().map(this::check).toList(),
        notes());
  }

  private CustomCheck check(Custom check) {
    return new DeclaredCheck(check.definition(), hosts(check.hosts()), check.hosts().toString());
  }

  /// What each host is to be asked for the admin's own checks.
  Map<HostName, List<CustomQuestion>> questions() {
    Map<HostName, List<CustomQuestion>> questions = new LinkedHashMap<>();
    for (Custom check : declarations.checks()) {
      check
          .definition()
          .asked()
          .question()
          .ifPresent(question ->
              hosts(check.hosts())
                  .forEach(host ->
                      questions.computeIfAbsent(host, _ -> new ArrayList<>()).add(question)));
    }
    return questions;
  }

  private Map<HostName, Set<Role>> roles() {
    Map<HostName, Set<Role>> roles = new LinkedHashMap<>();
    for (DeclaredRole declared : declarations.roles()) {
      hosts(declared.hosts())
          .forEach(host ->
              roles
                  .computeIfAbsent(host, _ -> EnumSet.noneOf(Role.class))
                  .addAll(declared.roles()));
    }
    return roles;
  }

  private DeclaredTopology.IgnoredFlow ignored(IgnoredFlow flow) {
    return new DeclaredTopology.IgnoredFlow(
        flow.from().map(this::hostsOrAddress), flow.to().map(this::hostsOrAddress), flow.port());
  }

  private Thresholds thresholds() {
    Map<Limit.Time, Duration> times = new LinkedHashMap<>();
    Map<Limit.Share, Percent> shares = new LinkedHashMap<>();
    for (SetLimit set : declarations.limits()) {
      switch (set) {
        case SetLimit.OfTime(Limit.Time limit, Duration value, _) -> times.put(limit, value);
        case SetLimit.OfShare(Limit.Share limit, Percent value, _) -> shares.put(limit, value);
      }
    }
    return new Thresholds(times, shares);
  }

  private Note note(SetLimit set) {
    return switch (set) {
      case SetLimit.OfTime(Limit.Time limit, Duration value, int line) ->
          note(limit, Limit.Time.told(value), line);
      case SetLimit.OfShare(Limit.Share limit, Percent value, int line) ->
          note(limit, Limit.Share.told(value), line);
    };
  }

  private Note note(Limit limit, String value, int line) {
    return new Note(
        "%s: %s is %s rather than %s".formatted(limit.check(), limit.name(), value, limit.told()),
        Optional.empty(),
        origin(line));
  }

  private Waiver waiver(DeclaredWaiver waiver) {
    return new Waiver(
        waiver.name(),
        waiver.check(),
        new Waiver.Scope(
            waiver.hosts().map(this::hosts),
            waiver.from().map(this::hosts),
            waiver.to().map(this::hostsOrAddress),
            waiver.detail()),
        waiver.reason(),
        waiver.owner(),
        waiver.expires(),
        origin(waiver.line()));
  }

  private List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    for (DeclaredRole role : declarations.roles()) {
      notes.add(
          new Note(
              "%s: declared %s"
                  .formatted(
                      role.hosts(),
                      role.roles().stream().map(Role::label).collect(Collectors.joining(", "))),
              Optional.empty(),
              origin(role.hosts().line())));
    }
    declarations.limits().stream().map(this::note).forEach(notes::add);
    for (IgnoredFlow flow : declarations.ignoredFlows()) {
      notes.add(
          new Note(
              "flows from %s to %s%s are ignored"
                  .formatted(
                      flow.from().map(Pattern::toString).orElse("anywhere"),
                      flow.to().map(Pattern::toString).orElse("anywhere"),
                      flow.port().map(port -> " port " + port).orElse("")),
              Optional.of(flow.reason()),
              origin(flow.line())));
    }
    return notes;
  }

  /// A server outside the audit bears its address as its name.
  private Set<HostName> hostsOrAddress(Pattern pattern) {
    return pattern.hosts().text().matches("[0-9.]+|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+")
        ? Set.of(new HostName(pattern.hosts().text()))
        : hosts(pattern);
  }

  private Set<HostName> hosts(Pattern pattern) {
    Selection selection = pattern.hosts().match(inventory, HostPattern.Mismatch.WARNING);
    for (Problem problem : selection.problems()) {
      problems.add(
          Problem.warning(new Location(file, pattern.line()), problem.message(), problem.advice()));
    }
    return selection.hosts().stream()
        .map(Host::name)
        .map(HostName::new)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Origin origin(int line) {
    return new Origin(name, line);
  }
}
