package dev.earshot.sshconfig;

/// Something that makes OpenSSH refuse to connect, in words for the person who wrote it.
///
/// @param message what is wrong
/// @param advice what to write instead
public record Problem(Origin where, String message, String advice) {

  public Problem {
    message = message.replaceAll("\\p{Cntrl}", "?"); // a file may hold what moves a terminal
  }

  @Override
  public String toString() {
    return where + ": " + message + "; " + advice;
  }
}
