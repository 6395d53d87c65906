package dev.earshot.cli;

import dev.earshot.check.Policy;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.inventory.Problem;
import dev.earshot.policy.PolicyFile;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.Judging;
import dev.earshot.recording.PolicyText;
import dev.earshot.redaction.Redactor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which `earshot.yml` counts, and what it says.
final class PolicyOptions {

  private final Surroundings surroundings;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "What is declared, waived and checked beside (default: earshot.yml beside the inventory, or the one that was kept with the evidence).")
  @Nullable Path config;

  PolicyOptions() {
    this(Surroundings.ofProcess());
  }

  PolicyOptions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Reads the one that is named, else the first that stands beside an inventory.
  ///
  /// @throws UsageException with all that is wrong in it
  PolicyFile read(List<Path> inventories, Terminal terminal) {
    PolicyFile read =
        Optional.ofNullable(config)
            .or(() -> PolicyFile.beside(inventories))
            .map(file -> PolicyFile.read(file, surroundings))
            .orElseGet(PolicyFile::none);
    InventoryOptions.refuse(read.problems(), terminal);
    return read;
  }

  /// Reads the one that is named, else the one that judged what was kept.
  ///
  /// @throws UsageException with all that is wrong in it
  PolicyFile read(Judging kept, Terminal terminal) {
    return config == null
        ? kept.policy().map(text -> read(text, terminal)).orElseGet(PolicyFile::none)
        : read(List.of(), terminal);
  }

  private static PolicyFile read(PolicyText kept, Terminal terminal) {
    PolicyFile read = PolicyFile.of(kept);
    try {
      InventoryOptions.refuse(read.problems(), terminal);
    } catch (UsageException unusable) {
      throw new UsageException(
          Stream.concat(
                  unusable.problems().stream(),
                  Stream.of(
                      "this %s was kept with the evidence: --config FILE names another one in its place, which may be empty"
                          .formatted(kept.file())))
              .toList());
    }
    return read;
  }

  /// Whether somebody named one.
  boolean isNamed() {
    return config != null;
  }

  /// Evidence may come from anybody, and a playbook is there to be run as root.
  ///
  /// @param from where the policy is from, if nobody named one
  void refuseStrangersTasks(PolicyFile declared, ReportWriting writing, String from) {
    if (!isNamed() && declared.bringsTasks() && writing.hasPlaybook()) {
      throw new UsageException(
          List.of(
              "the playbook would have tasks that whoever wrote %s chose, out of the earshot.yml that it holds: name your own with --config"
                  .formatted(from)));
    }
  }

  /// What of it is kept with the evidence. What is no policy any more without its secrets is not.
  static Optional<PolicyText> kept(PolicyFile declared, Terminal terminal) {
    Optional<PolicyText> kept =
        declared
            .text()
            .map(text -> new PolicyText(text.file(), Redactor.redact(text.yaml()), text.checked()));
    if (kept.filter(text -> !PolicyFile.of(text).problems().isEmpty()).isPresent()) {
      terminal.progress(
          "%s is not kept with the evidence: it can't be read without what looks like a secret in it"
              .formatted(kept.get().file()));
      return Optional.empty();
    }
    return kept;
  }

  /// What it means for the hosts of one audit; patterns that match none of them are warned about.
  static Policy policy(PolicyFile file, FleetRecording recording, Terminal terminal) {
    List<Problem> problems = new ArrayList<>();
    Policy policy = file.on(recording, problems);
    InventoryOptions.refuse(problems, terminal);
    return policy;
  }
}
