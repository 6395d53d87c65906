package dev.earshot.jinja;

/// A template has no value. The message and the expression name variables, but don't show what is
/// in them.
public final class TemplateException extends Exception {

  private static final long serialVersionUID = 1;

  private final String expression;

  TemplateException(String message, String expression) {
    super(message, null, false, false);
    this.expression = expression;
  }

  /// The template as it was written.
  public String expression() {
    return expression;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
