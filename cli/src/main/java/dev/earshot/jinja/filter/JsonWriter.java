package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.Ordering;
import dev.earshot.jinja.runtime.Text;
import java.util.Comparator;
import java.util.List;

/// Writes what `json.dumps` writes.
final class JsonWriter {

  /// @param indent the width of a level, or -1 for everything on one line
  record Options(int indent, boolean sorted, boolean ascii) {}

  private final StringBuilder out = new StringBuilder();
  private final Options options;
  private final Budget budget;
  private int level;

  private JsonWriter(Options options, Budget budget) {
    this.options = options;
    this.budget = budget;
  }

  static String write(Obj object, Options options, Budget budget) {
    var writer = new JsonWriter(options, budget);
    writer.value(object);
    return writer.out.toString();
  }

  private void value(Obj object) {
    budget.enter();
    switch (object) {
      case Obj.Str(var text, _, _) -> write(quoted(text));
      case Obj.Int _ -> write(Text.repr(object, budget));
      case Obj.Real(var number) ->
          write(
              Double.isNaN(number)
                  ? "NaN"
                  : Double.isInfinite(number)
                      ? (number > 0 ? "Infinity" : "-Infinity")
                      : Text.repr(object, budget));
      case Obj.Bool bool -> write(bool.truth() ? "true" : "false");
      case Obj.None _ -> write("null");
      case Obj.Date date -> write(quoted(date.iso()));
      case Obj.Listing(var items) -> items(items);
      case Obj.Tuple(var items) -> items(items);
      case Dict dict -> entries(dict);
      case Obj.Undefined undefined -> throw undefined.failure();
      case Obj.View _, Obj.Range _, Obj.LazyMapping _, Obj.WithAttributes _, Obj.Function _ ->
          throw new Failure("a " + object.type() + " can't be written as JSON");
    }
    budget.leave();
  }

  private void items(List<Obj> items) {
    if (items.isEmpty()) {
      write("[]");
      return;
    }
    write("[");
    level++;
    for (int i = 0; i < items.size(); i++) {
      separate(i);
      value(items.get(i));
    }
    close("]");
  }

  private void entries(Dict dict) {
    if (dict.size() == 0) {
      write("{}");
      return;
    }
    var entries = dict.entries();
    if (options.sorted()) {
      entries =
          entries.stream()
              .sorted(Comparator.comparing(Dict.Entry::key, Ordering::compare))
              .toList();
    }
    write("{");
    level++;
    for (int i = 0; i < entries.size(); i++) {
      separate(i);
      write(quoted(key(entries.get(i).key())));
      write(": ");
      value(entries.get(i).value());
    }
    close("}");
  }

  private String key(Obj key) {
    return switch (key) {
      case Obj.Str(var text, _, _) -> text;
      case Obj.Int _, Obj.Real _ -> Text.repr(key, budget);
      case Obj.Bool bool -> bool.truth() ? "true" : "false";
      case Obj.None _ -> "null";
      default -> throw new Failure("a " + key.type() + " can't be a key in JSON");
    };
  }

  private void separate(int index) {
    boolean wrapped = options.indent() >= 0;
    write(index == 0 ? "" : wrapped ? "," : ", ");
    newline();
  }

  private void close(String bracket) {
    level--;
    newline();
    write(bracket);
  }

  private void newline() {
    if (options.indent() >= 0) {
      write("\n" + " ".repeat(options.indent() * level));
    }
  }

  private void write(String text) {
    budget.characters(text.length());
    out.append(text);
  }

  private String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        default -> {
          if (c < ' ' || (options.ascii() && c > '~')) {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
