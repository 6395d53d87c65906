package dev.earshot.cli;

import dev.earshot.inventory.ExtraVars;
import dev.earshot.inventory.ReadSettings;
import dev.earshot.python.Surroundings;
import dev.earshot.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Variables that beat all others: Ansible's own option.
final class ExtraVarsOptions {

  @Option(
      names = {"-e", "--extra-vars"},
      paramLabel = "VARS",
      description =
          "Variables that beat all others: name=value words, YAML or JSON, or @FILE; may be"
              + " repeated.")
  List<String> extraVars = new ArrayList<>();

  ExtraVars.Outcome read(ReadSettings settings, Surroundings surroundings, Vault vault) {
    return ExtraVars.read(extraVars, settings, surroundings, vault);
  }
}
