package dev.earshot.inventory.listing;

import java.io.IOException;
import java.io.Writer;

/// The lines of a YAML document: keeps track of column and indentation, and folds long scalars, as
/// LibYAML's emitter does at eighty columns.
final class YamlLines {

  private static final int WIDTH = 80;

  private final Writer out;
  private int column;
  private boolean blankBefore = true;
  private boolean onlyIndicators = true;
  private boolean openEnded;

  /// Columns that the next line is indented by.
  int indent;

  YamlLines(Writer out) {
    this.out = out;
  }

  /// True if nothing but indicators stands on the line so far.
  boolean onlyIndicators() {
    return onlyIndicators;
  }

  /// The document's end.
  void end() throws IOException {
    indent = 0;
    newIndent();
    if (openEnded) {
      indicator("...", true, false);
      newIndent();
    }
  }

  void indicator(String indicator, boolean needsBlank, boolean mayNest) throws IOException {
    var text = blankBefore || !needsBlank ? indicator : " " + indicator;
    blankBefore = false;
    onlyIndicators &= mayNest;
    openEnded = false;
    write(text);
  }

  /// Begins a line unless this one is fit to go on with.
  void newIndent() throws IOException {
    if (!onlyIndicators || column > indent || (column == indent && !blankBefore)) {
      lineBreak('\n');
    }
    if (column < indent) {
      write(" ".repeat(indent - column));
    }
    blankBefore = true;
    onlyIndicators = true;
  }

  private void lineBreak(int c) throws IOException {
    blankBefore = true;
    onlyIndicators = true;
    column = 0;
    out.write(Character.toString(c));
  }

  private void write(String text) throws IOException {
    column += text.codePointCount(0, text.length());
    out.write(text);
  }

  private void write(int c) throws IOException {
    column++;
    out.write(Character.toString(c));
  }

  void plain(int[] text, boolean folds) throws IOException {
    if (!blankBefore && text.length > 0) {
      write(" ");
    }
    for (int i = 0; i < text.length; i++) {
      if (folds && column > WIDTH && isLoneBlank(text, i)) {
        newIndent();
      } else {
        write(text[i]);
      }
    }
    blankBefore = false;
    onlyIndicators = false;
  }

  /// A blank at which a line may end without changing the text.
  private static boolean isLoneBlank(int[] text, int i) {
    return isBlank(text, i) && !isBlank(text, i - 1) && !isBlank(text, i + 1);
  }

  private static boolean isBlank(int[] text, int i) {
    return i >= 0 && i < text.length && text[i] == ' ';
  }

  void singleQuoted(int[] text, boolean folds) throws IOException {
    indicator("'", true, false);
    boolean breaks = false;
    for (int i = 0; i < text.length; i++) {
      int c = text[i];
      boolean inner = i > 0 && i < text.length - 1;
      if (c == ' ' && folds && column > WIDTH && inner && isLoneBlank(text, i)) {
        newIndent();
      } else if (c != ' ' && YamlScalarForm.isBreak(c)) {
        if (!breaks && c == '\n') {
          lineBreak('\n');
        }
        lineBreak(c);
        breaks = true;
      } else {
        if (breaks) {
          newIndent();
        }
        if (c == '\'') {
          write(c);
        }
        write(c);
        onlyIndicators = false;
        breaks = false;
      }
    }
    if (breaks) {
      newIndent();
    }
    indicator("'", false, false);
  }

  void doubleQuoted(int[] text, boolean folds) throws IOException {
    indicator("\"", true, false);
    for (int i = 0; i < text.length; i++) {
      int c = text[i];
      boolean inner = i > 0 && i < text.length - 1;
      if (c == '"' || c == '\\' || YamlScalarForm.isBreak(c) || !YamlScalarForm.isPrintable(c)) {
        write(escape(c));
      } else if (c == ' ' && folds && column > WIDTH && inner && !isBlank(text, i - 1)) {
        newIndent();
        if (isBlank(text, i + 1)) {
          write("\\");
        }
      } else {
        write(c);
      }
    }
    indicator("\"", false, false);
  }

  private static String escape(int c) {
    return switch (c) {
      case 0 -> "\\0";
      case 0x07 -> "\\a";
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case 0x0B -> "\\v";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      case 0x1B -> "\\e";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case 0x85 -> "\\N";
      case 0x2028 -> "\\L";
      case 0x2029 -> "\\P";
      default ->
          c <= 0xFF
              ? "\\x%02X".formatted(c)
              : c <= 0xFFFF ? "\\u%04X".formatted(c) : "\\U%08X".formatted(c);
    };
  }

  void literal(int[] text) throws IOException {
    var hints = hints(text);
    indicator("|" + hints, true, false);
    openEnded = hints.endsWith("+");
    lineBreak('\n');
    boolean breaks = true;
    for (int c : text) {
      boolean isBreak = YamlScalarForm.isBreak(c);
      if (isBreak) {
        lineBreak(c);
      } else {
        if (breaks) {
          newIndent();
        }
        write(c);
        onlyIndicators = false;
      }
      breaks = isBreak;
    }
  }

  private static String hints(int[] text) {
    if (text.length == 0) {
      return "";
    }
    var indentation = text[0] == ' ' || YamlScalarForm.isBreak(text[0]) ? "2" : "";
    if (!YamlScalarForm.isBreak(text[text.length - 1])) {
      return indentation + "-";
    }
    boolean several = text.length == 1 || YamlScalarForm.isBreak(text[text.length - 2]);
    return indentation + (several ? "+" : "");
  }
}
