package dev.earshot.jinja.runtime;

/// An expression has no value. The message names variables, never what is in them.
public class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  public Failure(String message) {
    super(message, null, false, false);
  }

  /// Something was used that isn't defined.
  public static final class OfUndefined extends Failure {

    private static final long serialVersionUID = 1;

    public OfUndefined(String message) {
      super(message);
    }
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
