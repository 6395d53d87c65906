package dev.earshot.cli;

import dev.earshot.text.Printable;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// The one place that prints: results on standard output, everything else on standard error.
///
/// @param colours whether escape sequences are welcome
/// @param isScreen whether standard output goes to a terminal, which text from strangers must not
///   steer
/// @param width columns that a line may take
record Terminal(PrintWriter out, PrintWriter err, boolean colours, boolean isScreen, int width) {

  private static final int USUAL_WIDTH = 100;
  private static final int NARROWEST = 60;

  static Terminal ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Terminal(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        wantsColours(environment, isTerminal()),
        isTerminal(),
        width(environment));
  }

  /// What users say counts more than what we see: `NO_COLOR`, then `FORCE_COLOR` and
  /// `CLICOLOR_FORCE`, then whether it is a terminal that can.
  static boolean wantsColours(Map<String, String> environment, boolean isTerminal) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    boolean forced =
        !environment.getOrDefault("FORCE_COLOR", "").isEmpty()
            || !environment.getOrDefault("CLICOLOR_FORCE", "0").equals("0");
    return forced || (isTerminal && !environment.getOrDefault("TERM", "").equals("dumb"));
  }

  void print(CharSequence text) {
    out.append(text);
    out.flush();
  }

  /// Shows a piece of a line that is not ours, beside the results.
  void aside(String text) {
    err.print(Printable.lines(text));
    err.flush();
  }

  void progress(String line) {
    err.println(Printable.lines(line));
    err.flush();
  }

  void error(String sentence) {
    err.println("earshot: " + Printable.lines(sentence));
    err.flush();
  }

  /// The JDK sees a terminal only where input comes from it, too; who starts Earshot looks at its
  /// output alone.
  private static boolean isTerminal() {
    return Boolean.getBoolean("earshot.terminal")
        || Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
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
