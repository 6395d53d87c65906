package dev.earshot.cli;

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
/// @param width columns that a line may take
record Terminal(PrintWriter out, PrintWriter err, boolean colours, int width) {

  private static final int USUAL_WIDTH = 100;
  private static final int NARROWEST = 60;

  static Terminal ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Terminal(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        wantsColours(environment, isTerminal()),
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

  void progress(String line) {
    err.println(line);
    err.flush();
  }

  void error(String sentence) {
    err.println("earshot: " + sentence);
    err.flush();
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
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
