package dev.earshot.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.inventory.AnsiblePeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The Ansible of this machine, asked many questions in one process.
final class RealAnsible {

  private static final Path SCRIPT =
      Path.of("src/test/resources/inventory/ask_ansible.py").toAbsolutePath();
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MINUTES = 5;

  private RealAnsible() {}

  /// The answers, in the order of the questions.
  static List<Answer> ask(List<Question> questions, Path scratch)
      throws IOException, InterruptedException {
    var folder = Files.createTempDirectory(scratch, "ask");
    var asked = folder.resolve("questions.json");
    var answered = folder.resolve("answers.json");
    var log = folder.resolve("log").toFile();
    Files.writeString(
        asked, JSON.writeValueAsString(questions.stream().map(RealAnsible::plain).toList()));
    var builder =
        new ProcessBuilder(
                AnsiblePeer.interpreter(), SCRIPT.toString(), asked.toString(), answered.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    builder.environment().keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("HOME", folder.toString());
    var process = builder.start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("Ansible answered").isTrue();
      assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
    } finally {
      process.destroyForcibly();
    }
    var answers =
        new ArrayList<>(JSON.readValue(answered.toFile(), new TypeReference<List<Answer>>() {}));
    assertThat(answers).hasSameSizeAs(questions);
    return answers;
  }

  private static Map<String, Object> plain(Question question) {
    return Map.of(
        "argv", question.argv(),
        "cwd", question.cwd().toString(),
        "env", question.env(),
        "configured", question.configured());
  }
}
