package dev.earshot.cli;

import dev.earshot.config.AnsibleConfig;
import dev.earshot.config.InventorySettings;
import dev.earshot.config.Options;
import dev.earshot.evidence.HostName;
import dev.earshot.inventory.ExtraVars;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.HostPattern;
import dev.earshot.inventory.InventoryReader;
import dev.earshot.inventory.InventoryRequest;
import dev.earshot.inventory.InventoryResult;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.ReadSettings;
import dev.earshot.inventory.Rendering;
import dev.earshot.inventory.Selection;
import dev.earshot.inventory.TemplateRendering;
import dev.earshot.python.Surroundings;
import dev.earshot.vault.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which hosts: Ansible's own options, and where they say nothing, its configuration.
final class InventoryOptions {

  private final Terminal terminal;
  private final Surroundings surroundings;
  private @Nullable AnsibleConfig configuration;
  private @Nullable Vault opener;

  @Option(
      names = {"-i", "--inventory", "--inventory-file"},
      paramLabel = "FILE",
      description =
          "Ansible inventory, or a list of hosts with a comma in it; may be repeated (default:"
              + " what ansible.cfg says).")
  List<String> sources = new ArrayList<>();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      description = "Only these hosts: names, groups, wildcards, '!' to leave out, @FILE.")
  @Nullable String limit;

  @Mixin ExtraVarsOptions extraVars = new ExtraVarsOptions();
  @Mixin VaultOptions vaultOptions = new VaultOptions();

  InventoryOptions(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
  }

  /// Ansible's configuration.
  ///
  /// @throws UsageException if it can't be used
  AnsibleConfig configuration() {
    if (configuration == null) {
      configuration = AnsibleConfig.read(surroundings);
      refuse(configuration.problems(), terminal);
    }
    return configuration;
  }

  /// What to read, with everything that the command line and the configuration say about it.
  ///
  /// @param playbookDirectory as given, if it was
  /// @throws UsageException if something of it can't be used
  InventoryRequest request(@Nullable Path playbookDirectory) {
    ReadSettings configured = InventorySettings.of(configuration());
    ReadSettings settings =
        playbookDirectory == null
            ? configured
            : configured.withPlaybookDirectory(playbookDirectory);
    ExtraVars.Outcome extra = extraVars.read(settings, surroundings, vault());
    refuse(extra.problems(), terminal);
    return new InventoryRequest(
        chosenSources(), settings, vault(), extra.variables(), workingDirectory(), surroundings);
  }

  /// Those of the command line, else those of the configuration.
  List<String> chosenSources() {
    return sources.isEmpty()
        ? configuration().get(Options.INVENTORY).stream().map(Path::toString).toList()
        : sources;
  }

  /// The files and folders that are read; lists of hosts are none.
  List<Path> files() {
    return sources.isEmpty()
        ? configuration().get(Options.INVENTORY)
        : sources.stream()
            .filter(source -> !source.contains(","))
            .map(source -> surroundings.resolve(source, workingDirectory()))
            .toList();
  }

  /// Nothing where it is the process's own: files are then named as the user wrote them.
  private Path workingDirectory() {
    Path here = Path.of("");
    return surroundings.workingDirectory().equals(here.toAbsolutePath())
        ? here
        : surroundings.workingDirectory();
  }

  /// Opens what is encrypted.
  Vault vault() {
    if (opener == null) {
      opener = vaultOptions.vault(configuration(), surroundings, terminal);
    }
    return opener;
  }

  /// What becomes of a part of a pattern that matches nothing.
  HostPattern.Mismatch mismatch() {
    return HostPattern.Mismatch.valueOf(
        configuration().get(Options.HOST_PATTERN_MISMATCH).toUpperCase(Locale.ROOT));
  }

  /// The limit, if one was given.
  ///
  /// @param problems gets what is wrong with the files that it names
  Optional<HostPattern> limit(List<Problem> problems) {
    return Optional.ofNullable(limit)
        .map(text -> HostPattern.limit(text, workingDirectory(), problems));
  }

  /// Hosts to work on.
  ///
  /// @param rendering evaluates their variables
  /// @param leftOut the inventory's other hosts
  record Chosen(List<Host> hosts, Rendering rendering, Set<HostName> leftOut) {}

  /// The chosen hosts. All problems of all sources are told at once; warnings don't stop anything.
  Chosen hosts() {
    return hosts("all");
  }

  /// The hosts that a pattern chooses, as far as the limit lets them through.
  Chosen hosts(String pattern) {
    if (sources.isEmpty()
        && !configuration().find(Options.INVENTORY).isSet()
        && configuration().get(Options.INVENTORY).stream().noneMatch(Files::exists)) {
      throw new UsageException(
          List.of("no inventory: give one with -i, or name it in ansible.cfg under [defaults]"));
    }
    InventoryResult result = InventoryReader.read(request(null));
    List<Problem> problems = new ArrayList<>(result.problems());
    List<Host> hosts = List.of();
    if (!result.hasErrors()) {
      Selection all = HostPattern.parse(pattern).select(result.inventory());
      Selection chosen =
          limit(problems).map(limit -> all.limitedTo(limit.select(result.inventory()))).orElse(all);
      problems.addAll(chosen.problems());
      hosts = chosen.hosts();
      problems.addAll(result.inventory().readVariables(hosts));
    }
    refuse(problems, terminal);
    if (hosts.isEmpty()) {
      throw new UsageException(List.of("the inventory (-i) holds no host, or --limit leaves none"));
    }
    Set<HostName> leftOut =
        result.inventory().hosts().stream()
            .filter(Predicate.not(Set.copyOf(hosts)::contains))
            .map(host -> new HostName(host.name()))
            .collect(Collectors.toUnmodifiableSet());
    return new Chosen(
        hosts,
        new TemplateRendering(result.inventory(), vault(), surroundings.environment()),
        leftOut);
  }

  /// Tells warnings; throws if there are errors.
  static void refuse(List<Problem> problems, Terminal terminal) {
    problems.stream()
        .filter(problem -> !problem.isError())
        .forEach(problem -> terminal.progress("warning: " + problem));
    List<String> errors = Complaints.told(problems.stream().filter(Problem::isError).toList());
    if (!errors.isEmpty()) {
      throw new UsageException(errors);
    }
  }
}
