package dev.earshot.connection;

import dev.earshot.become.Become;
import dev.earshot.config.AnsibleConfig;
import dev.earshot.config.Options;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Rendering;
import dev.earshot.python.Surroundings;
import java.util.List;
import java.util.Optional;

/// Finds the routes to hosts, as Ansible and OpenSSH would go.
public final class Connections {

  private final CommandLine given;
  private final AnsibleConfig config;
  private final Surroundings surroundings;
  private final SshTargets targets;

  public Connections(CommandLine given, AnsibleConfig config, Surroundings surroundings) {
    this.given = given;
    this.config = config;
    this.surroundings = surroundings;
    this.targets = new SshTargets(given.knownHosts(), surroundings);
  }

  /// The host's variables, to find its route by.
  ///
  /// @param problems gets what is wrong with them; with any error, nothing should be asked
  public HostVariables variables(Host host, Rendering rendering, List<Problem> problems) {
    return new HostVariables(host, host.settings(rendering), problems);
  }

  /// Where the host is, as Ansible knows it, and how to get there.
  public Route route(HostVariables host) {
    String plugin =
        host.text("ansible_connection")
            .or(given::connection)
            .orElseGet(() -> config.get(Options.TRANSPORT));
    String name = plugin.startsWith("ansible.builtin.") ? plugin.substring(16) : plugin;
    return switch (name) {
      case "local" -> become(host, Route.Local::new);
      case "ssh", "smart", "paramiko", "paramiko_ssh" -> {
        AnsibleSsh ssh = AnsibleSsh.of(host, given, config);
        yield targets
            .of(host, ssh)
            .map(target -> become(host, become -> new Route.Ssh(target, become)))
            .orElseGet(() -> new Route.NotSpoken("it can't be connected to"));
      }
      default ->
          new Route.NotSpoken(
              "not audited: ansible_connection is %s, and Earshot speaks ssh and local"
                  .formatted(plugin));
    };
  }

  private interface Becoming {
    Route as(Optional<Become> become);
  }

  private Route become(HostVariables host, Becoming route) {
    return switch (new BecomeSettings(host, given, config, surroundings).read()) {
      case BecomeSettings.Outcome.Nobody() -> route.as(Optional.empty());
      case BecomeSettings.Outcome.Somebody(Become become) -> route.as(Optional.of(become));
      case BecomeSettings.Outcome.NotSpoken(String method) ->
          new Route.NotSpoken(
              "not audited: become method %s is not spoken; Earshot speaks sudo, su and doas"
                  .formatted(method));
    };
  }
}
