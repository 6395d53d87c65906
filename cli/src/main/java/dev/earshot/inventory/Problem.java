package dev.earshot.inventory;

import dev.earshot.text.Printable;
import java.util.Optional;

/// Something wrong with an inventory or a pattern, in words for the person who wrote it. Values of
/// variables are never part of it, as they may be secrets.
///
/// @param where absent if the input came from the command line
/// @param message what is wrong
/// @param advice what to write instead
public record Problem(Severity severity, Optional<Location> where, String message, String advice) {

  /// What would steer a terminal becomes question marks: names in messages come from files, and
  /// messages go to terminals.
  public Problem {
    message = Printable.of(message);
    advice = Printable.of(advice);
  }

  /// An error in a file.
  public static Problem error(Location where, String message, String advice) {
    return new Problem(Severity.ERROR, Optional.of(where), message, advice);
  }

  /// An error on the command line.
  public static Problem error(String message, String advice) {
    return new Problem(Severity.ERROR, Optional.empty(), message, advice);
  }

  /// A warning about a file.
  public static Problem warning(Location where, String message, String advice) {
    return new Problem(Severity.WARNING, Optional.of(where), message, advice);
  }

  /// A warning about the command line, or about something that stands in many places.
  public static Problem warning(String message, String advice) {
    return new Problem(Severity.WARNING, Optional.empty(), message, advice);
  }

  /// True if the input can't be used as it is.
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  @Override
  public String toString() {
    return where.map(location -> location + ": ").orElse("") + message + "; " + advice;
  }
}
