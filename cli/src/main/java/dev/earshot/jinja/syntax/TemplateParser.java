package dev.earshot.jinja.syntax;

import dev.earshot.jinja.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parses templates and expressions.
public final class TemplateParser {

  private final Tokens tokens;
  private final ExpressionParser expressions;

  private TemplateParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  /// Parses a template. As Ansible does, backslashes of strings within `{{ }}` stay what they are.
  ///
  /// @throws SyntaxException if it isn't one, or uses statements that aren't supported
  public static List<Node> template(String text) {
    var parser = new TemplateParser(new Tokens(Lexer.template(text)));
    var nodes = parser.body();
    parser.tokens.expect(Kind.END, "the end of the template");
    return nodes;
  }

  /// Parses a condition as it would stand in `{% if %}`: strings have Python's escapes, and there
  /// is no inline `if` without parentheses.
  ///
  /// @throws SyntaxException if it isn't one
  public static Expr condition(String text) {
    var parser = new TemplateParser(new Tokens(Lexer.statement(text)));
    var condition = parser.expressions.or();
    parser.tokens.expect(Kind.END, "the end of the condition");
    return condition;
  }

  /// Nodes up to the end, or up to a statement that ends or continues one, of which the beginning
  /// of the tag has been read.
  private List<Node> body(String... ends) {
    tokens.enter();
    var nodes = new ArrayList<Node>();
    while (tokens.current().kind() != Kind.END) {
      var token = tokens.take();
      if (token.kind() == Kind.DATA) {
        nodes.add(new Node.Data(token.text()));
      } else if (token.kind() == Kind.VARIABLE_BEGIN) {
        nodes.add(new Node.Print(expressions.tuple()));
        tokens.expect(Kind.VARIABLE_END, "the end of the tag");
      } else if (List.of(ends).contains(tokens.current().text())) {
        tokens.leave();
        return nodes;
      } else {
        nodes.add(statement());
        endOfTag();
      }
    }
    if (ends.length > 0) {
      throw new SyntaxException("expected " + ends[ends.length - 1] + ", found the end");
    }
    tokens.leave();
    return nodes;
  }

  private void endOfTag() {
    tokens.expect(Kind.BLOCK_END, "the end of the tag");
  }

  private Node statement() {
    var keyword = tokens.expectName();
    return switch (keyword) {
      case "if" -> conditional();
      case "for" -> loop();
      case "set" -> assignment();
      default -> throw new SyntaxException("the statement " + keyword + " is not supported");
    };
  }

  private Node conditional() {
    var branches = new ArrayList<Node.Branch>();
    var otherwise = List.<Node>of();
    do {
      var condition = expressions.or();
      endOfTag();
      branches.add(new Node.Branch(condition, body("elif", "else", "endif")));
    } while (tokens.skipName("elif"));
    if (tokens.skipName("else")) {
      endOfTag();
      otherwise = body("endif");
    }
    tokens.take();
    return new Node.If(branches, otherwise);
  }

  private Node loop() {
    var targets = targets();
    if (!tokens.skipName("in")) {
      throw tokens.unexpected("expected in");
    }
    var iterable = expressions.or();
    if (tokens.current().isOperator(",")) {
      throw new SyntaxException("a tuple to loop over needs parentheses");
    }
    var condition =
        tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.<Expr>empty();
    endOfTag();
    var body = body("else", "endfor");
    var otherwise = List.<Node>of();
    if (tokens.skipName("else")) {
      endOfTag();
      otherwise = body("endfor");
    }
    tokens.take();
    return new Node.For(targets, iterable, condition, body, otherwise);
  }

  private Node assignment() {
    if (tokens.look().isOperator(".")) {
      var namespace = tokens.expectName();
      tokens.take();
      var name = tokens.expectName();
      tokens.expectOperator("=");
      return new Node.AssignAttribute(namespace, name, expressions.tuple());
    }
    var targets = targets();
    if (tokens.skipOperator("=")) {
      return new Node.Assign(targets, expressions.tuple());
    }
    if (targets.size() > 1 || tokens.current().isOperator("|")) {
      throw tokens.unexpected("expected =");
    }
    endOfTag();
    var body = body("endset");
    tokens.take();
    return new Node.Capture(targets.getFirst(), body);
  }

  private List<String> targets() {
    boolean parenthesised = tokens.skipOperator("(");
    var targets = new ArrayList<String>();
    do {
      var name = tokens.expectName();
      if (name.matches("[Tt]rue|[Ff]alse|[Nn]one")) {
        throw new SyntaxException("can't assign to " + name);
      }
      targets.add(name);
    } while (tokens.skipOperator(","));
    if (parenthesised) {
      tokens.expectOperator(")");
    }
    return targets;
  }
}
