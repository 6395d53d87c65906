package dev.earshot.jinja;

import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.syntax.Expr;
import dev.earshot.jinja.syntax.SyntaxException;
import dev.earshot.python.Value;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// One rendering over one scope, with the templates that its variables contain in turn.
final class Rendering {

  private static final Pattern SINGLE_VARIABLE =
      Pattern.compile("\\{\\{\\s*(\\w+)\\s*\\}\\}\\n?", Pattern.UNICODE_CHARACTER_CLASS);

  private final Scope scope;
  private final Budget budget;
  private final Variables variables;
  private final Results results;

  Rendering(Scope scope) {
    this(scope, new Budget(), true);
  }

  /// @param hostvars false for what is rendered on behalf of `hostvars`, which sees no `hostvars`
  Rendering(Scope scope, Budget budget, boolean hostvars) {
    this.scope = scope;
    this.budget = budget;
    this.variables = new Variables(scope, this, budget, hostvars);
    this.results = new Results(budget);
  }

  Variables variables() {
    return variables;
  }

  /// Runs what may fail, and names the template if it does.
  static <T> T guarded(String expression, Supplier<T> work) throws TemplateException {
    try {
      return work.get();
    } catch (Failure | SyntaxException e) {
      throw new TemplateException(String.valueOf(e.getMessage()), expression);
    } catch (StackOverflowError _) {
      throw new TemplateException("it is nested too deeply", expression);
    }
  }

  Value value(Template template) {
    return Values.value(object(template));
  }

  Value value(Value value) {
    return Values.value(object(value));
  }

  String text(Template template) {
    var renderer = renderer();
    return withNewlines(template, results.text(renderer.print(template.nodes())));
  }

  boolean decision(Expr condition) {
    return switch (renderer().evaluate(condition)) {
      case Obj.Bool bool -> bool.truth();
      case Obj.Undefined undefined -> Numbers.isTrue(undefined);
      case Obj _ ->
          throw new Failure("it is neither true nor false: compare its value with something");
    };
  }

  private Renderer renderer() {
    return new Renderer(variables, results, budget, scope.isNative());
  }

  /// A value with its templates rendered.
  Obj object(Value value) {
    budget.step();
    return switch (value) {
      case Value.Text(var text, var unsafe) -> unsafe ? Values.plain(value) : object(text);
      case Value.Sequence(var items) -> new Obj.Listing(items.stream().map(this::object).toList());
      case Value.Mapping(var entries) ->
          Dict.of(
              entries.entrySet().stream()
                  .map(entry ->
                      new Dict.Entry(Values.plain(entry.getKey()), object(entry.getValue())))
                  .toList());
      case Value.Vaulted vaulted ->
          scope
              .open(vaulted)
              .<Obj>map(text -> new Obj.Str(text, true, false))
              .orElseGet(() -> Values.plain(vaulted));
      case Value.Whole _, Value.Real _, Value.Bool _, Value.Null _, Value.Timestamp _ ->
          Values.plain(value);
    };
  }

  private Obj object(String text) {
    return Template.isTemplate(text) ? object(Template.unchecked(text)) : new Obj.Str(text);
  }

  private Obj object(Template template) {
    var single = SINGLE_VARIABLE.matcher(template.text());
    if (single.matches()) {
      var raw = scope.variable(single.group(1));
      if (raw.isPresent()) {
        switch (raw.get()) {
          case Value.Whole _, Value.Real _, Value.Bool _ -> {
            return Values.plain(raw.get());
          }
          case Value.Null _ -> {
            return Obj.None.NONE;
          }
          case Value.Text _,
              Value.Timestamp _,
              Value.Sequence _,
              Value.Mapping _,
              Value.Vaulted _ -> {}
        }
      }
    }
    var renderer = renderer();
    List<Obj> pieces = renderer.print(template.nodes());
    boolean unsafe = renderer.sawUnsafe() || pieces.stream().anyMatch(Values::isUnsafe);
    var result = scope.isNative() ? results.nativeTypes(pieces) : results.converted(pieces);
    if (result instanceof Obj.Str str) {
      result = new Obj.Str(withNewlines(template, str.text()), str.unsafe(), str.kept());
    }
    return unsafe ? Values.unsafe(result) : result;
  }

  /// As many newlines at the end as the template has, if there would be fewer.
  private static String withNewlines(Template template, String text) {
    int missing = newlines(template.text()) - newlines(text);
    return missing > 0 ? text + "\n".repeat(missing) : text;
  }

  private static int newlines(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    return text.length() - end;
  }
}
