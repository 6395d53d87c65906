package dev.earshot.collect;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Place;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.HostSettings;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Rendering;
import dev.earshot.inventory.Setting;
import dev.earshot.ssh.HostKeyPolicy;
import dev.earshot.ssh.SshTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Turns hosts of the inventory into targets, by Ansible's connection variables.
///
/// @param problems variables that can't be used; with any, nothing should be asked
public record Targets(List<Target> targets, List<Problem> problems) {

  /// What the command line says, for hosts whose variables say nothing.
  ///
  /// @param user whom to log in as
  /// @param port of SSH servers
  /// @param identityFile private key
  /// @param hostKeys which are trusted
  public record Defaults(
      String user, int port, Optional<Path> identityFile, HostKeyPolicy hostKeys) {}

  public Targets {
    targets = List.copyOf(targets);
    problems = List.copyOf(problems);
  }

  /// All problems of all hosts at once, each named once.
  ///
  /// @param rendering evaluates the variables that are templates or encrypted
  public static Targets of(List<Host> hosts, Rendering rendering, Defaults defaults) {
    List<Target> targets = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Host host : hosts) {
      Variables variables = new Variables(host, host.settings(rendering), problems);
      Target.Route route = route(variables, host, defaults);
      targets.add(new Target(inventoryHost(variables, host), route));
    }
    return new Targets(targets, problems.stream().distinct().toList());
  }

  /// Reads a host's variables and notes what is wrong with them.
  private record Variables(Host host, HostSettings settings, List<Problem> problems) {

    Optional<String> text(String... names) {
      return noted(settings.text(names));
    }

    Optional<Integer> port(String... names) {
      return noted(settings.port(names));
    }

    private <T> Optional<T> noted(Setting<T> setting) {
      setting.complaint().ifPresent(problems::add);
      return setting.asOptional();
    }
  }

  private static Target.Route route(Variables variables, Host host, Defaults defaults) {
    String connection = variables.text("ansible_connection").orElse("ssh");
    return switch (connection) {
      case "local", "ansible.builtin.local" -> new Target.Route.Local();
      case "ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh" ->
          ssh(variables, host, defaults);
      default -> new Target.Route.NotSpoken(connection);
    };
  }

  private static Target.Route ssh(Variables variables, Host host, Defaults defaults) {
    String address = address(variables, host);
    try {
      SshTarget target =
          SshTarget.of(
                  address,
                  variables.port("ansible_port", "ansible_ssh_port").orElse(defaults.port()),
                  variables.text("ansible_user", "ansible_ssh_user").orElse(defaults.user()))
              .withHostKeys(defaults.hostKeys());
      Optional<Path> key =
          variables
              .text("ansible_private_key_file", "ansible_ssh_private_key_file")
              .map(Targets::path)
              .or(defaults::identityFile);
      return new Target.Route.Ssh(key.map(target::withKey).orElse(target));
    } catch (IllegalArgumentException unusable) {
      variables
          .problems()
          .add(
              Problem.error(
                  host.declared(),
                  "%s can't be connected to: %s".formatted(host.name(), unusable.getMessage()),
                  "correct ansible_host or ansible_user"));
      return new Target.Route.NotSpoken("ssh");
    }
  }

  private static InventoryHost inventoryHost(Variables variables, Host host) {
    Place place =
        new Place(
            Place.Source.DECLARED,
            place(variables, "earshot_provider", "cloud_provider", "provider"),
            place(variables, "earshot_region", "region"),
            place(variables, "earshot_zone", "zone", "availability_zone", "datacenter"));
    return new InventoryHost(
        new HostName(host.name()),
        variables.text("earshot_address").orElseGet(() -> address(variables, host)),
        host.groups(),
        place.isEmpty() ? Optional.empty() : Optional.of(place),
        file(host),
        host.declared().line());
  }

  /// Our own variable has to be right; the others are borrowed from people who may mean something
  /// else by them.
  private static Optional<String> place(Variables variables, String own, String... borrowed) {
    return variables
        .text(own)
        .or(() ->
            Stream.of(borrowed)
                .flatMap(name -> variables.settings().text(name).asOptional().stream())
                .findFirst());
  }

  private static String address(Variables variables, Host host) {
    return variables.text("ansible_host", "ansible_ssh_host").orElse(host.name());
  }

  /// Reports are read on other machines: the name of the file says enough, and paths tell of
  /// people's homes.
  private static String file(Host host) {
    Path name = host.declared().file().getFileName();
    return name == null ? "" : name.toString();
  }

  private static Path path(String text) {
    return text.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), text.substring(2))
        : Path.of(text);
  }
}
