package dev.earshot.jinja.filter;

import dev.earshot.jinja.syntax.Expr;
import dev.earshot.jinja.syntax.Node;
import dev.earshot.jinja.syntax.SyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All filters and tests, and whether a template names others. What belongs to Ansible may have its
/// collection in front.
public final class Names {

  private static final List<String> COLLECTIONS = List.of("ansible.builtin.", "ansible.legacy.");

  private static final Map<String, Filter> FILTERS = new HashMap<>();
  private static final Map<String, Test> TESTS = new HashMap<>();

  static {
    FILTERS.putAll(StringFilters.JINJA);
    FILTERS.putAll(NumberFilters.JINJA);
    FILTERS.putAll(ListFilters.JINJA);
    FILTERS.putAll(SelectionFilters.JINJA);
    FILTERS.putAll(OrderFilters.JINJA);
    FILTERS.putAll(MappingFilters.JINJA);
    addAnsible(FILTERS, StringFilters.ANSIBLE);
    addAnsible(FILTERS, NumberFilters.ANSIBLE);
    addAnsible(FILTERS, ListFilters.ANSIBLE);
    addAnsible(FILTERS, SetFilters.ANSIBLE);
    addAnsible(FILTERS, MappingFilters.ANSIBLE);
    addAnsible(FILTERS, RegexFilters.ANSIBLE);
    addAnsible(FILTERS, EncodingFilters.ANSIBLE);
    addAnsible(FILTERS, PathFilters.ANSIBLE);
    addAnsible(FILTERS, UrlFilters.ANSIBLE);
    addAnsible(FILTERS, IpFilters.ANSIBLE);
    addTo(FILTERS, IpFilters.COLLECTIONS, IpFilters.ANSIBLE);
    TESTS.putAll(TypeTests.JINJA);
    TESTS.putAll(ComparisonTests.JINJA);
    addAnsible(TESTS, ComparisonTests.ANSIBLE);
  }

  private Names() {}

  private static <T> void addAnsible(Map<String, T> all, Map<String, T> family) {
    all.putAll(family);
    addTo(all, COLLECTIONS, family);
  }

  private static <T> void addTo(
      Map<String, T> all, List<String> collections, Map<String, T> family) {
    collections.forEach(
        collection -> family.forEach((name, each) -> all.put(collection + name, each)));
  }

  static Optional<Filter> filter(String name) {
    return Optional.ofNullable(FILTERS.get(name));
  }

  static Optional<Test> test(String name) {
    return Optional.ofNullable(TESTS.get(name));
  }

  /// Looks at every filter and test that is named.
  ///
  /// @throws SyntaxException if an unknown filter or test is named
  public static void check(List<Node> nodes) {
    for (var node : nodes) {
      switch (node) {
        case Node.Data _ -> {}
        case Node.Print(var expression) -> check(expression);
        case Node.If(var branches, var otherwise) -> {
          for (var branch : branches) {
            check(branch.condition());
            check(branch.body());
          }
          check(otherwise);
        }
        case Node.For(var _, var iterable, var condition, var body, var otherwise) -> {
          check(iterable);
          condition.ifPresent(Names::check);
          check(body);
          check(otherwise);
        }
        case Node.Assign(var _, var value) -> check(value);
        case Node.AssignAttribute(var _, var _, var value) -> check(value);
        case Node.Capture(var _, var body) -> check(body);
      }
    }
  }

  /// Looks at every filter and test that is named.
  ///
  /// @throws SyntaxException if an unknown filter or test is named
  public static void check(Expr expression) {
    switch (expression) {
      case Expr.Literal _, Expr.Name _ -> {}
      case Expr.Attribute(var object, var _) -> check(object);
      case Expr.Item(var object, var index) -> {
        check(object);
        check(index);
      }
      case Expr.Slice(var from, var to, var step) -> {
        from.ifPresent(Names::check);
        to.ifPresent(Names::check);
        step.ifPresent(Names::check);
      }
      case Expr.Call(var callee, var arguments) -> {
        check(callee);
        check(arguments);
      }
      case Expr.Filter(var operand, var name, var arguments) -> {
        require(FILTERS.containsKey(name), "filter", name);
        check(operand);
        check(arguments);
      }
      case Expr.Test(var operand, var name, var arguments) -> {
        require(TESTS.containsKey(name), "test", name);
        check(operand);
        check(arguments);
      }
      case Expr.Not(var operand) -> check(operand);
      case Expr.Signed(var _, var operand) -> check(operand);
      case Expr.Arithmetic(var _, var left, var right) -> checkBoth(left, right);
      case Expr.And(var left, var right) -> checkBoth(left, right);
      case Expr.Or(var left, var right) -> checkBoth(left, right);
      case Expr.Comparison(var first, var steps) -> {
        check(first);
        steps.forEach(step -> check(step.right()));
      }
      case Expr.Concatenation(var parts) -> parts.forEach(Names::check);
      case Expr.Conditional(var condition, var then, var otherwise) -> {
        checkBoth(condition, then);
        otherwise.ifPresent(Names::check);
      }
      case Expr.TupleOf(var items) -> items.forEach(Names::check);
      case Expr.ListOf(var items) -> items.forEach(Names::check);
      case Expr.DictOf(var entries) ->
          entries.forEach(entry -> checkBoth(entry.key(), entry.value()));
    }
  }

  private static void checkBoth(Expr one, Expr other) {
    check(one);
    check(other);
  }

  private static void check(Expr.Arguments arguments) {
    arguments.positional().forEach(Names::check);
    arguments.keywords().forEach(keyword -> check(keyword.value()));
  }

  private static void require(boolean known, String kind, String name) {
    if (!known) {
      throw new SyntaxException("the %s %s is not known".formatted(kind, name));
    }
  }
}
