package dev.earshot.cli;

import dev.earshot.inventory.Host;
import dev.earshot.inventory.HostPattern;
import dev.earshot.inventory.InventoryReader;
import dev.earshot.inventory.InventoryRequest;
import dev.earshot.inventory.InventoryResult;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.ReadSettings;
import dev.earshot.inventory.Selection;
import dev.earshot.vault.Vault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which hosts: Ansible's own options.
final class InventoryOptions {

  @Option(
      names = {"-i", "--inventory"},
      required = true,
      paramLabel = "FILE",
      description = "Ansible inventory; give it several times for several.")
  List<Path> sources = new ArrayList<>();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      description = "Only these hosts: names, groups, wildcards, '!' to leave out.")
  @Nullable String limit;

  /// What to read, with everything that the command line and the configuration say about it.
  ///
  /// @param playbookDirectory as given, if it was
  InventoryRequest request(@Nullable Path playbookDirectory) {
    ReadSettings settings = ReadSettings.defaults();
    return InventoryRequest.of(sources)
        .withSettings(
            playbookDirectory == null
                ? settings
                : settings.withPlaybookDirectory(playbookDirectory));
  }

  /// Opens what is encrypted.
  Vault vault() {
    return Vault.withoutPassword();
  }

  /// What becomes of a part of a pattern that matches nothing.
  HostPattern.Mismatch mismatch() {
    return HostPattern.Mismatch.WARNING;
  }

  /// The limit, if one was given.
  ///
  /// @param problems gets what is wrong with the files that it names
  Optional<HostPattern> limit(List<Problem> problems) {
    return Optional.ofNullable(limit).map(text -> HostPattern.limit(text, problems));
  }

  /// The chosen hosts. All problems of all sources are told at once; warnings don't stop anything.
  List<Host> hosts(Terminal terminal) {
    InventoryResult result = InventoryReader.read(request(null));
    List<Problem> problems = new ArrayList<>(result.problems());
    List<Host> hosts = List.of();
    if (!result.hasErrors()) {
      Selection all = HostPattern.parse("all").select(result.inventory());
      Selection chosen =
          limit(problems)
              .map(pattern -> all.limitedTo(pattern.select(result.inventory())))
              .orElse(all);
      problems.addAll(chosen.problems());
      hosts = chosen.hosts();
      problems.addAll(result.inventory().readVariables(hosts));
    }
    refuse(problems, terminal);
    if (hosts.isEmpty()) {
      throw new UsageException(List.of("the inventory holds no host, or --limit leaves none"));
    }
    return hosts;
  }

  /// Tells warnings; throws if there are errors.
  static void refuse(List<Problem> problems, Terminal terminal) {
    problems.stream()
        .filter(problem -> !problem.isError())
        .forEach(problem -> terminal.progress("warning: " + problem));
    List<String> errors =
        problems.stream().filter(Problem::isError).map(Problem::toString).distinct().toList();
    if (!errors.isEmpty()) {
      throw new UsageException(errors);
    }
  }
}
