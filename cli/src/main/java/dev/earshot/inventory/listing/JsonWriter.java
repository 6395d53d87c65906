package dev.earshot.inventory.listing;

import dev.earshot.python.PythonNumbers;
import dev.earshot.python.PythonText;
import dev.earshot.python.Value;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Writes JSON as Python's `json.dumps` does with an indent of four, keys sorted, and text as it is
/// instead of in ASCII.
final class JsonWriter {

  private interface Writing<T> {
    void write(T part) throws IOException;
  }

  private static final int CHUNK = 1 << 15;

  private final Writer out;
  private final boolean sorts;
  private final StringBuilder text = new StringBuilder();
  private String lineStart = "\n";
  private int depth;

  /// @param sorts whether keys are sorted, or stand in their own order
  JsonWriter(Writer out, boolean sorts) {
    this.out = out;
    this.sorts = sorts;
  }

  void write(Node node) throws IOException {
    part(node);
    out.append(text);
    text.setLength(0);
  }

  private void part(Node node) throws IOException {
    switch (node) {
      case Node.Leaf(var value) -> write(value);
      case Node.Branch(var entries) -> {
        var names = new ArrayList<>(entries.keySet());
        if (sorts) {
          names.sort(PythonText.ORDER);
        }
        list(
            '{',
            '}',
            names,
            name -> {
              string(name);
              text.append(": ");
              part(Objects.requireNonNull(entries.get(name)).get());
            });
      }
    }
  }

  private void write(Value value) throws IOException {
    switch (value) {
      case Value.Text(var string, boolean unsafe) -> {
        if (unsafe) {
          wrapped("__ansible_unsafe", string);
        } else {
          string(string);
        }
      }
      case Value.Vaulted(var ciphertext) -> wrapped("__ansible_vault", ciphertext);
      case Value.Timestamp(var iso) -> string(iso);
      case Value.Sequence(var items) -> list('[', ']', items, this::write);
      case Value.Mapping mapping -> {
        var entries =
            sorts ? Keys.sorted(mapping).orElseThrow() : List.copyOf(mapping.entries().entrySet());
        list('{', '}', entries, this::entry);
      }
      case Value.Whole _, Value.Real _, Value.Bool _, Value.Null _ -> text.append(scalar(value));
    }
  }

  private void entry(Map.Entry<Value, Value> entry) throws IOException {
    string(scalar(entry.getKey()));
    text.append(": ");
    write(entry.getValue());
  }

  private static String scalar(Value value) {
    return switch (value) {
      case Value.Real(var number) when Double.isNaN(number) -> "NaN";
      case Value.Real(var number) when Double.isInfinite(number) ->
          number > 0 ? "Infinity" : "-Infinity";
      case Value.Real(var number) -> PythonNumbers.repr(number);
      case Value.Bool(var truth) -> truth ? "true" : "false";
      case Value.Null _ -> "null";
      case Value.Timestamp(var iso) -> iso;
      case Value other -> other.asText().orElse("");
    };
  }

  private void wrapped(String kind, String content) throws IOException {
    list(
        '{',
        '}',
        List.of(content),
        each -> {
          string(kind);
          text.append(": ");
          string(each);
        });
  }

  private <T> void list(char open, char close, List<T> parts, Writing<T> writing)
      throws IOException {
    text.append(open);
    depth++;
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      newLine();
      writing.write(parts.get(i));
      if (text.length() > CHUNK) {
        out.append(text);
        text.setLength(0);
      }
    }
    depth--;
    if (!parts.isEmpty()) {
      newLine();
    }
    text.append(close);
  }

  private void newLine() {
    while (lineStart.length() <= 4 * depth) {
      lineStart += "    ";
    }
    text.append(lineStart, 0, 4 * depth + 1);
  }

  private void string(String string) {
    text.append('"');
    int written = 0;
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        text.append(string, written, i).append(escaped(c));
        written = i + 1;
      }
    }
    text.append(string, written, string.length()).append('"');
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\f' -> "\\f";
      case '\b' -> "\\b";
      default -> "\\u%04x".formatted((int) c);
    };
  }
}
