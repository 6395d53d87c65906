package dev.earshot.inventory.listing;

import dev.earshot.inventory.Group;
import dev.earshot.inventory.Host;
import dev.earshot.python.PythonText;
import dev.earshot.python.Value;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The groups as a tree, drawn with bars and dashes.
final class Graph {

  private final Shown shown;
  private final Optional<PythonStr> values;
  private final Writer out;
  private boolean first = true;

  /// @param values writes the variables; absent if they are not shown
  Graph(Shown shown, Optional<PythonStr> values, Writer out) {
    this.shown = shown;
    this.values = values;
    this.out = out;
  }

  void write(Group root) throws IOException {
    GroupBounds.check(shown.inventory());
    group(root, 0);
  }

  private void group(Group group, int depth) throws IOException {
    line("@" + group.name() + ":", depth);
    for (var child : shown.children(group)) {
      group(child, depth + 1);
    }
    if (!group.name().equals(Group.ALL)) {
      for (var host : shown.hosts(group)) {
        host(host, depth + 1);
      }
    }
    if (values.isPresent()) {
      variables(shown.variables(group), values.get(), depth + 1);
    }
  }

  private void host(Host host, int depth) throws IOException {
    line(host.name(), depth);
    if (values.isPresent()) {
      variables(shown.variables(host), values.get(), depth + 1);
    }
  }

  private void variables(Map<String, Value> variables, PythonStr written, int depth)
      throws IOException {
    var sorted = new TreeMap<String, Value>(PythonText.ORDER);
    sorted.putAll(variables);
    for (var entry : sorted.entrySet()) {
      line("{%s = %s}".formatted(entry.getKey(), written.str(entry.getValue())), depth);
    }
  }

  private void line(String text, int depth) throws IOException {
    if (!first) {
      out.write('\n');
    }
    first = false;
    out.write("  |".repeat(depth));
    out.write(depth == 0 ? "" : "--");
    out.write(text);
  }
}
