package dev.earshot.jinja.runtime;

import dev.earshot.python.PythonNumbers;
import java.math.BigInteger;
import java.util.List;

/// `str()` and `repr()`.
public final class Text {

  private final StringBuilder out = new StringBuilder();
  private final Budget budget;

  private Text(Budget budget) {
    this.budget = budget;
  }

  public static String str(Obj object, Budget budget) {
    if (object instanceof Obj.Str str) {
      return str.text();
    }
    if (object.equals(Obj.Undefined.NO_ELSE)) {
      return "";
    }
    return object instanceof Obj.Date date ? date.text() : repr(object, budget);
  }

  public static String repr(Obj object, Budget budget) {
    var text = new Text(budget);
    text.append(object);
    return text.out.toString();
  }

  private void append(Obj object) {
    budget.enter();
    switch (object) {
      case Obj.Str str -> write(quoted(str.text()));
      case Obj.Int(var number) -> write(digits(number));
      case Obj.Real(var number) -> write(PythonNumbers.repr(number));
      case Obj.Bool bool -> write(bool.truth() ? "True" : "False");
      case Obj.None _ -> write("None");
      case Obj.Listing list -> items("[", list.items(), "]");
      case Obj.Tuple tuple -> items("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")");
      case Obj.View view -> items(view.name() + "([", view.items(), "])");
      case Obj.Range range ->
          write(
              "range(%d, %d%s)"
                  .formatted(
                      range.start(), range.stop(), range.step() == 1 ? "" : ", " + range.step()));
      case Dict dict -> entries(dict);
      case Obj.LazyMapping _ -> throw new Failure("hostvars can't be printed as a whole");
      case Obj.Undefined undefined -> throw undefined.failure();
      case Obj.Date _, Obj.Function _, Obj.WithAttributes _ ->
          throw new Failure("a " + object.type() + " can't be printed");
    }
    budget.leave();
  }

  private static String digits(BigInteger number) {
    if (number.bitLength() > PythonNumbers.MAX_DIGITS * 3.3) {
      throw new Failure("a number is too long to be printed");
    }
    return number.toString();
  }

  private void items(String open, List<Obj> items, String close) {
    write(open);
    var separator = "";
    for (var item : items) {
      write(separator);
      append(item);
      separator = ", ";
    }
    write(close);
  }

  private void entries(Dict dict) {
    write("{");
    var separator = "";
    for (var entry : dict.entries()) {
      write(separator);
      append(entry.key());
      write(": ");
      append(entry.value());
      separator = ", ";
    }
    write("}");
  }

  private void write(String text) {
    budget.characters(text.length());
    out.append(text);
  }

  /// A text in quotes, as `repr` writes it.
  public static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    var out = new StringBuilder().append(quote);
    text.codePoints().forEach(c -> escape(c, quote, out));
    return out.append(quote).toString();
  }

  private static void escape(int c, char quote, StringBuilder out) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\\' -> out.append("\\\\");
      default -> {
        if (c == quote) {
          out.append('\\').append(quote);
        } else if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else {
          out.append((c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
