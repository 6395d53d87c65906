package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The real Ansible on this machine.
public final class AnsiblePeer {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  private AnsiblePeer() {}

  /// Skips the test, by name, where Ansible is absent.
  public static void assumeInstalled(String program) {
    assumeTrue(find(program).isPresent(), program + " is not on PATH: nothing to compare with");
  }

  /// Skips the test, by name, where Ansible's Python lacks a module.
  public static void assumeModules(String... modules) throws IOException, InterruptedException {
    for (var module : modules) {
      var process =
          new ProcessBuilder(interpreter(), "-c", "import " + module)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("import of %s", module).isTrue();
        assumeTrue(
            process.exitValue() == 0,
            "Ansible's Python has no " + module + ": nothing to compare with");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static Optional<Path> find(String program) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// What `ansible-inventory --list` prints, with nulls as the string `null`.
  static Map<String, Object> list(Path workingDirectory, List<Path> sources)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("ansible-inventory", "--list"));
    sources.forEach(source -> command.addAll(List.of("-i", source.toString())));
    return listing(run(workingDirectory, command));
  }

  /// A listing as JSON, with nulls as the string `null`.
  public static Map<String, Object> listing(String json) throws IOException {
    var output = json.replaceAll("(?m)([\\[:,]?\\s)null(,?)$", "$1\"null\"$2");
    return JSON.readValue(output, new TypeReference<>() {});
  }

  /// The hosts that each pattern chooses, asked of Ansible's own classes in one process.
  static Map<String, List<String>> chosen(Path workingDirectory, Path source, List<String> patterns)
      throws IOException, InterruptedException {
    var script =
        """
        import json, sys
        from ansible.inventory.manager import InventoryManager
        from ansible.parsing.dataloader import DataLoader
        manager = InventoryManager(loader=DataLoader(), sources=[sys.argv[1]])
        print(json.dumps({p: [h.name for h in manager.get_hosts(p)] for p in sys.argv[2:]}))
        """;
    var command = new ArrayList<>(List.of(interpreter(), "-c", script, source.toString()));
    command.addAll(patterns);
    return JSON.readValue(run(workingDirectory, command), new TypeReference<>() {});
  }

  /// What a script in Python prints as JSON, with Ansible's modules at hand.
  public static <T> T ask(
      Path workingDirectory, String script, List<String> arguments, TypeReference<T> type)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(interpreter(), "-c", script));
    command.addAll(arguments);
    return JSON.readValue(run(workingDirectory, command), type);
  }

  /// The Python that has Ansible's modules, as the first line of its program names it.
  public static String interpreter() throws IOException {
    var program = find("ansible-inventory").orElseThrow();
    try (var lines = Files.lines(program)) {
      var first = lines.findFirst().orElse("");
      assumeTrue(first.matches("#! */\\S+"), "ansible-inventory is not a Python script");
      return first.substring(2).strip();
    }
  }

  private static String run(Path workingDirectory, List<String> command)
      throws IOException, InterruptedException {
    var output = Files.createTempFile(workingDirectory, "ansible", ".out");
    var builder =
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("HOME", workingDirectory.toString());
    var process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ended", command).isTrue();
      assertThat(process.exitValue()).as("exit code of %s", command).isZero();
      return Files.readString(output);
    } finally {
      process.destroyForcibly();
    }
  }
}
