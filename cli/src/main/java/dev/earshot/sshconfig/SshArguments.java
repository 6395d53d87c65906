package dev.earshot.sshconfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Arguments of `ssh`, such as those that Ansible hands on.
///
/// @param options what sets something, in order
/// @param configFile what `-F` names
/// @param problems what `ssh` would not start with
/// @param notes what `ssh` understands and Earshot does nothing with, as sentences
public record SshArguments(
    List<Option> options, Optional<String> configFile, List<Problem> problems, List<String> notes) {

  public static final SshArguments NONE =
      new SshArguments(List.of(), Optional.empty(), List.of(), List.of());

  /// One option.
  ///
  /// @param letter such as `p` for `-p`
  /// @param value empty if the option takes none
  public record Option(char letter, String value) {

    Origin.InArguments origin() {
      return new Origin.InArguments("-" + letter);
    }

    /// Leaves the value out: a `ProxyCommand` may hold a password.
    @Override
    public String toString() {
      return "Option[-" + letter + "]";
    }
  }

  private static final String WITH_VALUE = "BDEFIJLOPQRSWbceilmopw";
  private static final String WITHOUT_VALUE = "1246AaCfGgKkMNnqsTtVvXxYy";

  /// Set something that Earshot knows.
  private static final String MEANT = "46BFJPbcilmop";

  /// Change nothing that Earshot does: noise, terminals, compression, sharing, forwarded agents.
  private static final String HARMLESS = "AaCKkMSTtnqvXxYy";

  public SshArguments {
    options = List.copyOf(options);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /// Understands arguments; what is wrong with them stands in the result.
  ///
  /// @param words the arguments, without program, host and command
  public static SshArguments parse(List<String> words) {
    var options = new ArrayList<Option>();
    var problems = new ArrayList<Problem>();
    var iterator = words.iterator();
    while (iterator.hasNext()) {
      var word = iterator.next();
      if (!word.startsWith("-") || word.length() == 1 || word.equals("--")) {
        problems.add(
            new Problem(
                new Origin.InArguments("'" + word + "'"),
                "the word stands where ssh expects its host",
                "put it behind its option, or delete it"));
        continue;
      }
      for (int i = 1; i < word.length(); i++) {
        char letter = word.charAt(i);
        if (WITH_VALUE.indexOf(letter) >= 0) {
          boolean attached = i + 1 < word.length();
          if (attached || iterator.hasNext()) {
            options.add(new Option(letter, attached ? word.substring(i + 1) : iterator.next()));
          } else {
            problems.add(
                new Problem(
                    new Origin.InArguments("-" + letter),
                    "the option has no value",
                    "write one behind it"));
          }
          break;
        }
        options.add(new Option(letter, ""));
      }
    }
    return of(options, problems);
  }

  private static SshArguments of(List<Option> options, List<Problem> problems) {
    var meant = new ArrayList<Option>();
    var notes = new ArrayList<String>();
    Optional<String> file = Optional.empty();
    for (var each : options) {
      char letter = each.letter();
      if (letter == 'F') {
        file = Optional.of(each.value());
      } else if (MEANT.indexOf(letter) >= 0) {
        meant.add(each);
      } else if ((WITH_VALUE + WITHOUT_VALUE).indexOf(letter) < 0) {
        problems.add(new Problem(each.origin(), "ssh has no such option", "delete it"));
      } else if (HARMLESS.indexOf(letter) < 0) {
        notes.add(
            "-%c among the arguments of ssh means nothing to Earshot and is left out"
                .formatted(letter));
      }
    }
    return new SshArguments(meant, file, problems, notes);
  }
}
