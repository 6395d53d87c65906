package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// Merges variables in Ansible's order, for one host at a time and when they are asked for, so that
/// only the files that a host needs are read. To be used by one thread.
///
/// The order is, weakest first: what `precedence` says of groups, by default their variables in the
/// sources, then in the `group_vars/` beside the sources and of the playbook's directory, `all`
/// below the others; then the host's own, its `host_vars/` at the same places, cached facts, and
/// extra variables.
final class EffectiveVariables {

  private record OfGroups(List<String> names, SequencedMap<String, Variable> variables) {}

  /// Hosts share few combinations of groups; a hostile inventory may have one for each host.
  private static final int KEPT = 1_000;

  private final GroupNode all;
  private final GroupDepths depths;
  private final List<Path> directories;
  private final Path play;
  private final Map<Path, Path> groupFolders = new HashMap<>();
  private final Map<Path, Path> hostFolders = new HashMap<>();
  private final boolean playIsNamed;
  private final List<String> precedence;
  private final Combination combination;
  private final Map<String, Variable> extra;
  private final VarsFiles files;
  private final CachedFacts facts;
  private final Map<Set<GroupNode>, OfGroups> merged =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Set<GroupNode>, OfGroups> eldest) {
          return size() > KEPT;
        }
      };

  /// @param directories where the sources stand, in the order of the sources
  EffectiveVariables(
      GroupNode all,
      List<Path> directories,
      InventoryRequest request,
      VarsFiles files,
      CachedFacts facts) {
    this.all = all;
    this.depths = new GroupDepths(all);
    this.directories = List.copyOf(directories);
    this.play =
        request
            .settings()
            .playbookDirectory()
            .map(request.workingDirectory()::resolve)
            .orElse(request.workingDirectory());
    this.playIsNamed = request.settings().playbookDirectory().isPresent();
    this.precedence = request.settings().precedence();
    this.combination = new Combination(request.settings().mergesMappings());
    this.extra = request.extraVariables();
    this.files = files;
    this.facts = facts;
    Stream.concat(this.directories.stream(), Stream.of(play))
        .forEach(place -> {
          groupFolders.put(place, place.resolve("group_vars"));
          hostFolders.put(place, place.resolve("host_vars"));
        });
  }

  int depth(GroupNode group) {
    return depths.of(group);
  }

  /// What Ansible calls `group_names`, without `all`.
  List<String> groupNames(HostNode host) {
    return ofGroups(host).names();
  }

  /// Everything that holds for the host.
  SequencedMap<String, Variable> ofHost(HostNode host) {
    var variables = new LinkedHashMap<>(ofGroups(host).variables());
    for (var stage : hostStages(host)) {
      combination.addParts(variables, stage);
    }
    return variables;
  }

  /// One variable of the host: where nothing is merged, without putting all together.
  Optional<Variable> ofHost(HostNode host, String name) {
    if (combination.mergesMappings()) {
      return Optional.ofNullable(ofHost(host).get(name));
    }
    var layers = hostStages(host).stream().flatMap(List::stream).flatMap(List::stream).toList();
    return layers.reversed().stream()
        .map(Layer::variables)
        .filter(variables -> variables.containsKey(name))
        .findFirst()
        .or(() -> Optional.of(ofGroups(host).variables()))
        .map(variables -> variables.get(name));
  }

  /// What is set for the host itself. The playbook's directory counts only if it was named, and
  /// extra variables don't: so `ansible-inventory --export` has it.
  SequencedMap<String, Variable> ofHostAlone(HostNode host) {
    return alone(
        inSource(Level.HOST_IN_SOURCES, host.name, host.variables),
        beside(directories, Level.HOST_BESIDE_SOURCES, List.of(host.name)),
        beside(List.of(play), Level.HOST_BESIDE_PLAY, List.of(host.name)));
  }

  /// What is set for the group itself, as for [#ofHostAlone].
  SequencedMap<String, Variable> ofGroupAlone(GroupNode group) {
    return alone(
        inSource(Level.GROUPS_IN_SOURCES, group.name, group.variables),
        beside(directories, Level.GROUPS_BESIDE_SOURCES, List.of(group.name)),
        beside(List.of(play), Level.GROUPS_BESIDE_PLAY, List.of(group.name)));
  }

  private SequencedMap<String, Variable> alone(
      List<List<Layer>> own, List<List<Layer>> besideSources, List<List<Layer>> besidePlay) {
    var variables = new LinkedHashMap<String, Variable>();
    combination.addParts(variables, own);
    combination.addParts(variables, besideSources);
    if (playIsNamed) {
      combination.addParts(variables, besidePlay);
    }
    return variables;
  }

  /// Every place that sets variables for the host, weakest first.
  List<Layer> layers(HostNode host) {
    return Stream.concat(
            groupStages(depths.ranked(host.groups)).stream(), hostStages(host).stream())
        .flatMap(List::stream)
        .flatMap(List::stream)
        .filter(layer -> !layer.variables().isEmpty())
        .toList();
  }

  private OfGroups ofGroups(HostNode host) {
    var known = merged.get(host.groups);
    return known == null ? mergeGroups(host) : known;
  }

  private OfGroups mergeGroups(HostNode host) {
    var groups = depths.ranked(host.groups);
    var variables = new LinkedHashMap<String, Variable>();
    for (var stage : groupStages(groups)) {
      combination.addParts(variables, stage);
    }
    var result =
        new OfGroups(
            groups.stream().map(group -> group.name).sorted(PythonText.ORDER).toList(), variables);
    if (!combination
        .mergesMappings()) { // each host has mappings of its own then, in YAML's anchors
      merged.put(Set.copyOf(host.groups), result);
    }
    return result;
  }

  private List<List<List<Layer>>> groupStages(List<GroupNode> groups) {
    var names = groups.stream().map(group -> group.name).toList();
    var all = List.of(this.all.name);
    var stages = new ArrayList<List<List<Layer>>>();
    for (var entry : precedence) {
      stages.add(
          switch (entry) {
            case "all_inventory" ->
                inSource(Level.ALL_IN_SOURCES, this.all.name, this.all.variables);
            case "groups_inventory" ->
                List.of(
                    groups.stream()
                        .map(group ->
                            new Layer(Level.GROUPS_IN_SOURCES, group.name, group.variables))
                        .toList());
            case "all_plugins_inventory" -> beside(directories, Level.ALL_BESIDE_SOURCES, all);
            case "all_plugins_play" -> beside(List.of(play), Level.ALL_BESIDE_PLAY, all);
            case "groups_plugins_inventory" ->
                beside(directories, Level.GROUPS_BESIDE_SOURCES, names);
            case "groups_plugins_play" -> beside(List.of(play), Level.GROUPS_BESIDE_PLAY, names);
            default -> List.of();
          });
    }
    return stages;
  }

  private List<List<List<Layer>>> hostStages(HostNode host) {
    var name = List.of(host.name);
    return List.of(
        inSource(Level.HOST_IN_SOURCES, host.name, host.variables),
        beside(directories, Level.HOST_BESIDE_SOURCES, name),
        beside(List.of(play), Level.HOST_BESIDE_PLAY, name),
        inSource(Level.FACTS, host.name, facts.variables(host.name)),
        inSource(Level.EXTRA, "", extra));
  }

  private static List<List<Layer>> inSource(
      Level level, String owner, Map<String, Variable> variables) {
    return List.of(List.of(new Layer(level, owner, variables)));
  }

  /// Directory by directory, and in each owner by owner, file by file.
  private List<List<Layer>> beside(List<Path> places, Level level, List<String> owners) {
    var folders = level.isOfHost() ? hostFolders : groupFolders;
    var parts = new ArrayList<List<Layer>>();
    for (var place : places) {
      var folder = Objects.requireNonNull(folders.get(place));
      var layers = new ArrayList<Layer>();
      for (var owner : owners) {
        for (var variables : files.variables(folder, owner)) {
          layers.add(new Layer(level, owner, variables));
        }
      }
      parts.add(layers);
    }
    return parts;
  }
}
