package dev.earshot.drift;

import dev.earshot.drift.Change.State;
import dev.earshot.drift.Change.Value;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HaProxyConfiguration;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// HAProxy's version, how many connections it takes, and where it listens. What only one of the two
/// audits could see has not changed.
final class HaProxyChanges {

  private static final String INFO = "show info";

  private HaProxyChanges() {}

  static List<Change> between(FleetEvidence before, FleetEvidence now) {
    return Pair.hosts(before, now)
        .flatMap(
            pair -> between(pair.host().name(), values(pair.before()), values(pair.now())).stream())
        .toList();
  }

  private static List<Change> between(
      HostName host, Map<String, Value> before, Map<String, Value> now) {
    TreeSet<String> both = new TreeSet<>(before.keySet());
    both.retainAll(now.keySet());
    List<Change> changes = new ArrayList<>();
    for (String name : both) {
      Value was = Objects.requireNonNull(before.get(name));
      Value is = Objects.requireNonNull(now.get(name));
      if (!was.value().equals(is.value())) {
        changes.add(
            new Change(
                State.CHANGED,
                "haproxy/%s/%s".formatted(host, name),
                "%s: HAProxy's %s is '%s'; was '%s'".formatted(host, name, is.value(), was.value()),
                Optional.of(was),
                Optional.of(is)));
      }
    }
    return changes;
  }

  private static Map<String, Value> values(HostEvidence host) {
    Map<String, Value> values = new TreeMap<>();
    host.haProxy().latest().collected().ifPresent(proxy -> add(proxy, values));
    host.haProxyConfiguration()
        .collected()
        .filter(configuration -> configuration.untold().isEmpty())
        .ifPresent(configuration -> add(configuration, values));
    return values;
  }

  private static void add(HaProxy proxy, Map<String, Value> values) {
    if (!proxy.version().isBlank()) {
      values.put("version", new Value(proxy.version(), INFO));
    }
    values.put("Maxconn", new Value(String.valueOf(proxy.maxConnections()), INFO));
  }

  /// Of all proxies, each one's lines in any order.
  private static void add(HaProxyConfiguration configuration, Map<String, Value> values) {
    values.put(
        "bind",
        new Value(
            configuration.proxies().stream()
                .filter(HaProxyConfiguration.Proxy::takes)
                .map(proxy ->
                    "%s %s"
                        .formatted(proxy.name(), String.join(", ", new TreeSet<>(proxy.binds()))))
                .sorted()
                .collect(Collectors.joining("; ")),
            String.join(", ", configuration.files())));
  }
}
