package dev.earshot.become;

import dev.earshot.become.Become.Method;
import dev.earshot.check.Quoted;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The command line that becomes somebody and then runs another one.
///
/// The words are Ansible's, so that what a host's administrator allowed for Ansible is allowed
/// here; in front of them, the language is set to the one in which the answers are understood.
///
/// @param success the line on standard output after which it is the new user that listens
/// @param prompt what asks for the password; empty where the program has its own words for it
/// @param atTerminal whether the password is asked for at a terminal only
record BecomeCommand(String text, String success, Optional<String> prompt, boolean atTerminal) {

  /// Wraps a command.
  ///
  /// @param mark that no output can guess
  static BecomeCommand of(Become become, String command, String mark) {
    String success = "earshot-became-" + mark;
    Optional<String> prompt =
        become.method() == Method.SUDO && become.password().isPresent()
            ? Optional.of("earshot-password-" + mark + ":")
            : Optional.empty();
    // What a start-up file printed before may lack the end of its line.
    boolean atTerminal = become.method() == Method.DOAS && become.password().isPresent();
    // A shell with terminals on all sides would hold a talk with a person.
    String errors = atTerminal ? " 2>/dev/null" : "";
    String inner = "echo; echo " + success + "; exec " + command + errors;
    String shell = "/bin/sh -c " + Quoted.shell(inner);
    Stream<String> words =
        switch (become.method()) {
          case SUDO ->
              Stream.of(
                  become.executable(),
                  sudoFlags(become),
                  prompt.map(asked -> "-p " + asked).orElse(""),
                  "-u " + Quoted.shell(become.user()),
                  shell);
          case SU ->
              Stream.of(
                  become.executable(),
                  become.flags(),
                  Quoted.shell(become.user()),
                  "-c " + Quoted.shell(shell));
          case DOAS ->
              Stream.of(
                  become.executable(),
                  become.flags(),
                  atTerminal ? "" : "-n",
                  "-u " + Quoted.shell(become.user()),
                  shell);
        };
    return new BecomeCommand(
        Stream.concat(Stream.of("env LC_ALL=C"), words)
            .filter(word -> !word.isBlank())
            .collect(Collectors.joining(" ")),
        success,
        prompt,
        atTerminal);
  }

  /// With a password, sudo may ask for it after all.
  private static String sudoFlags(Become become) {
    return become.password().isEmpty()
        ? become.flags()
        : Arrays.stream(become.flags().split("\\s+"))
            .filter(flag -> !flag.equals("-n") && !flag.equals("--non-interactive"))
            .map(flag -> flag.matches("-[AbBEHiKklnPSs]+") ? flag.replaceFirst("n", "") : flag)
            .collect(Collectors.joining(" "));
  }
}
