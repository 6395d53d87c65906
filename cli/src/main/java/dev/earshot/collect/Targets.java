package dev.earshot.collect;

import dev.earshot.connection.Connections;
import dev.earshot.connection.HostVariables;
import dev.earshot.connection.Route;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.InventoryHost.Line;
import dev.earshot.evidence.InventoryHost.Topic;
import dev.earshot.evidence.Place;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Rendering;
import dev.earshot.inventory.Setting.Given;
import dev.earshot.postgres.PostgresServer;
import dev.earshot.python.Surroundings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Turns hosts of the inventory into targets, by Ansible's connection variables.
///
/// @param problems what is wrong for all hosts alike, with which nothing should be asked, and
///   warnings
public record Targets(List<Target> targets, List<Problem> problems) {

  private static final Pattern SYSTEMS_PYTHON =
      Pattern.compile("auto(_legacy)?(_silent)?|(/usr)?/bin/python3");

  public Targets {
    targets = List.copyOf(targets);
    problems = List.copyOf(problems);
  }

  /// The way to each host, which is none where its variables are wrong.
  ///
  /// @param rendering evaluates the variables that are templates or encrypted
  /// @param surroundings from where on files are called
  public static Targets of(
      List<Host> hosts, Rendering rendering, Connections connections, Surroundings surroundings) {
    List<Problem> problems = new ArrayList<>(connections.problems());
    if (problems.stream().anyMatch(Problem::isError)) {
      return new Targets(List.of(), problems);
    }
    List<HostVariables> all =
        hosts.stream().map(host -> connections.variables(host, rendering)).toList();
    List<InventoryHost> names =
        all.stream().map(host -> inventoryHost(host, connections, surroundings)).toList();
    List<Optional<PostgresServer>> servers = all.stream().map(connections::postgres).toList();
    List<Route> routes = connections.routes(all);
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      targets.add(new Target(names.get(i), routes.get(i), servers.get(i)));
      problems.addAll(all.get(i).warnings());
    }
    return new Targets(targets, problems.stream().distinct().toList());
  }

  private static InventoryHost inventoryHost(
      HostVariables variables, Connections connections, Surroundings surroundings) {
    Host host = variables.host();
    Optional<Given<String>> provider =
        place(variables, "earshot_provider", "cloud_provider", "provider", "hosting_provider");
    Optional<Given<String>> region = place(variables, "earshot_region", "region", "cloud_region");
    Optional<Given<String>> zone =
        place(
            variables,
            "earshot_zone",
            "zone",
            "availability_zone",
            "datacenter",
            "ansible_datacenter",
            "dc",
            "site");
    Place place =
        new Place(
            Place.Source.DECLARED,
            provider.map(Given::value),
            region.map(Given::value),
            zone.map(Given::value));
    Optional<Given<String>> lemmy =
        borrowed(variables, "lemmy_docker_image", "lemmy_image", "lemmy_version");
    Optional<Given<String>> service =
        ownServiceName(variables)
            .or(() -> borrowed(variables, "lemmy_domain", "lemmy_hostname", "domain"));
    Function<Location, String> named = where -> VarsPath.of(host, where, surroundings);
    Map<Topic, Line> said = new EnumMap<>(Topic.class);
    note(said, Topic.PLACE, named, region.or(() -> zone).or(() -> provider));
    note(said, Topic.LEMMY_VERSION, named, lemmy);
    note(said, Topic.SERVICE_NAME, named, service);
    return new InventoryHost(
        new HostName(host.name()),
        variables.text("earshot_address").orElseGet(() -> connections.address(variables)),
        host.groups(),
        place.isEmpty() ? Optional.empty() : Optional.of(place),
        lemmy.map(Given::value),
        service.map(Given::value),
        ownPython(variables),
        named.apply(host.declared()),
        host.declared().line(),
        said);
  }

  /// What has no line, as the command line and what scripts print, is left to the host's own.
  private static void note(
      Map<Topic, Line> said,
      Topic topic,
      Function<Location, String> named,
      Optional<Given<String>> setting) {
    setting
        .map(Given::origin)
        .filter(origin -> origin.line() > 0)
        .ifPresent(origin -> said.put(topic, new Line(named.apply(origin), origin.line())));
  }

  /// Our own variable has to be right; the others are borrowed from people who may mean something
  /// else by them.
  private static Optional<Given<String>> place(
      HostVariables variables, String own, String... borrowed) {
    return variables.given(own).or(() -> borrowed(variables, borrowed));
  }

  /// Nothing is a value, too: it says that there is none.
  private static Optional<Given<String>> ownServiceName(HostVariables variables) {
    return variables
        .written("earshot_service_name")
        .flatMap(name ->
            variables
                .host()
                .variable("earshot_service_name")
                .map(variable -> new Given<>(name, variable.origin())));
  }

  /// Ansible's `auto` and its kin look for the system's own. What can't be evaluated is another.
  private static boolean ownPython(HostVariables variables) {
    return variables.host().variable("ansible_python_interpreter").isPresent()
        && borrowed(variables, "ansible_python_interpreter")
            .map(Given::value)
            .filter(python -> SYSTEMS_PYTHON.matcher(python).matches())
            .isEmpty();
  }

  /// The first of these that is set and can be evaluated.
  private static Optional<Given<String>> borrowed(HostVariables variables, String... names) {
    return Stream.of(names)
        .flatMap(name -> variables.settings().text(name).asGiven().stream())
        .findFirst();
  }
}
