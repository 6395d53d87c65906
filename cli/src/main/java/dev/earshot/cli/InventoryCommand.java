package dev.earshot.cli;

import dev.earshot.config.Options;
import dev.earshot.inventory.Group;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.HostPattern;
import dev.earshot.inventory.Inventory;
import dev.earshot.inventory.InventoryReader;
import dev.earshot.inventory.InventoryResult;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Selection;
import dev.earshot.inventory.listing.Listing;
import dev.earshot.inventory.listing.Shown;
import dev.earshot.inventory.listing.UnlistableException;
import dev.earshot.python.Surroundings;
import dev.earshot.text.NearNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What `ansible-inventory` does, with its output and its exit codes, and where things come from.
@Command(
    name = "inventory",
    description = "Show an inventory as Ansible sees it, and where its variables come from.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 shown; 1 a pattern that can't be used or leaves no host, or output that can't",
      "be written; 2 wrong use or unreadable inventory; 4 a file of variables that is wrong or",
      "locked; 5 not exactly one action, host or group."
    })
final class InventoryCommand implements Callable<Integer> {

  private static final int NOTHING = 1;
  private static final int UNREADABLE = 2;
  private static final int VARIABLES = 4;
  private static final int WRONG_CHOICE = 5;

  private final Terminal terminal;

  @Mixin final InventoryOptions inventory;
  @Mixin InventoryAction action = new InventoryAction();

  @Option(
      names = "--playbook-dir",
      paramLabel = "DIR",
      description = "Directory whose group_vars and host_vars rank above those of the inventory.")
  @Nullable Path playbookDirectory;

  @Option(
      names = {"-y", "--yaml"},
      description = "YAML instead of JSON.")
  boolean yaml;

  @Option(names = "--toml", hidden = true)
  boolean toml;

  @Option(names = "--export", description = "Groups and hosts with what is set for themselves.")
  boolean export;

  @Option(names = "--vars", description = "Show variables in the --graph, too.")
  boolean vars;

  @Option(names = "--output", paramLabel = "FILE", description = "Write into a file.")
  @Nullable Path output;

  InventoryCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.inventory = new InventoryOptions(terminal, surroundings);
  }

  @Override
  public Integer call() {
    try {
      action.refuseMisuse();
      if (toml) {
        throw new Refusal(UNREADABLE, "TOML is not written; use --yaml or JSON");
      }
      InventoryResult result = InventoryReader.read(inventory.request(playbookDirectory));
      tell(result.problems(), UNREADABLE);
      answer(result.inventory());
      return 0;
    } catch (Refusal refusal) {
      refusal.sentences().forEach(terminal::error);
      return refusal.exitCode();
    } catch (UnlistableException unlistable) {
      terminal.error(String.valueOf(unlistable.getMessage()));
      return NOTHING;
    }
  }

  private void answer(Inventory read) {
    if (action.list) {
      list(read);
    } else if (action.graph) {
      graph(read);
    } else if (action.host != null) {
      one(read, action.host);
    } else if (action.listHosts != null) {
      new HostNames(read, inventory, terminal).list(action.listHosts, destination());
    } else if (action.explain != null) {
      List<String> lines = WhereFrom.explain(action.explain, read, inventory.configuration());
      refuseUnreadable(read);
      destination().write(true, out -> out.write(String.join("\n", lines)));
    }
  }

  private void list(Inventory read) {
    Shown shown = new Shown(read, limited(read), exports());
    shown.read(exports());
    refuseUnreadable(read);
    destination().write(!yaml, out -> new Listing(format()).all(shown, out).ifPresent(this::warn));
  }

  private void graph(Inventory read) {
    Group root =
        read.group(Optional.ofNullable(action.group).orElse(Group.ALL))
            .orElseThrow(() ->
                new Refusal(
                    WRONG_CHOICE,
                    "there is no group %s%s"
                        .formatted(
                            action.group,
                            NearNames.didYouMean(
                                String.valueOf(action.group), read.groupsByName().keySet()))));
    Shown shown = new Shown(read, limited(read), exports());
    if (vars) {
      shown.read(true);
      refuseUnreadable(read);
    }
    destination()
        .write(
            true,
            out ->
                Listing.graph(
                        shown, root, vars ? Optional.of(inventory.vault()) : Optional.empty(), out)
                    .ifPresent(this::warn));
  }

  private void one(Inventory read, String pattern) {
    Selection selection = HostPattern.parse(pattern).match(read, inventory.mismatch());
    tell(selection.problems(), NOTHING);
    if (selection.hosts().size() != 1) {
      throw new Refusal(
          WRONG_CHOICE,
          "--host wants exactly one host, but %s means %d"
              .formatted(pattern, selection.hosts().size()));
    }
    Host host = selection.hosts().getFirst();
    Shown shown = new Shown(read, Set.of(host), exports());
    shown.read(false);
    refuseUnreadable(read);
    destination()
        .write(!yaml, out -> new Listing(format()).one(shown, host, out).ifPresent(this::warn));
  }

  private Set<Host> limited(Inventory read) {
    List<Problem> problems = new ArrayList<>();
    Optional<HostPattern> limit = inventory.limit(problems);
    tell(problems, NOTHING);
    if (limit.isEmpty()) {
      return new LinkedHashSet<>(read.hostsOf(Group.ALL));
    }
    Selection selection = limit.get().match(read, inventory.mismatch());
    tell(selection.problems(), NOTHING);
    if (selection.hosts().isEmpty()) {
      throw new Refusal(NOTHING, "--limit leaves no host");
    }
    return new LinkedHashSet<>(selection.hosts());
  }

  /// What is in a locked file is unknown, and a listing without it would be a wrong one.
  private void refuseUnreadable(Inventory read) {
    tell(read.variableProblems(), VARIABLES);
    if (!read.lockedFiles().isEmpty()) {
      throw new Refusal(
          VARIABLES, "files of variables stay locked; give --vault-password-file or --vault-id");
    }
  }

  /// Tells warnings; ends the command if there are errors.
  private void tell(List<Problem> problems, int exitCode) {
    problems.stream()
        .filter(problem -> !problem.isError())
        .forEach(problem -> warn(problem.toString()));
    List<String> errors = Complaints.told(problems.stream().filter(Problem::isError).toList());
    if (!errors.isEmpty()) {
      throw new Refusal(exitCode, errors);
    }
  }

  private void warn(String sentence) {
    terminal.progress("warning: " + sentence);
  }

  private boolean exports() {
    return export || inventory.configuration().get(Options.EXPORT);
  }

  private Listing.Format format() {
    return yaml ? Listing.Format.YAML : Listing.Format.JSON;
  }

  private Destination destination() {
    return new Destination(terminal, Optional.ofNullable(output));
  }
}
