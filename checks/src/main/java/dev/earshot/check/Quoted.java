package dev.earshot.check;

/// Names from inventories and hosts, made harmless where remedies put them: into YAML, a shell,
/// SQL.
public final class Quoted {

  private static final String STEERING = ";&|<>$`\"'\\\\(){}!";

  private Quoted() {}

  /// A YAML scalar. Ansible would evaluate braces as a template, with the rights of whoever runs
  /// the playbook, so text with braces is tagged `!unsafe`.
  public static String yaml(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').appendCodePoint(c);
          } else if (isVisible(c)) {
            quoted.appendCodePoint(c);
          } else {
            quoted.append(String.format(c > 0xFFFF ? "\\U%08X" : "\\u%04X", c));
          }
        });
    quoted.append('"');
    boolean template = text.contains("{{") || text.contains("{%") || text.contains("{#");
    return (template ? "!unsafe " : "") + quoted;
  }

  /// Text that can't end the comment that it stands in, nor begin a command where a shell takes no
  /// comments (zsh).
  public static String comment(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(c -> line.appendCodePoint(isVisible(c) && STEERING.indexOf(c) < 0 ? c : 0xFFFD));
    return line.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /// One word of a POSIX shell.
  public static String shell(String text) {
    return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /// Text in SQL, whichever way the server takes backslashes.
  public static String literal(String text) {
    String doubled = text.replace("'", "''");
    return text.contains("\\") ? "E'" + doubled.replace("\\", "\\\\") + "'" : "'" + doubled + "'";
  }

  /// An SQL identifier.
  public static String sql(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }
}
