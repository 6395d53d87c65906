package dev.earshot.anonymity;

import dev.earshot.evidence.Container;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HaProxyConfiguration;
import dev.earshot.evidence.HaProxyLog;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.LemmyDatabase;
import dev.earshot.evidence.Sampled;
import dev.earshot.evidence.ServiceName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What people called the things that run on their hosts.
///
/// @param postgres what lies in their databases
/// @param instances domains of those that a Lemmy talks to
/// @param projects of Docker Compose, with their networks and services
/// @param proxies frontends, backends and servers of HAProxy
/// @param aliases over which DNS leads to the service
/// @param nameServers of its zones
/// @param formats of nginx's logs
record ServiceNames(
    PostgresNames postgres,
    Set<String> instances,
    Set<String> containers,
    Set<String> projects,
    Set<String> proxies,
    Set<String> aliases,
    Set<String> nameServers,
    Set<String> formats) {

  static ServiceNames of(List<HostEvidence> hosts) {
    ServiceNames names =
        new ServiceNames(
            PostgresNames.of(hosts),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>());
    for (HostEvidence host : hosts) {
      both(host.lemmyDatabase())
          .flatMap(List::stream)
          .map(LemmyDatabase::behind)
          .flatMap(List::stream)
          .map(LemmyDatabase.Peer::domain)
          .forEach(names.instances::add);
      host.containers().collected().stream().flatMap(all -> all.all().stream()).forEach(names::add);
      both(host.haProxy()).forEach(names::add);
      host.haProxyConfiguration().collected().stream()
          .flatMap(files -> files.proxies().stream())
          .forEach(names::add);
      host.haProxyLog().collected().map(HaProxyLog::servers).stream()
          .flatMap(List::stream)
          .flatMap(server -> Stream.of(server.name().split("/", -1)))
          .forEach(names.proxies::add);
      host.names().collected().stream().flatMap(List::stream).forEach(names::add);
      host.nginx().collected().stream()
          .flatMap(nginx -> nginx.logs().stream())
          .forEach(log -> names.formats.add(log.format()));
    }
    return names;
  }

  static <T> Stream<T> both(Sampled<T> sampled) {
    return Stream.of(sampled.start(), sampled.end())
        .flatMap(one -> one.collected().stream())
        .map(Sampled.Sample::value);
  }

  private void add(Container container) {
    containers.add(container.name());
    projects.addAll(container.networks());
    container
        .compose()
        .ifPresent(compose -> {
          projects.add(compose.project());
          projects.add(compose.service());
        });
  }

  private void add(HaProxy haProxy) {
    haProxy.frontends().forEach(frontend -> proxies.add(frontend.name()));
    haProxy.backends().forEach(backend -> proxies.add(backend.name()));
    haProxy
        .servers()
        .forEach(server -> {
          proxies.add(server.backend());
          proxies.add(server.name());
        });
  }

  private void add(HaProxyConfiguration.Proxy proxy) {
    proxies.add(proxy.name());
    proxy
        .servers()
        .forEach(server -> {
          proxies.add(server.name());
          if (server.endpoint().isEmpty()) {
            proxies.add(server.address().replaceFirst(":\\d+$", ""));
          }
        });
  }

  private void add(ServiceName name) {
    aliases.add(name.name());
    name.entries()
        .forEach(entry -> {
          aliases.add(entry.owner());
          if (entry.type() == ServiceName.Type.CNAME) {
            aliases.add(entry.value());
          }
        });
    name.nameServer().ifPresent(nameServers::add);
  }
}
