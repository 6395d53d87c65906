package dev.earshot.cli;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What to show of an inventory.
final class InventoryAction {

  @Option(names = "--list", description = "All hosts, groups and variables.")
  boolean list;

  @Option(names = "--graph", description = "The groups as a tree, from GROUP on.")
  boolean graph;

  @Option(names = "--host", paramLabel = "HOST", description = "All variables of one host.")
  @Nullable String host;

  @Option(
      names = "--list-hosts",
      paramLabel = "PATTERN",
      description = "The hosts that a pattern chooses.")
  @Nullable String listHosts;

  @Option(
      names = "--explain",
      paramLabel = "HOST[.VAR]",
      description = "Where a host and its variables come from, and what they override.")
  @Nullable String explain;

  @Parameters(arity = "0..1", paramLabel = "GROUP", description = "Root of the --graph.")
  @Nullable String group;

  void refuseMisuse() {
    long chosen =
        Stream.of(list, graph, host != null, listHosts != null, explain != null)
            .filter(each -> each)
            .count();
    if (chosen != 1) {
      throw new Refusal(5, "give exactly one of --list, --graph, --host, --list-hosts, --explain");
    }
    if (group != null && !graph) {
      throw new Refusal(
          2, "a group goes with --graph only; to choose hosts, use --limit %s".formatted(group));
    }
  }
}
