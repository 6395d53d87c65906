package dev.earshot.sshconfig;

/// A text that can't be what it should be.
final class BadValue extends Exception {
  private final String advice;

  BadValue(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  Problem at(Origin where, String name) {
    return new Problem(where, name + " " + getMessage(), advice);
  }

  Problem at(Origin where) {
    return new Problem(where, String.valueOf(getMessage()), advice);
  }
}
