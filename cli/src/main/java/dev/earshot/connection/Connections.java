package dev.earshot.connection;

import dev.earshot.become.Become;
import dev.earshot.config.AnsibleConfig;
import dev.earshot.config.OptionsForConnections;
import dev.earshot.config.OptionsForPrivileges;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Rendering;
import dev.earshot.postgres.PostgresServer;
import dev.earshot.python.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/// Finds the routes to hosts, as Ansible and OpenSSH would go.
public final class Connections {

  /// Routes that are looked for at the same time: each may run a program of `Match exec`.
  private static final int AT_ONCE = 16;

  private static final String BUILT_IN = "ansible.builtin.";

  private final CommandLine given;
  private final AnsibleConfig config;
  private final SshTargets targets;
  private final String user = System.getProperty("user.name", "");
  private final boolean becomesSame;

  public Connections(CommandLine given, AnsibleConfig config, Surroundings surroundings) {
    this.given = given;
    this.config = config;
    this.becomesSame = config.get(OptionsForPrivileges.BECOME_ALLOW_SAME_USER);
    this.targets = new SshTargets(given.knownHosts(), surroundings);
  }

  /// What is wrong with the command line and the configuration, and so for every host. With any of
  /// it, no host should be asked.
  public List<Problem> problems() {
    return new CommonArguments(given, config, targets).problems();
  }

  /// The host's variables, to find its route by.
  public HostVariables variables(Host host, Rendering rendering) {
    return new HostVariables(
        host, host.settings(rendering), new ArrayList<>(VariableNames.typos(host)));
  }

  /// Where the hosts are, as Ansible knows it, and how to get there, in their order. A mistake in
  /// the variables of one costs that one only.
  public List<Route> routes(List<HostVariables> hosts) {
    List<Callable<Route>> searches = new ArrayList<>();
    for (HostVariables host : hosts) {
      Supplier<Route> search = search(host);
      searches.add(() -> found(host, search));
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      return threads.invokeAll(searches).stream().map(Future::resultNow).toList();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while routes were looked for");
    }
  }

  private static Route found(HostVariables host, Supplier<Route> search) {
    try {
      Route route = search.get();
      return host.refusal().<Route>map(Route.NotContacted::because).orElse(route);
    } catch (RuntimeException defect) {
      return Route.NotContacted.because("a defect in Earshot, please report it: " + defect);
    }
  }

  /// Reads the variables at once, which is for one thread only, and leaves the rest for any.
  private Supplier<Route> search(HostVariables host) {
    Optional<String> own = host.text("earshot_connection");
    if (own.isPresent()) {
      Optional<PostgresServer> server = managed(host, own.get());
      return () ->
          server
              .<Route>map(Route.Managed::new)
              .orElseGet(() -> Route.NotContacted.because("there is no way to it"));
    }
    String connection = connection(host);
    if (connection.equals("local")) {
      BecomeSettings.Outcome become = become(host);
      return () -> route(become, user, Route.Local::new);
    }
    Optional<Plugin> plugin = Plugin.of(connection);
    if (plugin.isEmpty()) {
      return () ->
          Route.NotContacted.because(
              "ansible_connection is %s, and Earshot speaks ssh and local".formatted(connection));
    }
    AnsibleSsh ssh = AnsibleSsh.of(host, plugin.get(), given, config);
    BecomeSettings.Outcome become = become(host);
    return () ->
        targets
            .of(host, ssh)
            .map(target -> route(become, target.user(), whom -> new Route.Ssh(target, whom)))
            .orElseGet(() -> Route.NotContacted.because("there is no way to it"));
  }

  /// The name of the plugin that Ansible would use.
  private String connection(HostVariables host) {
    String name =
        host.text("ansible_connection")
            .or(given::connection)
            .orElseGet(() -> config.get(OptionsForConnections.TRANSPORT));
    return name.startsWith(BUILT_IN) ? name.substring(BUILT_IN.length()) : name;
  }

  /// The name or address by which Ansible knows a host, however it is asked.
  public String address(HostVariables host) {
    return AnsibleSsh.address(host, Plugin.of(connection(host)).orElse(Plugin.SSH));
  }

  private static Optional<PostgresServer> managed(HostVariables host, String connection) {
    if (!connection.equals("postgres")) {
      host.complainOf(
          List.of("earshot_connection"),
          "earshot_connection means nothing to Earshot as it is",
          "write postgres for a managed server without SSH, else leave it out");
      return Optional.empty();
    }
    Optional<PostgresServer> server =
        new PostgresVariables(host).read(host.text("ansible_host").orElse(host.host().name()));
    if (server.isEmpty()) {
      host.complainOf(
          List.of("earshot_connection"),
          "a managed server is asked with earshot_postgres, which is not set",
          "set earshot_postgres with its user and password");
    }
    return server;
  }

  /// The login to PostgreSQL that the inventory has for a host that is asked by its shell as well.
  public Optional<PostgresServer> postgres(HostVariables host) {
    return host.text("earshot_connection").isPresent()
        ? Optional.empty()
        : new PostgresVariables(host).read("127.0.0.1");
  }

  private BecomeSettings.Outcome become(HostVariables host) {
    return new BecomeSettings(host, given, config).read();
  }

  /// Whom one is already, one becomes without any program, which the host then need not have.
  private Route route(
      BecomeSettings.Outcome become, String login, Function<Optional<Become>, Route> route) {
    return switch (become) {
      case BecomeSettings.Outcome.Nobody() -> route.apply(Optional.empty());
      case BecomeSettings.Outcome.Somebody(Become whom) ->
          route.apply(Optional.of(whom).filter(_ -> becomesSame || !whom.user().equals(login)));
      case BecomeSettings.Outcome.NotSpoken(String method) ->
          Route.NotContacted.because(
              "become method %s is not spoken; Earshot speaks sudo, su and doas".formatted(method));
    };
  }
}
