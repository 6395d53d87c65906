package dev.earshot.anonymity;

import dev.earshot.evidence.Container;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.LemmyDatabase;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresServer.InContainer;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.Sampled;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What people called the things that run on their hosts.
///
/// @param roles of PostgreSQL
/// @param databases of PostgreSQL
/// @param instances domains of those that a Lemmy talks to
/// @param projects of Docker Compose, with their networks
/// @param proxies frontends, backends and servers of HAProxy
record ServiceNames(
    Set<String> roles,
    Set<String> databases,
    Set<String> instances,
    Set<String> containers,
    Set<String> projects,
    Set<String> proxies) {

  static ServiceNames of(List<HostEvidence> hosts) {
    ServiceNames names =
        new ServiceNames(
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>());
    for (HostEvidence host : hosts) {
      both(host.postgresActivity()).flatMap(List::stream).forEach(names::add);
      host.postgres().collected().stream().flatMap(List::stream).forEach(names::add);
      host.hba().collected().stream().flatMap(List::stream).forEach(names::add);
      both(host.lemmyDatabase()).flatMap(List::stream).forEach(names::add);
      host.containers().collected().stream().flatMap(all -> all.all().stream()).forEach(names::add);
      both(host.haProxy()).forEach(names::add);
    }
    return names;
  }

  private static <T> Stream<T> both(Sampled<T> sampled) {
    return Stream.of(sampled.start(), sampled.end())
        .flatMap(one -> one.collected().stream())
        .map(Sampled.Sample::value);
  }

  private void add(PostgresActivity activity) {
    activity
        .sessions()
        .forEach(sessions -> {
          roles.add(sessions.role());
          databases.add(sessions.database());
        });
    activity.databases().forEach(database -> databases.add(database.name()));
    activity.standbys().forEach(standby -> roles.add(standby.name()));
  }

  private void add(PostgresSettings settings) {
    settings
        .server()
        .container()
        .flatMap(InContainer::inside)
        .ifPresent(inside -> roles.add(inside.role()));
    settings
        .overrides()
        .forEach(override -> {
          roles.add(override.role());
          databases.add(override.database());
        });
  }

  private void add(PostgresHba hba) {
    hba.rules()
        .forEach(rule -> {
          rule.users().forEach(user -> roles.add(user.replaceFirst("^\\+", "")));
          databases.addAll(rule.databases());
        });
  }

  private void add(LemmyDatabase lemmy) {
    databases.add(lemmy.database());
    lemmy.behind().forEach(peer -> instances.add(peer.domain()));
  }

  private void add(Container container) {
    containers.add(container.name());
    projects.addAll(container.networks());
    container.compose().ifPresent(compose -> projects.add(compose.project()));
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
}
