package dev.earshot.cli;

import dev.earshot.check.Policy;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.inventory.Problem;
import dev.earshot.policy.PolicyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which `earshot.yml` counts, and what it says.
final class PolicyOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "What is declared, waived and checked beside (default: earshot.yml beside the inventory).")
  @Nullable Path config;

  /// Reads the one that is named, else the first that stands beside an inventory.
  ///
  /// @throws UsageException with all that is wrong in it
  PolicyFile read(List<Path> inventories, Terminal terminal) {
    PolicyFile read =
        Optional.ofNullable(config)
            .or(() -> PolicyFile.beside(inventories))
            .map(PolicyFile::read)
            .orElseGet(PolicyFile::none);
    InventoryOptions.refuse(read.problems(), terminal);
    return read;
  }

  /// What it means for the hosts of one audit; patterns that match none of them are warned about.
  static Policy policy(PolicyFile file, FleetRecording recording, Terminal terminal) {
    List<Problem> problems = new ArrayList<>();
    Policy policy = file.on(recording, problems);
    InventoryOptions.refuse(problems, terminal);
    return policy;
  }
}
