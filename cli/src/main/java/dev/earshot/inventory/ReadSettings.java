package dev.earshot.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How inventories are read, where Ansible lets its configuration decide.
///
/// @param enabledPlugins in the order in which they are tried, such as `host_list` and `yaml`
/// @param ignoredExtensions of files in inventory directories: ends of names
/// @param ignoredPatterns of files in inventory directories: regular expressions found anywhere
/// @param yamlExtensions with the dot; a file without any counts too
/// @param groupNames what becomes of group names that are no identifiers
/// @param mergesMappings `hash_behaviour = merge`: mappings are merged instead of replaced
/// @param precedence of variables, weakest first, in Ansible's own words
/// @param readsVarsFiles false where the `host_group_vars` plugin is switched off
/// @param playbookDirectory whose `group_vars/` and `host_vars/` rank above those of the sources
/// @param facts where facts of earlier plays are kept
public record ReadSettings(
    List<String> enabledPlugins,
    List<String> ignoredExtensions,
    List<String> ignoredPatterns,
    List<String> yamlExtensions,
    GroupNames groupNames,
    DuplicateKeys duplicateKeys,
    boolean mergesMappings,
    List<String> precedence,
    boolean readsVarsFiles,
    Optional<Path> playbookDirectory,
    FactCaching facts) {

  /// `force_valid_group_names`.
  public enum GroupNames {
    NEVER,
    ALWAYS,
    IGNORE,
    SILENTLY
  }

  /// `duplicate_dict_key`.
  public enum DuplicateKeys {
    WARN,
    ERROR,
    IGNORE
  }

  public ReadSettings {
    enabledPlugins = List.copyOf(enabledPlugins);
    ignoredExtensions = List.copyOf(ignoredExtensions);
    ignoredPatterns = List.copyOf(ignoredPatterns);
    yamlExtensions = List.copyOf(yamlExtensions);
    precedence = List.copyOf(precedence);
  }

  /// What holds where no `ansible.cfg` and no environment says otherwise.
  public static ReadSettings defaults() {
    return new ReadSettings(
        List.of("host_list", "script", "auto", "yaml", "ini", "toml"),
        List.of(
            ".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".ini",
            ".cfg", ".retry"),
        List.of(),
        List.of(".yaml", ".yml", ".json"),
        GroupNames.NEVER,
        DuplicateKeys.WARN,
        false,
        List.of(
            "all_inventory",
            "groups_inventory",
            "all_plugins_inventory",
            "all_plugins_play",
            "groups_plugins_inventory",
            "groups_plugins_play"),
        true,
        Optional.empty(),
        FactCaching.none());
  }

  public ReadSettings withPlaybookDirectory(Path directory) {
    return new ReadSettings(
        enabledPlugins,
        ignoredExtensions,
        ignoredPatterns,
        yamlExtensions,
        groupNames,
        duplicateKeys,
        mergesMappings,
        precedence,
        readsVarsFiles,
        Optional.of(directory),
        facts);
  }
}
