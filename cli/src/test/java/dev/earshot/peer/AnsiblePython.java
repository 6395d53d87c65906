package dev.earshot.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The Python that has Ansible's modules. Starting it is dear: ask it about many cases at once.
public final class AnsiblePython {

  private static final JsonMapper JSON = new JsonMapper();

  private AnsiblePython() {}

  /// Runs a script that finds its cases as JSON in `cases` and hands its results to `answer`.
  public static JsonNode ask(Path workingDirectory, String script, Object cases)
      throws IOException, InterruptedException {
    var interpreter = interpreter();
    assumeTrue(interpreter.isPresent(), "ansible-inventory is not installed here");
    var input = Files.createTempFile(workingDirectory, "cases", ".json");
    var output = Files.createTempFile(workingDirectory, "answers", ".json");
    JSON.writeValue(input.toFile(), cases);
    var frame =
        """
        import json, sys
        cases = json.load(open(sys.argv[1]))
        def answer(value):
            json.dump(value, open(sys.argv[2], 'w'))
        """;
    var builder =
        new ProcessBuilder(
                interpreter.get(), "-c", frame + script, input.toString(), output.toString())
            .directory(workingDirectory.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(Files.createTempFile(workingDirectory, "errors", ".txt").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("HOME", workingDirectory.toString());
    var process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("Ansible answered").isTrue();
      assertThat(process.exitValue())
          .as(() -> "exit code of Ansible: " + text(builder.redirectError().file()))
          .isZero();
      return JSON.readTree(output.toFile());
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(File file) {
    try {
      return Files.readString(file.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Optional<String> interpreter() throws IOException {
    var program =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getenv().getOrDefault("PATH", ""))
            .map(directory -> Path.of(directory, "ansible-inventory"))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      return Optional.empty();
    }
    try (var lines = Files.lines(program.get())) {
      return lines
          .findFirst()
          .filter(line -> line.matches("#! */\\S+"))
          .map(line -> line.substring(2).strip());
    }
  }
}
