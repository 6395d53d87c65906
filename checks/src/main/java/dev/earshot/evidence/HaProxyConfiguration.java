package dev.earshot.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which of HAProxy's proxies leads to which servers, by the files that it was started with.
///
/// @param files that were read
/// @param untold files of which not all is known: what could not be read, is longer than what is
///   read, or stands under a condition (`.if`)
/// @param proxies in the files' order, those that are disabled left out
public record HaProxyConfiguration(List<String> files, List<String> untold, List<Proxy> proxies) {

  /// A section that takes requests in, one that sends them to servers, or one that does both.
  ///
  /// @param takes whether it takes requests in: `frontend` and `listen`
  /// @param binds where it listens, as the file says it
  /// @param routes to other proxies, in the file's order
  /// @param servers of its own
  /// @param templates whether there are more servers, whose names HAProxy makes itself
  public record Proxy(
      String name,
      boolean takes,
      List<String> binds,
      List<Route> routes,
      List<ProxyServer> servers,
      boolean templates) {

    public Proxy {
      binds = List.copyOf(binds);
      routes = List.copyOf(routes);
      servers = List.copyOf(servers);
    }
  }

  /// A way from a frontend to a backend.
  ///
  /// @param always whether all requests go there that no other way took
  public record Route(String backend, boolean always) {

    /// Whether the backend is chosen for each request, by a map, a script or a variable.
    public boolean isChosen() {
      return backend.contains("%[") || backend.contains("$");
    }
  }

  /// A server by its name within its proxy.
  ///
  /// @param address as the file says it
  public record ProxyServer(String name, String address) {

    private static final Pattern NUMERIC =
        Pattern.compile("(?:ipv[46]@)?\\[?([0-9a-fA-F.:]{2,45})]?:([0-9]{1,5})");

    private static final int HIGHEST_PORT = 65_535;

    /// Nothing where it has a name, a variable or no port.
    public Optional<Endpoint> endpoint() {
      Matcher matcher = NUMERIC.matcher(address);
      return matcher.matches()
              && IpNumber.of(matcher.group(1)).isPresent()
              && Integer.parseInt(matcher.group(2)) <= HIGHEST_PORT
          ? Optional.of(
              new Endpoint(Address.of(matcher.group(1)), Integer.parseInt(matcher.group(2))))
          : Optional.empty();
    }
  }

  public static final Probe<HaProxyConfiguration> PROBE =
      Probe.of(
              "haproxy.configuration",
              "Which frontends of HAProxy lead to which backends, and these to which addresses, by the files that it was started with: names, addresses and nothing else of them.",
              HaProxyConfigurationProgram.COMMAND,
              HaProxyConfiguration::parse)
          .needing("that the files can be read: by everybody, root, or `sudo -n cat`")
          .guardedBy(Processes.elseReturn("haproxy)"));

  public HaProxyConfiguration {
    files = List.copyOf(files);
    untold = List.copyOf(untold);
    proxies = List.copyOf(proxies);
  }

  /// The server that a row of HAProxy's table is about.
  public Optional<ProxyServer> server(HaProxy.Server row) {
    return proxies.stream()
        .filter(proxy -> proxy.name().equals(row.backend()))
        .flatMap(proxy -> proxy.servers().stream())
        .filter(server -> server.name().equals(row.name()))
        .findFirst();
  }

  /// The proxies that take requests in and lead to a backend, itself among them where it does; not
  /// those that may, since it is chosen for each request.
  public Set<String> leadingTo(String backend) {
    return proxies.stream()
        .filter(Proxy::takes)
        .filter(proxy ->
            proxy.name().equals(backend)
                || proxy.routes().stream().anyMatch(route -> route.backend().equals(backend)))
        .map(Proxy::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Whether a backend may get requests that [#leadingTo] does not tell of.
  public boolean isChosen() {
    return proxies.stream().flatMap(proxy -> proxy.routes().stream()).anyMatch(Route::isChosen);
  }

  /// Its statistics, with the addresses that the socket's level hides.
  static Sampled<HaProxy> completed(Sampled<HaProxy> told, Evidence<HaProxyConfiguration> known) {
    return known
        .collected()
        .map(configuration ->
            new Sampled<>(
                told.start().map(sample -> configuration.completed(sample)),
                told.end().map(sample -> configuration.completed(sample))))
        .orElse(told);
  }

  private Sampled.Sample<HaProxy> completed(Sampled.Sample<HaProxy> sample) {
    HaProxy proxy = sample.value();
    return new Sampled.Sample<>(
        sample.uptime(),
        new HaProxy(
            proxy.version(),
            proxy.uptime(),
            proxy.connections(),
            proxy.maxConnections(),
            proxy.timesFull(),
            proxy.idle(),
            proxy.droppedLogs(),
            proxy.tainted(),
            proxy.frontends(),
            proxy.backends(),
            proxy.servers().stream().map(this::completed).toList()));
  }

  private HaProxy.Server completed(HaProxy.Server row) {
    return row.endpoint().isPresent() ? row : row.at(server(row).flatMap(ProxyServer::endpoint));
  }

  static HaProxyConfiguration parse(String output) {
    List<String> files = new ArrayList<>();
    List<String> untold = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    String file = "";
    for (String line : output.lines().toList()) {
      if (line.startsWith("=== ")) {
        file = Text.clip(line.substring(4));
        files.add(file);
        sections.add(new Section("", false));
        continue;
      }
      List<String> words = Text.words(line);
      if (files.isEmpty()) {
        throw new UnreadableOutput("no file of HAProxy's in: " + Text.firstLine(output));
      }
      switch (words.getFirst()) {
        case "frontend", "listen" -> sections.add(new Section(word(words, 1), true));
        case "backend" -> sections.add(new Section(word(words, 1), false));
        case "cut", "unread", ".if" -> {
          if (!untold.contains(file)) {
            untold.add(file);
          }
        }
        default -> sections.getLast().add(words);
      }
    }
    return new HaProxyConfiguration(
        files,
        untold,
        sections.stream()
            .filter(section -> !section.name.isEmpty() && !section.disabled)
            .map(Section::proxy)
            .toList());
  }

  /// Without the quotes that may stand around a word.
  private static String word(List<String> words, int at) {
    return at < words.size() ? words.get(at).replaceAll("[\"'\\\\]", "") : "";
  }

  /// A proxy while its lines are read.
  private static final class Section {

    private final String name;
    private final boolean takes;
    private final List<String> binds = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<ProxyServer> servers = new ArrayList<>();
    private boolean templates;
    private boolean disabled;

    private Section(String name, boolean takes) {
      this.name = name;
      this.takes = takes;
    }

    private void add(List<String> words) {
      switch (words.getFirst()) {
        case "bind" -> binds.add(word(words, 1));
        case "default_backend" -> routes.add(new Route(word(words, 1), true));
        case "use_backend" -> routes.add(new Route(word(words, 1), words.size() < 3));
        case "server" -> servers.add(new ProxyServer(word(words, 1), word(words, 2)));
        case "server-template" -> templates = true;
        case "disabled" -> disabled = true;
        default -> {
          // says nothing of the way
        }
      }
    }

    private Proxy proxy() {
      return new Proxy(name, takes, binds, routes, servers, templates);
    }
  }
}
