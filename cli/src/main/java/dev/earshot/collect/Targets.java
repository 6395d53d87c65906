package dev.earshot.collect;

import dev.earshot.connection.Connections;
import dev.earshot.connection.HostVariables;
import dev.earshot.connection.Route;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Place;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Rendering;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Turns hosts of the inventory into targets, by Ansible's connection variables.
///
/// @param problems variables that can't be used; with any, nothing should be asked
public record Targets(List<Target> targets, List<Problem> problems) {

  public Targets {
    targets = List.copyOf(targets);
    problems = List.copyOf(problems);
  }

  /// All problems of all hosts at once, each named once.
  ///
  /// @param rendering evaluates the variables that are templates or encrypted
  public static Targets of(List<Host> hosts, Rendering rendering, Connections connections) {
    List<Target> targets = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Host host : hosts) {
      HostVariables variables = connections.variables(host, rendering, problems);
      Route route = connections.route(variables);
      targets.add(new Target(inventoryHost(variables, host), route));
    }
    return new Targets(targets, problems.stream().distinct().toList());
  }

  private static InventoryHost inventoryHost(HostVariables variables, Host host) {
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
  private static Optional<String> place(HostVariables variables, String own, String... borrowed) {
    return variables
        .text(own)
        .or(() ->
            Stream.of(borrowed)
                .flatMap(name -> variables.settings().text(name).asOptional().stream())
                .findFirst());
  }

  private static String address(HostVariables variables, Host host) {
    return variables.text("ansible_host", "ansible_ssh_host").orElse(host.name());
  }

  /// Reports are read on other machines: the name of the file says enough, and paths tell of
  /// people's homes.
  private static String file(Host host) {
    Path name = host.declared().file().getFileName();
    return name == null ? "" : name.toString();
  }
}
