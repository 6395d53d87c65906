package dev.earshot.policy;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Policy;
import dev.earshot.check.Profile;
import dev.earshot.check.Severity;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.PolicyText;
import dev.earshot.yaml.YamlComposer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/// An `earshot.yml` that was read, or that there is none.
///
/// @param text as it stands there, to be kept with what it judged
/// @param problems all that is wrong with it, from its first line on; with any, it is not to be
///   used
public record PolicyFile(
    Declarations declarations, Optional<PolicyText> text, List<Problem> problems) {

  /// What it is called where nobody names it.
  public static final String NAME = "earshot.yml";

  private static final int LARGEST = 1 << 20;

  public PolicyFile {
    problems = problems.stream().sorted(Comparator.comparingInt(PolicyFile::line)).toList();
  }

  private static int line(Problem problem) {
    return problem.where().map(Location::line).orElse(0);
  }

  /// Nothing is declared.
  public static PolicyFile none() {
    return new PolicyFile(Declarations.NONE, Optional.empty(), List.of());
  }

  /// The first one that stands beside one of these, or in it.
  ///
  /// @param inventories files or folders
  public static Optional<Path> beside(List<Path> inventories) {
    return inventories.stream()
        .flatMap(inventory -> Stream.of(inventory.resolve(NAME), inventory.resolveSibling(NAME)))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /// Reads it. Never throws for what is in it.
  public static PolicyFile read(Path file, Surroundings surroundings) {
    List<Problem> problems = new ArrayList<>();
    String name = surroundings.relative(file).orElseGet(() -> String.valueOf(file.getFileName()));
    Optional<PolicyText> text = text(file, problems).map(yaml -> new PolicyText(name, yaml, true));
    return read(file, text, problems);
  }

  /// Reads one that was kept.
  public static PolicyFile of(PolicyText kept) {
    return read(Path.of(kept.file()), Optional.of(kept), new ArrayList<>());
  }

  private static PolicyFile read(Path file, Optional<PolicyText> text, List<Problem> problems) {
    Declarations declarations =
        text.flatMap(kept -> compose(file, kept.yaml(), problems))
            .map(root -> new PolicyReader(new Item(file, "", root, problems)).read())
            .orElse(Declarations.NONE);
    PolicyFile read = new PolicyFile(declarations, text, problems);
    return text.filter(kept -> !kept.checked()).isPresent() ? read.withoutChecks() : read;
  }

  /// Between the two samples, where it says so.
  public Optional<Duration> window() {
    return declarations.window();
  }

  public Optional<Profile.Intent> profile() {
    return declarations.profile();
  }

  public Optional<Severity> failOn() {
    return declarations.failOn();
  }

  /// What it means for the hosts of one audit.
  ///
  /// @param problems gets warnings about patterns that match none of them
  public Policy on(FleetRecording recording, List<Problem> problems) {
    List<InventoryHost> hosts = recording.hosts().stream().map(HostRecording::host).toList();
    return binding(hosts, problems).policy();
  }

  private Binding binding(List<InventoryHost> hosts, List<Problem> problems) {
    return new Binding(declarations, text.map(PolicyText::file).orElse(NAME), hosts, problems);
  }

  /// The same for those who judge something else than the fleet: no checks of the admin's own.
  public PolicyFile withoutChecks() {
    return new PolicyFile(
        declarations.withoutChecks(),
        text.map(kept -> new PolicyText(kept.file(), kept.yaml(), false)),
        problems);
  }

  /// What each of these hosts is to be asked for checks of the admin's own.
  public Map<HostName, List<CustomQuestion>> questions(List<InventoryHost> hosts) {
    return binding(hosts, new ArrayList<>()).questions();
  }

  /// The checks of the admin's own, for the catalogue.
  public List<CheckInfo> checks() {
    return declarations.checks().stream().map(check -> check.definition().info()).toList();
  }

  /// Whether one of them brings tasks to a playbook.
  public boolean bringsTasks() {
    return declarations.checks().stream()
        .anyMatch(check -> !check.definition().mending().tasks().isEmpty());
  }

  /// All that is asked of hosts for them.
  public List<CustomQuestion> questions() {
    return declarations.checks().stream()
        .flatMap(check -> check.definition().asked().question().stream())
        .toList();
  }

  private static Optional<String> text(Path file, List<Problem> problems) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        problems.add(
            Problem.error(Location.of(file), "this is larger than 1 MiB", "name another file"));
        return Optional.empty();
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      problems.add(Problem.error(Location.of(file), "this is no UTF-8 text", "save it as UTF-8"));
    } catch (IOException unreadable) {
      problems.add(
          Problem.error(
              Location.of(file),
              Files.exists(file) ? "this can't be read" : "there is no such file",
              "check the path and who may read it"));
    }
    return Optional.empty();
  }

  /// Nothing where it holds nothing: an empty file is none.
  private static Optional<Node> compose(Path file, String text, List<Problem> problems) {
    try {
      return YamlComposer.compose(text, LARGEST);
    } catch (MarkedYAMLException broken) {
      int line = broken.getProblemMark() == null ? 0 : broken.getProblemMark().getLine() + 1;
      problems.add(
          Problem.error(
              new Location(file, line),
              "not valid YAML: " + broken.getProblem(),
              "check indentation, colons and quotes here and on the line above"));
    } catch (YAMLException broken) {
      problems.add(
          Problem.error(
              Location.of(file),
              "not valid YAML: it nests too deep, or holds a character that YAML does not allow",
              "write it flatter, and remove control characters"));
    }
    return Optional.empty();
  }
}
