package dev.earshot.report.terminal;

import dev.earshot.report.layout.Width;
import dev.earshot.report.layout.Wrap;
import java.util.ArrayList;
import java.util.List;

/// Sets a command for `sh` in lines of a width, so that all of them together do the same where they
/// are copied: broken at blanks outside single quotes, with a backslash at the end of each line.
/// Within double quotes, where SQL stands, the shell takes that out as well. What a comment says
/// goes on in a comment of its own.
final class CommandLines {

  private static final String CONTINUED = " \\";
  private static final String INDENT = "  ";
  private static final String COMMENT = "# ";

  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private String comment = "";

  private CommandLines() {}

  /// As few lines as there can be; longer ones where there is no place to break them at.
  static List<String> of(String command, int width) {
    if (Width.of(command) <= width) {
      return List.of(command);
    }
    CommandLines read = new CommandLines();
    read.scan(command);
    List<String> lines = new ArrayList<>(read.code(width));
    if (!read.comment.isEmpty()) {
      Wrap.lines(read.comment, width - COMMENT.length()).forEach(line -> lines.add(COMMENT + line));
    }
    return lines;
  }

  private List<String> code(int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String next : words) {
      int wanted = Width.of(line.toString()) + 1 + Width.of(next) + CONTINUED.length();
      if (!line.isEmpty() && wanted > width) {
        lines.add(line + CONTINUED);
        line.setLength(0);
        line.append(INDENT);
      } else if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(next);
    }
    lines.add(line.toString());
    return lines;
  }

  /// Takes the command apart at the blanks that may become the end of a line: those outside single
  /// quotes that stand alone, and, within double quotes, outside the single quotes there.
  private void scan(String command) {
    boolean literal = false;
    boolean quoted = false;
    for (int at = 0; at < command.length(); at++) {
      char c = command.charAt(at);
      if (c == '\\' && !(literal && !quoted)) {
        word.append(c);
        at++;
        if (at < command.length()) {
          word.append(command.charAt(at));
        }
        continue;
      }
      if (c == '\'') {
        literal = !literal;
      } else if (c == '"' && !(literal && !quoted)) {
        quoted = !quoted;
        literal = false;
      } else if (c == '#' && !literal && !quoted && isAfterBlank(command, at)) {
        comment = command.substring(at + 1).strip();
        break;
      }
      if (!literal && isBlankAlone(command, at)) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    if (!word.toString().isBlank()) {
      words.add(word.toString().stripTrailing());
    }
  }

  private static boolean isAfterBlank(String command, int at) {
    return at == 0 || command.charAt(at - 1) == ' ';
  }

  private static boolean isBlankAlone(String command, int at) {
    return command.charAt(at) == ' '
        && at > 0
        && at + 1 < command.length()
        && command.charAt(at - 1) != ' '
        && command.charAt(at + 1) != ' ';
  }
}
