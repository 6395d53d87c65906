package dev.earshot.inventory.listing;

import dev.earshot.python.PythonText;
import dev.earshot.python.Value;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Writes YAML as LibYAML does for Ansible: block style, keys sorted, and an anchor on what stands
/// in the document more than once.
final class YamlWriter {

  private static final int STEP = 2;

  /// LibYAML writes longer keys, counted in bytes, behind a question mark.
  private static final int LONGEST_KEY = 128;

  private final YamlLines lines;
  private final YamlAnchors anchors;

  private YamlWriter(Writer out, YamlAnchors anchors) {
    this.lines = new YamlLines(out);
    this.anchors = anchors;
  }

  static void write(Node document, Writer out) throws IOException {
    var writer = new YamlWriter(out, YamlAnchors.of(document));
    writer.write(document, 0, true);
    writer.lines.end();
  }

  /// @param indent where the parent's keys or dashes stand
  /// @param isRoot the document itself, which no indentation sets off
  private void write(Node node, int indent, boolean isRoot) throws IOException {
    switch (node) {
      case Node.Leaf(var value) -> write(value, indent, true);
      case Node.Branch(var entries) -> {
        if (entries.isEmpty()) {
          lines.indicator("{}", true, false);
          return;
        }
        int inner = isRoot ? indent : indent + STEP;
        for (var name : entries.keySet().stream().sorted(PythonText.ORDER).toList()) {
          key(new Value.Text(name), inner);
          write(Objects.requireNonNull(entries.get(name)).get(), inner, false);
        }
      }
    }
  }

  /// @param inMapping the parent is a mapping, not a sequence
  private void write(Value value, int indent, boolean inMapping) throws IOException {
    switch (anchors.use(value)) {
      case YamlAnchors.Use.None _ -> content(value, indent, inMapping);
      case YamlAnchors.Use.First(var name) -> {
        lines.indicator("&" + name, true, false);
        content(value, indent, inMapping);
      }
      case YamlAnchors.Use.Again(var name) -> lines.indicator("*" + name, true, false);
    }
  }

  private void content(Value value, int indent, boolean inMapping) throws IOException {
    switch (value) {
      case Value.Mapping(var entries) when entries.isEmpty() -> lines.indicator("{}", true, false);
      case Value.Sequence(var items) when items.isEmpty() -> lines.indicator("[]", true, false);
      case Value.Mapping mapping -> {
        for (var entry :
            Keys.sorted(mapping).orElseGet(() -> List.copyOf(mapping.entries().entrySet()))) {
          entry(entry, indent + STEP);
        }
      }
      case Value.Sequence(var items) -> {
        int inner = inMapping && !lines.onlyIndicators() ? indent : indent + STEP;
        for (var item : items) {
          lines.indent = inner;
          lines.newIndent();
          lines.indicator("-", true, true);
          write(item, inner, false);
        }
      }
      case Value.Text _,
          Value.Whole _,
          Value.Real _,
          Value.Bool _,
          Value.Null _,
          Value.Timestamp _,
          Value.Vaulted _ -> {
        lines.indent = indent + STEP;
        YamlScalars.write(YamlScalars.of(value), lines, false);
      }
    }
  }

  private void entry(Map.Entry<Value, Value> entry, int indent) throws IOException {
    key(entry.getKey(), indent);
    write(entry.getValue(), indent, true);
  }

  private void key(Value key, int indent) throws IOException {
    var scalar = YamlScalars.of(key);
    lines.indent = indent;
    lines.newIndent();
    boolean simple =
        scalar.tag().length() + scalar.text().getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY
            && !scalar.form().multiline();
    lines.indent = indent + STEP;
    if (simple) {
      YamlScalars.write(scalar, lines, true);
      lines.indicator(":", false, false);
    } else {
      lines.indicator("?", true, true);
      YamlScalars.write(scalar, lines, false);
      lines.indent = indent;
      lines.newIndent();
      lines.indicator(":", true, true);
    }
  }
}
