package dev.earshot.inventory;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// Reads a file that configures an inventory plugin. What Earshot does not know itself, such as the
/// inventories of clouds, is asked of `ansible-inventory` where that is installed.
final class PluginSource {

  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final String PROGRAM = "ansible-inventory";

  private final String plugin;
  private final SourceText source;
  private final InventoryRequest request;
  private final InventoryData data;
  private final Problems problems;
  private final Location where;

  /// @param where the file names the plugin
  PluginSource(
      String plugin,
      SourceText source,
      Location where,
      InventoryRequest request,
      InventoryData data) {
    this.plugin = plugin;
    this.source = source;
    this.request = request;
    this.data = data;
    this.problems = data.problems();
    this.where = where;
  }

  /// @param entries of the configuration
  void read(List<YamlValues.Entry> entries, YamlValues values) {
    if (PluginNames.plain(plugin).equals("constructed")) {
      ConstructedSource.read(new PluginOptions(entries, values, problems), request, data);
      return;
    }
    find(PROGRAM)
        .ifPresentOrElse(
            this::ask,
            () ->
                problems.error(
                    where,
                    "this configures the inventory plugin %s, which only Ansible can run"
                        .formatted(plugin),
                    "where Ansible is installed, run ansible-inventory -i %s --list > static.json"
                            .formatted(source.file())
                        + " and give that file instead"));
  }

  /// Neither `group_vars/` nor `host_vars/` are read over there: they are read here, and would
  /// otherwise count as written in the source.
  private void ask(Path program) {
    var environment = new HashMap<>(request.environment());
    environment.put("ANSIBLE_VARS_ENABLED", "");
    environment.put("ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED", "true");
    environment.put("ANSIBLE_NOCOLOR", "1");
    var file = source.file().toAbsolutePath().normalize().toString();
    var command = new ArrayList<>(List.of(program.toString(), "-i", file, "--list", "--export"));
    // Plugins may stand there; the variables beside it are switched off above.
    request
        .settings()
        .playbookDirectory()
        .ifPresent(play -> command.addAll(List.of("--playbook-dir", play.toString())));
    try {
      var ended = new ProgramRun(request.workingDirectory(), environment, DEADLINE).run(command);
      var json = ended.output().flatMap(JsonNodes::parse);
      if (ended.exitCode() != 0 || !(json.orElse(null) instanceof MappingNode root)) {
        failed("exit code %d: %s".formatted(ended.exitCode(), ended.complaint()));
        return;
      }
      problems.warning(
          where,
          "the inventory plugin %s was run by ansible-inventory".formatted(plugin),
          "nothing needs to be done; it needs Ansible, and its configuration, at every run");
      var output = SourceText.output(source.file(), "");
      var values = new YamlValues(output, ReadSettings.DuplicateKeys.IGNORE, problems);
      var before = data.childrenOfAll();
      root.getValue().sort(Comparator.comparing(entry -> !isAll(entry)));
      new GroupListing(values, data).read(root);
      data.releaseFromAll(before);
    } catch (ProgramRun.Failed e) {
      failed(e.reason());
    }
  }

  /// The order of its children is the order in which the plugin made them.
  private static boolean isAll(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(Group.ALL);
  }

  private void failed(String why) {
    problems.error(
        where,
        "ansible-inventory could not run the inventory plugin %s: %s".formatted(plugin, why),
        "run ansible-inventory -i %s --list and mend what it complains about"
            .formatted(source.file()));
  }

  private Optional<Path> find(String program) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(request.environment().getOrDefault("PATH", ""))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
        .findFirst();
  }
}
