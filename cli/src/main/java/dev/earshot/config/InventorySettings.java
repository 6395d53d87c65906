package dev.earshot.config;

import dev.earshot.inventory.FactCaching;
import dev.earshot.inventory.ReadSettings;
import dev.earshot.inventory.ReadSettings.DuplicateKeys;
import dev.earshot.inventory.ReadSettings.GroupNames;
import java.util.List;
import java.util.Locale;

/// How a configuration wants inventories to be read.
public final class InventorySettings {

  private static final List<String> VARS_FILES =
      List.of(
          "host_group_vars", "ansible.builtin.host_group_vars", "ansible.legacy.host_group_vars");

  private InventorySettings() {}

  public static ReadSettings of(AnsibleConfig config) {
    return new ReadSettings(
        config.get(Options.ENABLED_PLUGINS),
        config.get(Options.IGNORED_EXTENSIONS),
        config.get(Options.IGNORED_PATTERNS),
        config.get(Options.YAML_EXTENSIONS),
        GroupNames.valueOf(config.get(Options.GROUP_NAMES).toUpperCase(Locale.ROOT)),
        DuplicateKeys.valueOf(config.get(Options.DUPLICATE_KEYS).toUpperCase(Locale.ROOT)),
        config.get(Options.HASH_BEHAVIOUR).equals("merge"),
        config.get(Options.PRECEDENCE),
        config.get(Options.VARS_PLUGINS).stream().anyMatch(VARS_FILES::contains),
        config.get(Options.PLAYBOOK_DIR),
        facts(config));
  }

  /// The plugin has no prefix of its own, unlike the option.
  private static FactCaching facts(AnsibleConfig config) {
    var prefix = config.find(Options.FACT_CACHING_PREFIX);
    return new FactCaching(
        config.get(Options.FACT_CACHING),
        config.get(Options.FACT_CACHING_CONNECTION),
        prefix.isSet() ? prefix.value() : "",
        config.get(Options.FACT_CACHING_TIMEOUT),
        config.get(Options.INJECT_FACTS));
  }
}
