package dev.earshot.report.markdown;

/// Who reads the Markdown, and so what it may be made of.
public enum Flavour {
  /// GitHub and what understands its Markdown: alerts, parts that fold away.
  GITHUB,
  /// mdBook 0.4, which knows no alerts.
  MDBOOK,
  /// Everybody else: no alerts and no HTML.
  PLAIN;

  /// Whether a quotation can be an alert.
  public boolean hasAlerts() {
    return this == GITHUB;
  }

  /// Whether what is folded away can be written as HTML.
  public boolean folds() {
    return this != PLAIN;
  }

  /// Whether Prettier, which books are checked with, has to be told to leave code alone: it would
  /// break the lines of playbooks.
  public boolean isFormatted() {
    return this == MDBOOK;
  }
}
