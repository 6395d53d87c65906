package dev.earshot.inventory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;

/// Reads an inventory that is a program: it prints all groups when it is called with `--list`, and
/// one host's variables with `--host NAME` unless the list has them all in `_meta`.
final class ScriptSource {

  /// What one call may take.
  static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Path script;
  private final ProgramRun program;
  private final InventoryData data;
  private final Problems problems;
  private final Location where;

  private ScriptSource(Path script, ProgramRun program, InventoryData data) {
    this.script = script;
    this.program = program;
    this.data = data;
    this.problems = data.problems();
    this.where = Location.of(script);
  }

  /// True if the system would run the file itself: a program, or a text whose first line names one.
  /// Any other file that may be executed is read as a text.
  static boolean isScript(Path file) {
    if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      var start = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
      return start.startsWith("#!") || start.equals("\u007fELF");
    } catch (IOException _) {
      return false; // whoever reads it as a text says why it can't be read
    }
  }

  static void read(Path script, InventoryRequest request, Duration deadline, InventoryData data) {
    var program = new ProgramRun(request.workingDirectory(), request.environment(), deadline);
    new ScriptSource(script, program, data).read();
  }

  private void read() {
    call("--list")
        .ifPresent(output -> {
          var json = JsonNodes.parse(output.text());
          if (json.isEmpty()) {
            problems.error(
                where,
                "the inventory script printed no JSON object for --list",
                "run %s --list and see what it prints".formatted(script));
            return;
          }
          var values = new YamlValues(output, ReadSettings.DuplicateKeys.IGNORE, problems);
          var listing = new GroupListing(values, data);
          if (listing.read((MappingNode) json.get())) {
            for (var host : listing.hosts()) {
              if (!readHost(host)) {
                return;
              }
            }
          }
        });
  }

  /// False if there is no sense in asking for the next one.
  private boolean readHost(String host) {
    var output = call("--host", host);
    output
        .flatMap(text -> YamlDocument.parse(text, problems).flatMap(YamlDocument::root))
        .ifPresentOrElse(
            root -> {
              var values =
                  new YamlValues(output.get(), ReadSettings.DuplicateKeys.IGNORE, problems);
              new GroupListing(values, data).setVariables(host, root);
            },
            () -> {
              if (output.isPresent()) {
                problems.error(
                    where,
                    "the inventory script printed nothing for --host " + host,
                    "let it print {}, or all variables at once as _meta in --list");
              }
            });
    return output.isPresent();
  }

  private Optional<SourceText> call(String... arguments) {
    var command = new ArrayList<>(List.of(script.toAbsolutePath().normalize().toString()));
    command.addAll(List.of(arguments));
    var called = String.join(" ", arguments);
    try {
      var ended = program.run(command);
      var complaint = ended.complaint().isEmpty() ? "" : ": " + ended.complaint();
      if (ended.exitCode() != 0 && arguments[0].equals("--list")) {
        problems.error(
            where,
            "the inventory script failed with exit code %d%s"
                .formatted(ended.exitCode(), complaint),
            "run %s %s and mend what it complains about".formatted(script, called));
      } else if (ended.output().isEmpty()) {
        problems.error(where, "the inventory script's output is not UTF-8", "let it print UTF-8");
      } else {
        if (!complaint.isEmpty()) {
          problems.warning(
              where, "the inventory script says" + complaint, "see whether it matters");
        }
        return Optional.of(SourceText.output(script, ended.output().get()));
      }
    } catch (ProgramRun.Failed e) {
      problems.error(
          where,
          "the inventory script failed: " + e.reason(),
          "run %s %s and see what it does".formatted(script, called));
    }
    return Optional.empty();
  }
}
