package dev.earshot.inventory;

import dev.earshot.python.PythonText;
import dev.earshot.python.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// Reads one file with the first of the enabled plugins that can, as Ansible does. What Ansible
/// doesn't do: where none can, the complaint of the one that the file was meant for is told.
final class FileSource {

  private final SourceText source;
  private final InventoryRequest request;
  private final InventoryData data;
  private final Problems problems;
  private final FileLook look;
  private final List<Problem> yamlComplaints = new ArrayList<>();
  private final List<Problem> iniComplaints = new ArrayList<>();
  private Optional<YamlDocument> document = Optional.empty();
  private boolean parsed;

  private FileSource(SourceText source, InventoryRequest request, InventoryData data) {
    this.source = source;
    this.request = request;
    this.data = data;
    this.problems = data.problems();
    this.look = new FileLook(source, request.settings());
  }

  static void read(Path file, InventoryRequest request, InventoryData data) {
    boolean runs = request.settings().enabledPlugins().stream().anyMatch(FileSource::isScript);
    if (runs && ScriptSource.isScript(file)) {
      ScriptSource.read(file, request, ScriptSource.DEADLINE, data);
      return;
    }
    SourceText.read(file, data.problems())
        .flatMap(source -> source.opened(request.vault(), data.problems()))
        .ifPresent(source -> new FileSource(source, request, data).read());
  }

  private static boolean isScript(String plugin) {
    return PluginNames.plain(plugin).equals("script");
  }

  private void read() {
    for (var plugin : request.settings().enabledPlugins()) {
      boolean done =
          switch (PluginNames.plain(plugin)) {
            case "script", "host_list", "advanced_host_list", "toml" -> false;
            case "auto" -> look.mayConfigureAnyPlugin() && readConfiguration(Optional.empty());
            case "yaml" -> look.mayBeYaml() && readYaml();
            case "ini" -> !look.isToml() && readIni();
            default -> look.mayConfigurePlugin() && readConfiguration(Optional.of(plugin));
          };
      if (done) {
        return;
      }
    }
    look.complaints(yamlComplaints, iniComplaints).forEach(problems::add);
  }

  /// @param wanted the only plugin that may be configured; absent for any
  private boolean readConfiguration(Optional<String> wanted) {
    if (document().flatMap(YamlDocument::root).orElse(null) instanceof MappingNode root) {
      var values = values();
      var entries = values.entries(root);
      for (var entry : entries) {
        var plugin = isPlugin(entry, values) ? text(entry, values) : "";
        if (!plugin.isEmpty() && (wanted.isEmpty() || wanted.get().equals(plugin))) {
          new PluginSource(plugin, source, entry.where(), request, data).read(entries, values);
          return true;
        }
      }
    }
    return false;
  }

  private boolean readYaml() {
    if (document().isEmpty()) {
      return false;
    }
    var values = values();
    var root = document().flatMap(YamlDocument::root);
    if (root.filter(node -> !isEmpty(node, values)).isEmpty()) {
      return sayEmpty(root.filter(node -> node instanceof ScalarNode).isPresent());
    }
    if (!(root.get() instanceof MappingNode groups)) {
      yamlComplaints.add(
          Problem.error(
              values.where(root.get()),
              "a YAML inventory must be a mapping of groups",
              "begin with a group, such as all:, and put hosts: below it"));
      return false;
    }
    var entries = values.entries(groups);
    if (document().get().json() && GroupListing.isListing(entries)) {
      new GroupListing(values, data).read(groups);
      return true;
    }
    var plugin = entries.stream().filter(entry -> isPlugin(entry, values)).findFirst();
    plugin.ifPresentOrElse(
        entry ->
            yamlComplaints.add(
                Problem.error(
                    entry.where(),
                    "this configures an inventory plugin, but no enabled plugin reads it here",
                    "let the file's name end in .yml, and add auto to enable_plugins if it is"
                        + " set")),
        () -> new YamlSource(values, data).read(entries));
    return plugin.isEmpty();
  }

  private static boolean isEmpty(Node node, YamlValues values) {
    return switch (node) {
      case CollectionNode<?> collection -> collection.getValue().isEmpty();
      case Node scalar -> values.value(scalar).filter(Value::isTruthy).isEmpty();
    };
  }

  /// An empty file is an empty inventory, and a document without a group too; `~` is a host of that
  /// name for the next plugin.
  private boolean sayEmpty(boolean scalar) {
    var start = look.start();
    boolean isHost = scalar && !start.isEmpty() && !start.startsWith("---");
    if (isHost || (start.isEmpty() && look.ending().isEmpty())) {
      return false;
    }
    problems.warning(
        Location.of(source.file()),
        "the inventory is empty",
        "write a group, such as all: {hosts: {db1: {}}}");
    return true;
  }

  private boolean readIni() {
    if (source.text().startsWith("\uFEFF")) {
      iniComplaints.add(
          Problem.error(
              Location.of(source.file()),
              "an INI inventory must not begin with a byte order mark",
              "save it without one"));
      return false;
    }
    int errors = problems.errors();
    int before = problems.size();
    IniSource.read(source, data);
    if (problems.errors() > errors) {
      iniComplaints.addAll(problems.takeFrom(before));
      return false;
    }
    if (!yamlComplaints.isEmpty() && !look.ending().isEmpty()) {
      problems.warning(
          Location.of(source.file()),
          "the name says YAML, but the content is read as INI, as Ansible does",
          "let the name end in something else, or write YAML");
    }
    return true;
  }

  private static boolean isPlugin(YamlValues.Entry entry, YamlValues values) {
    return entry.key() instanceof Value.Text(var name, _)
        && name.equals("plugin")
        && values.value(entry.node()).filter(Value::isTruthy).isPresent();
  }

  private static String text(YamlValues.Entry entry, YamlValues values) {
    return values.value(entry.node()).flatMap(Value::asText).orElse("");
  }

  private Optional<YamlDocument> document() {
    if (!parsed) {
      parsed = true;
      int before = problems.size();
      document = YamlDocument.parse(source, problems);
      yamlComplaints.addAll(problems.takeFrom(before));
    }
    return document;
  }

  private YamlValues values() {
    return new YamlValues(source, request.settings().duplicateKeys(), problems);
  }

  static boolean isBlankOrComment(String line) {
    var text = PythonText.strip(line);
    return text.isEmpty() || text.startsWith("#") || text.startsWith(";");
  }
}
