package dev.earshot.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What happened at a terminal of its own, where somebody answers.
///
/// @param screen all that was to be seen, with what was typed where that was shown
record Pty(int exit, String screen) {

  static final Path PYTHON = Path.of("/usr/bin/python3");

  private static final String DRIVER =
      """
      import json, os, pty, select, signal, sys, time
      steps, command = json.loads(sys.argv[1]), sys.argv[2:]
      child, terminal = pty.fork()
      if child == 0:
          # whoever started the tests in the background has had interrupts ignored
          signal.signal(signal.SIGINT, signal.SIG_DFL)
          os.execvp(command[0], command)
      seen, at, end = b'', 0, time.time() + 60
      def more():
          global seen
          if not select.select([terminal], [], [], max(0, end - time.time()))[0]:
              return False
          try:
              some = os.read(terminal, 4096)
          except OSError:
              return False
          seen += some
          return bool(some)
      for expected, answer in steps:
          while seen.find(expected.encode(), at) < 0 and more():
              pass
          at = len(seen)
          os.write(terminal, answer.encode())
      while more():
          pass
      if time.time() > end:
          os.kill(child, 9)
      code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
      print(json.dumps([code, seen.decode()]))
      """;

  /// Runs a command in a folder.
  ///
  /// @param question after which the answer is typed
  static Pty run(Path folder, String question, String answer, String... command)
      throws IOException {
    var json = new ObjectMapper();
    var steps = json.writeValueAsString(List.of(List.of(question, answer)));
    var all = new ArrayList<>(List.of(PYTHON.toString(), "-c", DRIVER, steps));
    all.addAll(Arrays.asList(command));
    var process =
        new ProcessBuilder(all)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var answered = json.readTree(process.getInputStream().readAllBytes());
    return new Pty(answered.get(0).asInt(), answered.get(1).asText());
  }

  /// A shell script that runs Earshot as these very classes, with what `JAVA_OPTIONS` says.
  static Path earshot(Path folder) throws IOException {
    var script =
        """
        #!/bin/sh
        exec '%s/bin/java' -XX:TieredStopAtLevel=1 ${JAVA_OPTIONS-} -cp '%s' dev.earshot.cli.Main "$@"
        """
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path"));
    var file = Files.writeString(folder.resolve("earshot"), script, StandardCharsets.UTF_8);
    file.toFile().setExecutable(true);
    return file;
  }
}
