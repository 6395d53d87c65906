package dev.earshot.cli;

import dev.earshot.config.AnsibleConfig;
import dev.earshot.config.Options;
import dev.earshot.python.Surroundings;
import dev.earshot.vault.Vault;
import dev.earshot.vault.VaultIdentity;
import dev.earshot.vault.VaultPasswords;
import dev.earshot.vault.VaultSettings;
import dev.earshot.vault.VaultTrouble;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The passwords of what is encrypted with Ansible Vault: Ansible's own options.
final class VaultOptions {

  @Option(
      names = "--vault-id",
      paramLabel = "[LABEL@]SOURCE",
      description =
          "Vault password from a file, a program, or 'prompt', with the label that it is known by;"
              + " may be repeated.")
  List<String> identities = new ArrayList<>();

  @Option(
      names = {"--vault-password-file", "--vault-pass-file"},
      paramLabel = "FILE",
      description = "Vault password from a file or a program; may be repeated.")
  List<String> passwordFiles = new ArrayList<>();

  @Option(
      names = {"-J", "--ask-vault-password", "--ask-vault-pass"},
      description = "Ask for the vault password.")
  boolean ask;

  /// All passwords in Ansible's order: configured identities, those given here, files, the
  /// configured file, and what somebody types.
  VaultSettings settings(AnsibleConfig config) {
    if (ask && !passwordFiles.isEmpty()) {
      throw new UsageException(
          List.of("--ask-vault-pass and --vault-password-file exclude each other; use --vault-id"));
    }
    var standard = config.get(Options.VAULT_IDENTITY);
    var all = new ArrayList<VaultIdentity>();
    config.get(Options.VAULT_IDENTITY_LIST).stream().map(VaultIdentity::parse).forEach(all::add);
    identities.stream().map(VaultIdentity::parse).forEach(all::add);
    passwordFiles.stream().map(file -> VaultIdentity.file(standard, file)).forEach(all::add);
    config
        .get(Options.VAULT_PASSWORD_FILE)
        .map(file -> VaultIdentity.file(standard, file.toString()))
        .ifPresent(all::add);
    if (ask || config.get(Options.ASK_VAULT_PASS)) {
      all.add(VaultIdentity.prompt(standard));
    }
    return new VaultSettings(
        all, standard, config.get(Options.VAULT_ID_MATCH), VaultSettings.DEADLINE);
  }

  /// The vault with all passwords that could be had; tells which could not.
  Vault vault(AnsibleConfig config, Surroundings surroundings, Terminal terminal) {
    var outcome = VaultPasswords.get(settings(config), surroundings, new ConsolePrompt(terminal));
    var troubles = outcome.troubles().stream().map(VaultTrouble::toString).toList();
    if (outcome.fatal()) {
      throw new UsageException(troubles);
    }
    troubles.forEach(trouble -> terminal.progress("warning: " + trouble));
    return outcome.vault();
  }
}
