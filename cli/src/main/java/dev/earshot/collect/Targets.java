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
import dev.earshot.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Turns hosts of the inventory into targets, by Ansible's connection variables.
///
/// @param problems what is wrong for all hosts alike, with which nothing should be asked, and
///   warnings
public record Targets(List<Target> targets, List<Problem> problems) {

  public Targets {
    targets = List.copyOf(targets);
    problems = List.copyOf(problems);
  }

  /// The way to each host, which is none where its variables are wrong.
  ///
  /// @param rendering evaluates the variables that are templates or encrypted
  public static Targets of(List<Host> hosts, Rendering rendering, Connections connections) {
    List<Problem> problems = new ArrayList<>(connections.problems());
    if (problems.stream().anyMatch(Problem::isError)) {
      return new Targets(List.of(), problems);
    }
    List<HostVariables> all =
        hosts.stream().map(host -> connections.variables(host, rendering)).toList();
    List<InventoryHost> names = all.stream().map(Targets::inventoryHost).toList();
    List<Optional<PostgresServer>> servers = all.stream().map(connections::postgres).toList();
    List<Route> routes = connections.routes(all);
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      targets.add(new Target(names.get(i), routes.get(i), servers.get(i)));
      problems.addAll(all.get(i).warnings());
    }
    return new Targets(targets, problems.stream().distinct().toList());
  }

  private static InventoryHost inventoryHost(HostVariables variables) {
    Host host = variables.host();
    Place place =
        new Place(
            Place.Source.DECLARED,
            place(variables, "earshot_provider", "cloud_provider", "provider", "hosting_provider"),
            place(variables, "earshot_region", "region", "cloud_region"),
            place(
                variables,
                "earshot_zone",
                "zone",
                "availability_zone",
                "datacenter",
                "ansible_datacenter",
                "dc",
                "site"));
    return new InventoryHost(
        new HostName(host.name()),
        variables.text("earshot_address").orElseGet(() -> address(variables, host)),
        host.groups(),
        place.isEmpty() ? Optional.empty() : Optional.of(place),
        borrowed(variables, "lemmy_docker_image", "lemmy_image", "lemmy_version"),
        variables
            .written("earshot_service_name")
            .or(() -> borrowed(variables, "lemmy_domain", "lemmy_hostname", "domain")),
        file(host),
        host.declared().line());
  }

  /// Our own variable has to be right; the others are borrowed from people who may mean something
  /// else by them.
  private static Optional<String> place(HostVariables variables, String own, String... borrowed) {
    return variables.text(own).or(() -> borrowed(variables, borrowed));
  }

  /// The first of these that is set and can be evaluated.
  private static Optional<String> borrowed(HostVariables variables, String... names) {
    return Stream.of(names)
        .flatMap(name -> variables.settings().text(name).asOptional().stream())
        .findFirst();
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
