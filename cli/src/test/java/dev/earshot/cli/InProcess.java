package dev.earshot.cli;

import dev.earshot.python.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/// Runs a command line without starting a program.
///
/// @param out what it printed
/// @param err what it told beside
public record InProcess(int exit, String out, String err) {

  /// Runs a command with nothing else around it.
  ///
  /// @param environment all that the command sees of the environment
  public static InProcess run(
      Map<String, String> environment, Path workingDirectory, Path home, String... arguments) {
    return run(environment, 100, workingDirectory, home, arguments);
  }

  /// The same, on a terminal of another width.
  static InProcess run(
      Map<String, String> environment,
      int width,
      Path workingDirectory,
      Path home,
      String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exit =
        Main.run(
            new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, width),
            new Surroundings(environment, workingDirectory, home),
            arguments);
    return new InProcess(exit, out.toString(), err.toString());
  }
}
