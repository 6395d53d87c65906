package dev.earshot.sshconfig;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the text behind a keyword becomes a value.
interface ValueType<T> {

  /// What stands behind a keyword. A type takes what it wants; what it leaves is too much.
  ///
  /// @param text all of it, quotes and comments included
  record Source(String text, Deque<String> words, Map<String, String> environment) {

    Source(String text, List<String> words, Map<String, String> environment) {
      this(text, new ArrayDeque<>(words), environment);
    }

    String word() throws BadValue {
      var word = words.poll();
      if (word == null || word.isEmpty()) {
        throw new BadValue("has no value", "write one");
      }
      return word;
    }

    /// Everything to the end of the line, as commands are written.
    String line() {
      words.clear();
      return text;
    }
  }

  /// Absent if it is right, but sets nothing.
  Optional<T> read(Source source) throws BadValue;
}
