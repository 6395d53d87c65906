package dev.earshot.cli;

import dev.earshot.redaction.Redactor;

/// What came of calling at a host.
///
/// @param words how it went, or why not and what to try
/// @param details for those who want to know more; empty where there is no more
record Answer(String host, Kind kind, String words, String details) {

  Answer {
    words = Redactor.redact(words);
  }

  enum Kind {
    LET_IN("let us in"),
    /// It let us in, but not become whom its settings want.
    NOT_BECOME("as the login user only"),
    NOT_LET_IN("did not"),
    NOT_CONTACTED("not contacted");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// For a count.
    String words() {
      return words;
    }
  }
}
