package dev.earshot.check;

/// Names from inventories and hosts, made harmless where remedies put them: into YAML, a shell,
/// SQL.
public final class Quoted {

  private Quoted() {}

  /// A YAML scalar. Ansible would evaluate braces as a template, with the rights of whoever runs
  /// the playbook, so text with braces is tagged `!unsafe`.
  public static String yaml(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            default -> {
              if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
                quoted.append(String.format("\\u%04X", c));
              } else {
                quoted.appendCodePoint(c);
              }
            }
          }
        });
    quoted.append('"');
    boolean template = text.contains("{{") || text.contains("{%") || text.contains("{#");
    return (template ? "!unsafe " : "") + quoted;
  }

  /// One word of a POSIX shell.
  public static String shell(String text) {
    return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /// An SQL identifier.
  public static String sql(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }
}
