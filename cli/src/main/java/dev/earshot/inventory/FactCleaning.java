package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What Ansible keeps facts from becoming: a host must not tell how to connect to it.
final class FactCleaning {

  private static final Set<String> RESTRICTED =
      Set.of(
          "add_group",
          "add_host",
          "ansible_become",
          "ansible_connection",
          "ansible_connection_user",
          "ansible_docker_extra_args",
          "ansible_facts",
          "ansible_host",
          "ansible_module_compression",
          "ansible_network_os",
          "ansible_password",
          "ansible_pipelining",
          "ansible_playbook_python",
          "ansible_port",
          "ansible_private_key_file",
          "ansible_rsync_path",
          "ansible_scp_extra_args",
          "ansible_sftp_extra_args",
          "ansible_shell_executable",
          "ansible_shell_type",
          "ansible_timeout",
          "ansible_user");

  /// Options of the connection plugins that come with Ansible.
  private static final Pattern CONNECTION =
      Pattern.compile("ansible_(local|paramiko_ssh|psrp|ssh|winrm)_.*", Pattern.DOTALL);

  private static final List<String> NETWORKS = List.of("_bridge", "_gwbridge");
  private static final String HOST_KEYS = "ansible_ssh_host_key_";
  private static final Pattern INTERPRETER = Pattern.compile("ansible_.*_interpreter");
  private static final String INTERNAL = "_ansible_";

  private FactCleaning() {}

  /// True if no variable is made of a fact of this name, which is worth a warning.
  static boolean isRestricted(String name) {
    boolean connects =
        CONNECTION.matcher(name).matches() && NETWORKS.stream().noneMatch(name::endsWith);
    return !name.startsWith(HOST_KEYS)
        && (connects
            || RESTRICTED.contains(name)
            || name.startsWith("ansible_become_")
            || INTERPRETER.matcher(name).matches());
  }

  /// True for what Ansible writes down for itself.
  static boolean isInternal(String name) {
    return name.startsWith(INTERNAL);
  }

  /// The value without what Ansible wrote into it for itself.
  static Value stripped(Value value) {
    return switch (value) {
      case Value.Sequence(var items) ->
          new Value.Sequence(items.stream().map(FactCleaning::stripped).toList());
      case Value.Mapping(var entries) -> {
        var kept = new LinkedHashMap<Value, Value>();
        entries.forEach((key, item) -> {
          if (!(key instanceof Value.Text(var name, _) && isInternal(name))) {
            kept.put(key, stripped(item));
          }
        });
        yield new Value.Mapping(kept);
      }
      case Value.Text _,
          Value.Whole _,
          Value.Real _,
          Value.Bool _,
          Value.Null _,
          Value.Timestamp _,
          Value.Vaulted _ ->
          value;
    };
  }
}
