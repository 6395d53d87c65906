package dev.earshot.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The options of Ansible's configuration for inventories that Earshot knows, with the names under
/// which they can be set. Ansible's documentation of its options says what each means.
public final class Options {

  // Inventories.

  public static final Option<List<Path>> INVENTORY =
      Option.of("DEFAULT_HOST_LIST", OptionType.PATHS, List.of(Path.of("/etc/ansible/hosts")))
          .env("ANSIBLE_INVENTORY")
          .ini("defaults", "inventory");

  public static final Option<List<String>> ENABLED_PLUGINS =
      Option.of(
              "INVENTORY_ENABLED",
              OptionType.WORDS,
              List.of("host_list", "script", "auto", "yaml", "ini", "toml"))
          .env("ANSIBLE_INVENTORY_ENABLED")
          .ini("inventory", "enable_plugins");

  public static final Option<List<String>> IGNORED_EXTENSIONS =
      Option.of(
              "INVENTORY_IGNORE_EXTS",
              OptionType.WORDS,
              List.of(
                  ".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig",
                  ".ini", ".cfg", ".retry"))
          .env("ANSIBLE_INVENTORY_IGNORE")
          .ini("defaults", "inventory_ignore_extensions")
          .ini("inventory", "ignore_extensions");

  public static final Option<List<String>> IGNORED_PATTERNS =
      Option.of("INVENTORY_IGNORE_PATTERNS", OptionType.WORDS, List.of())
          .env("ANSIBLE_INVENTORY_IGNORE_REGEX")
          .ini("defaults", "inventory_ignore_patterns")
          .ini("inventory", "ignore_patterns");

  public static final Option<Boolean> UNPARSED_IS_FAILED =
      Option.of("INVENTORY_UNPARSED_IS_FAILED", OptionType.FLAG, false)
          .env("ANSIBLE_INVENTORY_UNPARSED_FAILED")
          .ini("inventory", "unparsed_is_failed");

  public static final Option<Boolean> ANY_UNPARSED_IS_FAILED =
      Option.of("INVENTORY_ANY_UNPARSED_IS_FAILED", OptionType.FLAG, false)
          .env("ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED")
          .ini("inventory", "any_unparsed_is_failed");

  public static final Option<Boolean> EXPORT =
      Option.of("INVENTORY_EXPORT", OptionType.FLAG, false)
          .env("ANSIBLE_INVENTORY_EXPORT")
          .ini("inventory", "export");

  public static final Option<String> HOST_PATTERN_MISMATCH =
      Option.of("HOST_PATTERN_MISMATCH", OptionType.oneOf("warning", "error", "ignore"), "warning")
          .env("ANSIBLE_HOST_PATTERN_MISMATCH")
          .ini("inventory", "host_pattern_mismatch");

  public static final Option<String> GROUP_NAMES =
      Option.of(
              "TRANSFORM_INVALID_GROUP_CHARS",
              OptionType.oneOf("never", "always", "ignore", "silently"),
              "never")
          .env("ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS")
          .ini("defaults", "force_valid_group_names");

  public static final Option<List<String>> YAML_EXTENSIONS =
      Option.of("YAML_FILENAME_EXTENSIONS", OptionType.WORDS, List.of(".yml", ".yaml", ".json"))
          .env("ANSIBLE_YAML_FILENAME_EXT")
          .ini("defaults", "yaml_valid_extensions");

  public static final Option<String> DUPLICATE_KEYS =
      Option.of("DUPLICATE_YAML_DICT_KEY", OptionType.oneOf("warn", "error", "ignore"), "warn")
          .env("ANSIBLE_DUPLICATE_YAML_DICT_KEY")
          .ini("defaults", "duplicate_dict_key");

  // Variables.

  public static final Option<String> HASH_BEHAVIOUR =
      Option.of("DEFAULT_HASH_BEHAVIOUR", OptionType.oneOf("replace", "merge"), "replace")
          .env("ANSIBLE_HASH_BEHAVIOUR")
          .ini("defaults", "hash_behaviour");

  public static final Option<List<String>> PRECEDENCE =
      Option.of(
              "VARIABLE_PRECEDENCE",
              OptionType.WORDS,
              List.of(
                  "all_inventory",
                  "groups_inventory",
                  "all_plugins_inventory",
                  "all_plugins_play",
                  "groups_plugins_inventory",
                  "groups_plugins_play"))
          .env("ANSIBLE_PRECEDENCE")
          .ini("defaults", "precedence");

  public static final Option<List<String>> VARS_PLUGINS =
      Option.of("VARIABLE_PLUGINS_ENABLED", OptionType.WORDS, List.of("host_group_vars"))
          .env("ANSIBLE_VARS_ENABLED")
          .ini("defaults", "vars_plugins_enabled");

  public static final Option<String> RUN_VARS_PLUGINS =
      Option.of("RUN_VARS_PLUGINS", OptionType.oneOf("demand", "start"), "demand")
          .env("ANSIBLE_RUN_VARS_PLUGINS")
          .ini("defaults", "run_vars_plugins");

  public static final Option<Optional<Path>> PLAYBOOK_DIR =
      Option.unset("PLAYBOOK_DIR", OptionType.PATH)
          .env("ANSIBLE_PLAYBOOK_DIR")
          .ini("defaults", "playbook_dir");

  public static final Option<String> PLAYBOOK_VARS_ROOT =
      Option.of("PLAYBOOK_VARS_ROOT", OptionType.oneOf("top", "bottom", "all"), "top")
          .env("ANSIBLE_PLAYBOOK_VARS_ROOT")
          .ini("defaults", "playbook_vars_root");

  public static final Option<Boolean> JINJA2_NATIVE =
      Option.of("DEFAULT_JINJA2_NATIVE", OptionType.FLAG, false)
          .env("ANSIBLE_JINJA2_NATIVE")
          .ini("defaults", "jinja2_native");

  public static final Option<String> FACT_CACHING =
      Option.of("CACHE_PLUGIN", OptionType.TEXT, "memory")
          .env("ANSIBLE_CACHE_PLUGIN")
          .ini("defaults", "fact_caching");

  public static final Option<Optional<Path>> FACT_CACHING_CONNECTION =
      Option.unset("CACHE_PLUGIN_CONNECTION", OptionType.PATH)
          .env("ANSIBLE_CACHE_PLUGIN_CONNECTION")
          .ini("defaults", "fact_caching_connection");

  public static final Option<String> FACT_CACHING_PREFIX =
      Option.of("CACHE_PLUGIN_PREFIX", OptionType.TEXT, "ansible_facts")
          .env("ANSIBLE_CACHE_PLUGIN_PREFIX")
          .ini("defaults", "fact_caching_prefix");

  public static final Option<Integer> FACT_CACHING_TIMEOUT =
      Option.of("CACHE_PLUGIN_TIMEOUT", OptionType.NUMBER, 86_400)
          .env("ANSIBLE_CACHE_PLUGIN_TIMEOUT")
          .ini("defaults", "fact_caching_timeout");

  public static final Option<Boolean> INJECT_FACTS =
      Option.of("INJECT_FACTS_AS_VARS", OptionType.FLAG, true)
          .env("ANSIBLE_INJECT_FACT_VARS")
          .ini("defaults", "inject_facts_as_vars");

  // Vault.

  public static final Option<Optional<Path>> VAULT_PASSWORD_FILE =
      Option.unset("DEFAULT_VAULT_PASSWORD_FILE", OptionType.PATH)
          .env("ANSIBLE_VAULT_PASSWORD_FILE")
          .ini("defaults", "vault_password_file");

  public static final Option<String> VAULT_IDENTITY =
      Option.of("DEFAULT_VAULT_IDENTITY", OptionType.TEXT, "default")
          .env("ANSIBLE_VAULT_IDENTITY")
          .ini("defaults", "vault_identity");

  public static final Option<List<String>> VAULT_IDENTITY_LIST =
      Option.of("DEFAULT_VAULT_IDENTITY_LIST", OptionType.WORDS, List.of())
          .env("ANSIBLE_VAULT_IDENTITY_LIST")
          .ini("defaults", "vault_identity_list");

  public static final Option<Boolean> VAULT_ID_MATCH =
      Option.of("DEFAULT_VAULT_ID_MATCH", OptionType.ANY_TEXT, false)
          .env("ANSIBLE_VAULT_ID_MATCH")
          .ini("defaults", "vault_id_match");

  public static final Option<Boolean> ASK_VAULT_PASS =
      Option.of("DEFAULT_ASK_VAULT_PASS", OptionType.FLAG, false)
          .env("ANSIBLE_ASK_VAULT_PASS")
          .ini("defaults", "ask_vault_pass");

  /// All that Earshot knows, so that everything wrong with a configuration can be told at once.
  static final List<Option<?>> ALL =
      Stream.of(
              List.<Option<?>>of(
                  INVENTORY,
                  ENABLED_PLUGINS,
                  IGNORED_EXTENSIONS,
                  IGNORED_PATTERNS,
                  UNPARSED_IS_FAILED,
                  ANY_UNPARSED_IS_FAILED,
                  EXPORT,
                  HOST_PATTERN_MISMATCH,
                  GROUP_NAMES,
                  YAML_EXTENSIONS,
                  DUPLICATE_KEYS,
                  HASH_BEHAVIOUR,
                  PRECEDENCE,
                  VARS_PLUGINS,
                  RUN_VARS_PLUGINS,
                  PLAYBOOK_DIR,
                  PLAYBOOK_VARS_ROOT,
                  FACT_CACHING,
                  FACT_CACHING_CONNECTION,
                  FACT_CACHING_PREFIX,
                  FACT_CACHING_TIMEOUT,
                  INJECT_FACTS,
                  VAULT_PASSWORD_FILE,
                  VAULT_IDENTITY,
                  VAULT_IDENTITY_LIST,
                  VAULT_ID_MATCH,
                  ASK_VAULT_PASS),
              OptionsForConnections.ALL,
              OptionsForPrivileges.ALL)
          .flatMap(List::stream)
          .toList();

  private Options() {}
}
