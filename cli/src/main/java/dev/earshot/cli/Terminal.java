package dev.earshot.cli;

import dev.earshot.text.Printable;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// The one place that prints: results on standard output, everything else on standard error.
///
/// @param colours whether escape sequences are welcome
/// @param isScreen whether standard output goes to a terminal, which text from strangers must not
///   steer
/// @param width columns that a line may take
/// @param status what is redrawn on standard error, below all that is printed
record Terminal(
    PrintWriter out,
    PrintWriter err,
    boolean colours,
    boolean isScreen,
    int width,
    StatusLine status) {

  private static final int USUAL_WIDTH = 100;
  private static final int NARROWEST = 60;

  /// One where nothing is redrawn.
  Terminal(PrintWriter out, PrintWriter err, boolean colours, boolean isScreen, int width) {
    this(out, err, colours, isScreen, width, new StatusLine(err, 0));
  }

  static Terminal ofProcess(ColourChoice colours) {
    Map<String, String> environment = System.getenv();
    PrintWriter err = writer(FileDescriptor.err);
    return new Terminal(
        writer(FileDescriptor.out),
        err,
        colours.wantsColours(environment, isTerminal()),
        isTerminal(),
        width(environment),
        new StatusLine(err, statusColumns(environment)));
  }

  /// The same for results alone.
  Terminal withoutRemarks() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return new Terminal(out, nowhere, colours, isScreen, width, new StatusLine(nowhere, 0));
  }

  void print(CharSequence text) {
    status.above(() -> {
      out.append(text);
      out.flush();
    });
  }

  /// Shows a piece of a line that is not ours, beside the results.
  void aside(String text) {
    tell(() -> err.print(Printable.lines(text)));
  }

  void progress(String line) {
    tell(() -> err.println(Printable.lines(line)));
  }

  void error(String sentence) {
    tell(() -> err.println("earshot: " + Printable.lines(sentence)));
  }

  private void tell(Runnable printing) {
    status.above(() -> {
      printing.run();
      err.flush();
    });
  }

  /// The JDK sees a terminal only where input comes from it, too; who starts Earshot looks at its
  /// output alone.
  private static boolean isTerminal() {
    return Boolean.getBoolean("earshot.terminal")
        || Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /// Of the terminal that standard error goes to, as who starts Earshot has found out; none where
  /// that is no terminal, or one that can't redraw.
  private static int statusColumns(Map<String, String> environment) {
    return environment.getOrDefault("TERM", "dumb").equals("dumb")
        ? 0
        : Integer.getInteger("earshot.status.columns", 0);
  }

  private static int width(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("\\d{1,4}")
        ? Math.max(NARROWEST, Integer.parseInt(columns))
        : USUAL_WIDTH;
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
