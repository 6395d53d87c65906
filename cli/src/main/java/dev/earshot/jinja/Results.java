package dev.earshot.jinja;

import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Iteration;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.Operators;
import dev.earshot.python.PythonLiteral;
import java.util.List;
import java.util.Optional;

/// What becomes of the pieces that a template prints.
final class Results {

  private final Budget budget;

  Results(Budget budget) {
    this.budget = budget;
  }

  String text(List<Obj> pieces) {
    return new Operators(budget).concatenate(pieces);
  }

  /// Ansible's default: text, unless it looks like a list, a mapping or a boolean.
  Obj converted(List<Obj> pieces) {
    if (pieces.size() == 1 && pieces.getFirst() instanceof Obj.Str str && str.kept()) {
      return str;
    }
    var text = text(pieces);
    boolean literal =
        text.startsWith("{") || text.startsWith("[") || text.equals("True") || text.equals("False");
    return literal ? literal(text, true).orElseGet(() -> new Obj.Str(text)) : new Obj.Str(text);
  }

  /// With `jinja2_native`: one piece keeps its type, unless it is text that reads as a literal.
  Obj nativeTypes(List<Obj> pieces) {
    if (pieces.isEmpty()) {
      return Obj.None.NONE;
    }
    if (pieces.size() == 1 && (!(pieces.getFirst() instanceof Obj.Str str) || str.kept())) {
      return pieces.getFirst();
    }
    var text = text(pieces);
    var literal =
        text.startsWith(" ") || text.startsWith("\t")
            ? Optional.<Obj>empty()
            : literal(text, false);
    return literal
        .map(found ->
            found instanceof Obj.Str str
                ? new Obj.Str(text.charAt(0) + str.text() + text.charAt(0))
                : found)
        .orElseGet(() -> new Obj.Str(text));
  }

  private Optional<Obj> literal(String text, boolean jsonWords) {
    budget.steps(text.length());
    var literal = jsonWords ? PythonLiteral.parseWithJsonWords(text) : PythonLiteral.parse(text);
    if (literal.isEmpty() && isSet(text)) {
      throw new Failure("sets are not supported");
    }
    return literal.map(Values::plain);
  }

  /// Python reads `{1, 2}` as a set.
  private static boolean isSet(String text) {
    var stripped = text.strip();
    return stripped.startsWith("{")
        && stripped.endsWith("}")
        && PythonLiteral.parseWithJsonWords(
                "[" + stripped.substring(1, stripped.length() - 1) + "]")
            .isPresent();
  }

  /// What an expression prints: `None` prints nothing.
  Obj printed(Obj object, boolean isNative) {
    if (object.equals(Obj.Undefined.NO_ELSE)) {
      return new Obj.Str("");
    }
    Values.undefinedIn(object)
        .ifPresent(undefined -> {
          throw undefined.failure();
        });
    var unrolled = Iteration.unrolled(object);
    return unrolled instanceof Obj.None && !isNative ? new Obj.Str("") : unrolled;
  }
}
