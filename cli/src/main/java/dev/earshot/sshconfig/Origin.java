package dev.earshot.sshconfig;

import java.nio.file.Path;

/// Where a setting, or a mistake, stands.
public sealed interface Origin {

  /// In a file.
  ///
  /// @param line counted from 1; 0 means the file as a whole
  record InFile(Path file, int line) implements Origin {
    @Override
    public String toString() {
      return line == 0 ? file.toString() : file + ":" + line;
    }
  }

  /// In a word that ssh was started with.
  ///
  /// @param option such as `-p` or `-o Port`
  record InArguments(String option) implements Origin {
    @Override
    public String toString() {
      return option + " among the arguments of ssh";
    }
  }

  /// The host as the user gave it, such as `bob@web1`.
  record InDestination() implements Origin {
    @Override
    public String toString() {
      return "the address";
    }
  }
}
