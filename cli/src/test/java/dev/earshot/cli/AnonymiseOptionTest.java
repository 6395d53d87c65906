package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.Shard;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.RecordingStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import picocli.CommandLine;

/// Every command that takes `--anonymise` obeys it, or refuses it with a sentence.
class AnonymiseOptionTest {

  private static final String OPTION = "--anonymise";
  private static final Path RECORDED = Path.of("../inventory-samples/postmortem/recorded");

  /// Stands for a file with all of the recorded hosts, as the only part.
  private static final String PART = "PART";

  /// How each of them is called.
  static final Map<String, List<String>> LINES =
      Map.of(
          "audit", List.of("audit", "-i", "hosts", "--window", "1s", "--no-history"),
          "plan", List.of("plan", "--evidence", recorded(), "--move", "backend1=backend2"),
          "report", List.of("report", recorded()),
          "merge", List.of("merge", PART),
          "history show", List.of("history", "show", "last"));

  static final Set<String> COMMANDS = new TreeSet<>(LINES.keySet());

  @TempDir Path folder;

  @Test
  void theseAreAllThatTakeIt() {
    CommandLine earshot = new CommandLine(new EarshotCommand(), factory());
    EarshotCommand.COMMANDS.forEach(earshot::addSubcommand);
    Set<String> found = new TreeSet<>();
    find(earshot, "", found);

    assertThat(found).isEqualTo(COMMANDS);
  }

  @ParameterizedTest
  @FieldSource("COMMANDS")
  void itIsObeyedOrRefused(String command) throws IOException {
    Files.writeString(folder.resolve("hosts"), "backend1 ansible_connection=local\n");
    run(List.of("drift", "--evidence", recorded(), "--history-name", "incident", "--update"));
    String part = folder.resolve("part.zip").toString();
    savePart(Path.of(part));
    List<String> line = new ArrayList<>(LINES.get(command));
    line.replaceAll(word -> word.equals(PART) ? part : word);
    line.add(OPTION);

    InProcess told = run(line);

    assertThat(told.out()).doesNotContainPattern("\\b(backend1|db1|10\\.77\\.0)\\b");
    if (told.exit() == 2) {
      assertThat(told.err()).contains(OPTION).contains("earshot report FILE --anonymise");
    } else {
      assertThat(told.out()).containsPattern("backend-1|host-1");
    }
  }

  private static void savePart(Path file) {
    FleetRecording whole = RecordingStore.load(RECORDED);
    RecordingStore.save(
        new FleetRecording(
            whole.takenAt(),
            whole.window(),
            whole.version(),
            whole.depth(),
            whole.hosts(),
            whole.remotes(),
            Optional.of(new Shard(1, 1))),
        file);
  }

  private InProcess run(List<String> line) {
    return InProcess.run(
        Map.of("XDG_STATE_HOME", folder.resolve("state").toString()),
        folder,
        folder,
        line.toArray(String[]::new));
  }

  private static void find(CommandLine command, String path, Set<String> found) {
    if (command.getCommandSpec().findOption(OPTION) != null) {
      found.add(path.strip());
    }
    command.getSubcommands().forEach((name, below) -> find(below, path + " " + name, found));
  }

  private static CommandLine.IFactory factory() {
    return new Main.Commands(
        new Terminal(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            false,
            false,
            100),
        new Surroundings(Map.of(), Path.of(""), Path.of("/")));
  }

  private static String recorded() {
    return RECORDED.toAbsolutePath().toString();
  }
}
