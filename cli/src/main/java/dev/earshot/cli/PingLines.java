package dev.earshot.cli;

import dev.earshot.collect.Target;
import dev.earshot.report.layout.Width;
import dev.earshot.report.layout.Wrap;
import dev.earshot.text.Printable;
import java.util.List;

/// How hosts answered, a line each; wrapped for a screen, and whole for what searches lines.
final class PingLines {

  private static final int LEAST_NAME = 20;
  private static final int MOST_NAME = 40;

  private final Terminal terminal;
  private final boolean verbose;
  private final int name;

  PingLines(Terminal terminal, boolean verbose, List<Target> targets) {
    this.terminal = terminal;
    this.verbose = verbose;
    this.name =
        targets.stream()
            .mapToInt(target -> Width.of(target.host().name().value()))
            .filter(width -> width <= MOST_NAME)
            .reduce(LEAST_NAME, Math::max);
  }

  void tell(Answer answer) {
    String mark = answer.kind() == Answer.Kind.LET_IN ? "ok" : "NO";
    print("%s %s   ".formatted(padded(answer.host()), mark), answer.words());
    if (verbose && !answer.details().isEmpty()) {
      print(padded("") + "      ", answer.details());
    }
  }

  private String padded(String host) {
    return Width.padRight(Printable.of(host), name);
  }

  private void print(String lead, String words) {
    String text = Printable.of(words);
    if (!terminal.isScreen()) {
      terminal.print(lead + text + "\n");
      return;
    }
    int indent = name + " ok   ".length();
    int room = Math.max(terminal.width() - indent, terminal.width() / 2);
    StringBuilder lines = new StringBuilder();
    String margin = lead;
    for (String line : Wrap.lines(text, room)) {
      lines.append(margin).append(line).append("\n");
      margin = " ".repeat(Math.min(indent, terminal.width() - room));
    }
    terminal.print(lines);
  }
}
