package dev.earshot.topology;

import java.util.Locale;
import java.util.Set;

/// What a host is to the others.
public enum Role {
  LOAD_BALANCER,
  BACKEND,
  DATABASE,
  CACHE,
  /// Watches the others: none of its own connections is one that requests wait for.
  MONITORING;

  /// `load-balancer`
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether people give groups of such hosts this name.
  boolean isNamed(String group) {
    return groupNames().contains(group.toLowerCase(Locale.ROOT).replaceAll("[_-]", ""));
  }

  private Set<String> groupNames() {
    return switch (this) {
      case LOAD_BALANCER ->
          Set.of("lb", "lbs", "loadbalancer", "loadbalancers", "haproxy", "proxy", "proxies");
      case BACKEND ->
          Set.of("backend", "backends", "app", "apps", "web", "webservers", "appservers", "lemmy");
      case DATABASE ->
          Set.of("database", "databases", "db", "dbs", "postgres", "postgresql", "dbservers");
      case CACHE ->
          Set.of("cache", "caches", "redis", "valkey", "memcached", "redisservers", "cacheservers");
      case MONITORING ->
          Set.of(
              "monitoring",
              "monitor",
              "monitors",
              "metrics",
              "observability",
              "prometheus",
              "grafana",
              "zabbix",
              "icinga",
              "nagios");
    };
  }
}
