package dev.earshot.jinja.syntax;

/// The template is not one, or uses a statement that is not supported.
public final class SyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public SyntaxException(String message) {
    super(message, null, false, false);
  }
}
