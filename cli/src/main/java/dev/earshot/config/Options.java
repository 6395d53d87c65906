package dev.earshot.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The options of Ansible's configuration that Earshot knows, with the names under which they can
/// be set. Ansible's documentation of its options says what each means.
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

  // Connections.

  public static final Option<Optional<String>> REMOTE_USER =
      Option.unset("DEFAULT_REMOTE_USER", OptionType.TEXT)
          .env("ANSIBLE_REMOTE_USER")
          .ini("defaults", "remote_user");

  public static final Option<Optional<Integer>> REMOTE_PORT =
      Option.unset("DEFAULT_REMOTE_PORT", OptionType.NUMBER)
          .env("ANSIBLE_REMOTE_PORT")
          .ini("defaults", "remote_port");

  public static final Option<Optional<Path>> PRIVATE_KEY_FILE =
      Option.unset("DEFAULT_PRIVATE_KEY_FILE", OptionType.PATH)
          .env("ANSIBLE_PRIVATE_KEY_FILE")
          .ini("defaults", "private_key_file");

  public static final Option<Integer> TIMEOUT =
      Option.of("DEFAULT_TIMEOUT", OptionType.NUMBER, 10)
          .env("ANSIBLE_TIMEOUT")
          .ini("defaults", "timeout");

  public static final Option<Integer> FORKS =
      Option.of("DEFAULT_FORKS", OptionType.NUMBER, 5)
          .env("ANSIBLE_FORKS")
          .ini("defaults", "forks");

  public static final Option<String> TRANSPORT =
      Option.of("DEFAULT_TRANSPORT", OptionType.TEXT, "smart")
          .env("ANSIBLE_TRANSPORT")
          .ini("defaults", "transport");

  public static final Option<Boolean> ASK_PASS =
      Option.of("DEFAULT_ASK_PASS", OptionType.FLAG, false)
          .env("ANSIBLE_ASK_PASS")
          .ini("defaults", "ask_pass");

  public static final Option<Optional<Path>> CONNECTION_PASSWORD_FILE =
      Option.unset("CONNECTION_PASSWORD_FILE", OptionType.PATH)
          .env("ANSIBLE_CONNECTION_PASSWORD_FILE")
          .ini("defaults", "connection_password_file");

  public static final Option<Boolean> HOST_KEY_CHECKING =
      Option.of("ssh:host_key_checking", OptionType.FLAG, true)
          .env("ANSIBLE_HOST_KEY_CHECKING", "ANSIBLE_SSH_HOST_KEY_CHECKING")
          .ini("defaults", "host_key_checking")
          .ini("ssh_connection", "host_key_checking");

  public static final Option<String> SSH_ARGS =
      Option.of("ssh:ssh_args", OptionType.TEXT, "-C -o ControlMaster=auto -o ControlPersist=60s")
          .env("ANSIBLE_SSH_ARGS")
          .ini("ssh_connection", "ssh_args");

  public static final Option<String> SSH_COMMON_ARGS =
      Option.of("ssh:ssh_common_args", OptionType.TEXT, "")
          .env("ANSIBLE_SSH_COMMON_ARGS")
          .ini("ssh_connection", "ssh_common_args");

  public static final Option<String> SSH_EXTRA_ARGS =
      Option.of("ssh:ssh_extra_args", OptionType.TEXT, "")
          .env("ANSIBLE_SSH_EXTRA_ARGS")
          .ini("ssh_connection", "ssh_extra_args");

  public static final Option<String> SSH_EXECUTABLE =
      Option.of("ssh:ssh_executable", OptionType.TEXT, "ssh")
          .env("ANSIBLE_SSH_EXECUTABLE")
          .ini("ssh_connection", "ssh_executable");

  public static final Option<Integer> RETRIES =
      Option.of("ssh:reconnection_retries", OptionType.NUMBER, 0)
          .env("ANSIBLE_SSH_RETRIES")
          .ini("connection", "retries")
          .ini("ssh_connection", "retries");

  public static final Option<Optional<String>> CONTROL_PATH =
      Option.unset("ssh:control_path", OptionType.TEXT)
          .env("ANSIBLE_SSH_CONTROL_PATH")
          .ini("ssh_connection", "control_path");

  public static final Option<String> CONTROL_PATH_DIR =
      Option.of("ssh:control_path_dir", OptionType.TEXT, "~/.ansible/cp")
          .env("ANSIBLE_SSH_CONTROL_PATH_DIR")
          .ini("ssh_connection", "control_path_dir");

  public static final Option<Boolean> PIPELINING =
      Option.of("ssh:pipelining", OptionType.FLAG, false)
          .env("ANSIBLE_PIPELINING", "ANSIBLE_SSH_PIPELINING")
          .ini("defaults", "pipelining")
          .ini("connection", "pipelining")
          .ini("ssh_connection", "pipelining");

  public static final Option<Boolean> USE_TTY =
      Option.of("ssh:use_tty", OptionType.FLAG, true)
          .env("ANSIBLE_SSH_USETTY")
          .ini("ssh_connection", "usetty");

  // Privileges.

  public static final Option<Boolean> BECOME =
      Option.of("DEFAULT_BECOME", OptionType.FLAG, false)
          .env("ANSIBLE_BECOME")
          .ini("privilege_escalation", "become");

  public static final Option<String> BECOME_METHOD =
      Option.of("DEFAULT_BECOME_METHOD", OptionType.TEXT, "sudo")
          .env("ANSIBLE_BECOME_METHOD")
          .ini("privilege_escalation", "become_method");

  public static final Option<String> BECOME_USER =
      Option.of("DEFAULT_BECOME_USER", OptionType.TEXT, "root")
          .env("ANSIBLE_BECOME_USER")
          .ini("privilege_escalation", "become_user");

  public static final Option<Optional<String>> BECOME_EXE =
      Option.unset("DEFAULT_BECOME_EXE", OptionType.TEXT)
          .env("ANSIBLE_BECOME_EXE")
          .ini("privilege_escalation", "become_exe");

  public static final Option<Optional<String>> BECOME_FLAGS =
      Option.unset("DEFAULT_BECOME_FLAGS", OptionType.TEXT)
          .env("ANSIBLE_BECOME_FLAGS")
          .ini("privilege_escalation", "become_flags");

  public static final Option<Boolean> BECOME_ASK_PASS =
      Option.of("DEFAULT_BECOME_ASK_PASS", OptionType.FLAG, false)
          .env("ANSIBLE_BECOME_ASK_PASS")
          .ini("privilege_escalation", "become_ask_pass");

  public static final Option<Optional<Path>> BECOME_PASSWORD_FILE =
      Option.unset("BECOME_PASSWORD_FILE", OptionType.PATH)
          .env("ANSIBLE_BECOME_PASSWORD_FILE")
          .ini("defaults", "become_password_file");

  public static final Option<String> SUDO_USER =
      Option.of("sudo:become_user", OptionType.TEXT, "root")
          .env("ANSIBLE_BECOME_USER", "ANSIBLE_SUDO_USER")
          .ini("privilege_escalation", "become_user")
          .ini("sudo_become_plugin", "user");

  public static final Option<String> SUDO_EXE =
      Option.of("sudo:become_exe", OptionType.TEXT, "sudo")
          .env("ANSIBLE_BECOME_EXE", "ANSIBLE_SUDO_EXE")
          .ini("privilege_escalation", "become_exe")
          .ini("sudo_become_plugin", "executable");

  public static final Option<String> SUDO_FLAGS =
      Option.of("sudo:become_flags", OptionType.TEXT, "-H -S -n")
          .env("ANSIBLE_BECOME_FLAGS", "ANSIBLE_SUDO_FLAGS")
          .ini("privilege_escalation", "become_flags")
          .ini("sudo_become_plugin", "flags");

  public static final Option<String> SU_USER =
      Option.of("su:become_user", OptionType.TEXT, "root")
          .env("ANSIBLE_BECOME_USER", "ANSIBLE_SU_USER")
          .ini("privilege_escalation", "become_user")
          .ini("su_become_plugin", "user");

  public static final Option<String> SU_EXE =
      Option.of("su:become_exe", OptionType.TEXT, "su")
          .env("ANSIBLE_BECOME_EXE", "ANSIBLE_SU_EXE")
          .ini("privilege_escalation", "become_exe")
          .ini("su_become_plugin", "executable");

  public static final Option<String> SU_FLAGS =
      Option.of("su:become_flags", OptionType.TEXT, "")
          .env("ANSIBLE_BECOME_FLAGS", "ANSIBLE_SU_FLAGS")
          .ini("privilege_escalation", "become_flags")
          .ini("su_become_plugin", "flags");

  /// All of them, so that everything wrong with a configuration can be told at once.
  static final List<Option<?>> ALL =
      List.of(
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
          JINJA2_NATIVE,
          FACT_CACHING,
          FACT_CACHING_CONNECTION,
          FACT_CACHING_PREFIX,
          FACT_CACHING_TIMEOUT,
          INJECT_FACTS,
          VAULT_PASSWORD_FILE,
          VAULT_IDENTITY,
          VAULT_IDENTITY_LIST,
          VAULT_ID_MATCH,
          ASK_VAULT_PASS,
          REMOTE_USER,
          REMOTE_PORT,
          PRIVATE_KEY_FILE,
          TIMEOUT,
          FORKS,
          TRANSPORT,
          ASK_PASS,
          CONNECTION_PASSWORD_FILE,
          HOST_KEY_CHECKING,
          SSH_ARGS,
          SSH_COMMON_ARGS,
          SSH_EXTRA_ARGS,
          SSH_EXECUTABLE,
          RETRIES,
          CONTROL_PATH,
          CONTROL_PATH_DIR,
          PIPELINING,
          USE_TTY,
          BECOME,
          BECOME_METHOD,
          BECOME_USER,
          BECOME_EXE,
          BECOME_FLAGS,
          BECOME_ASK_PASS,
          BECOME_PASSWORD_FILE,
          SUDO_USER,
          SUDO_EXE,
          SUDO_FLAGS,
          SU_USER,
          SU_EXE,
          SU_FLAGS);

  private Options() {}
}
