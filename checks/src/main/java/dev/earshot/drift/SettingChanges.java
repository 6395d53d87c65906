package dev.earshot.drift;

import dev.earshot.drift.Change.State;
import dev.earshot.drift.Change.Value;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// PostgreSQL's settings that have another value, with where the old one and the new one come from.
final class SettingChanges {

  /// Of the session that asked, or of the moment.
  private static final Pattern VOLATILE =
      Pattern.compile("transaction_.*|application_name|client_.*|lc_messages");

  private SettingChanges() {}

  static List<Change> between(FleetEvidence before, FleetEvidence now) {
    Map<HostName, HostEvidence> old = before.byName();
    List<Change> changes = new ArrayList<>();
    for (HostEvidence host : now.hosts()) {
      Optional.ofNullable(old.get(host.name()))
          .ifPresent(was ->
              servers(host)
                  .forEach(server ->
                      servers(was)
                          .filter(one -> one.server().equals(server.server()))
                          .findFirst()
                          .ifPresent(one -> changes.addAll(between(host, one, server)))));
    }
    return changes;
  }

  private static Stream<PostgresSettings> servers(HostEvidence host) {
    return host.postgres().collected().stream().flatMap(List::stream);
  }

  private static List<Change> between(
      HostEvidence host, PostgresSettings before, PostgresSettings now) {
    List<Change> changes = new ArrayList<>();
    String server =
        host.name()
            + ":"
            + now.server().container().map(in -> in.name() + ":").orElse("")
            + now.server().port();
    TreeSet<String> names = new TreeSet<>(before.settings().keySet());
    names.retainAll(now.settings().keySet());
    for (String name : names) {
      Setting was = before.setting(name).orElseThrow();
      Setting is = now.setting(name).orElseThrow();
      if (!VOLATILE.matcher(name).matches() && !was.value().equals(is.value())) {
        changes.add(
            new Change(
                State.CHANGED,
                "setting/%s/%s".formatted(server, name),
                "%s: %s is %s; was %s".formatted(host.name(), name, told(is), told(was)),
                Optional.of(new Value(was.value(), was.origin())),
                Optional.of(new Value(is.value(), is.origin()))));
      }
    }
    changes.addAll(overrides(host, server, before, now));
    return changes;
  }

  /// `'off', set in /etc/postgresql/postgresql.conf line 12`
  private static String told(Setting setting) {
    return "'%s', %s".formatted(setting.value(), setting.setBy());
  }

  private static List<Change> overrides(
      HostEvidence host, String server, PostgresSettings before, PostgresSettings now) {
    Map<String, Value> old = overrides(before);
    Map<String, Value> current = overrides(now);
    TreeSet<String> whose = new TreeSet<>(old.keySet());
    whose.addAll(current.keySet());
    return whose.stream()
        .filter(one -> !Objects.equals(old.get(one), current.get(one)))
        .map(one -> {
          Optional<Value> was = Optional.ofNullable(old.get(one));
          Optional<Value> is = Optional.ofNullable(current.get(one));
          return new Change(
              State.CHANGED,
              "setting/%s/%s".formatted(server, one),
              "%s: %s is %s; was %s".formatted(host.name(), one, told(is), told(was)),
              was,
              is);
        })
        .toList();
  }

  /// `'64MB' (ALTER ROLE lemmy SET)`
  private static String told(Optional<Value> override) {
    return override
        .map(value -> "'%s' (%s)".formatted(value.value(), value.origin()))
        .orElse("not set");
  }

  private static Map<String, Value> overrides(PostgresSettings settings) {
    Map<String, Value> all = new TreeMap<>();
    for (RoleSetting override : settings.overrides()) {
      String role = override.role().isEmpty() ? "every role" : "role " + override.role();
      String database = override.database().isEmpty() ? "" : " in database " + override.database();
      all.put(
          "%s for %s%s".formatted(override.name(), role, database),
          new Value(override.value(), override.origin()));
    }
    return all;
  }
}
