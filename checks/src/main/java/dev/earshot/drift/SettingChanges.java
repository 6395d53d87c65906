package dev.earshot.drift;

import dev.earshot.drift.Change.State;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// PostgreSQL's settings that have another value, with where the new one comes from.
final class SettingChanges {

  /// Of the session that asked, or of the moment.
  private static final Pattern VOLATILE =
      Pattern.compile("transaction_.*|application_name|client_.*|lc_messages");

  private static final String UNSET = "not set";

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
      Setting is = now.setting(name).orElseThrow();
      String was = before.value(name);
      if (!VOLATILE.matcher(name).matches() && !was.equals(is.value())) {
        changes.add(
            new Change(
                State.CHANGED,
                "setting/%s/%s".formatted(server, name),
                "%s: %s is '%s', was '%s'; set in %s"
                    .formatted(host.name(), name, is.value(), was, source(is))));
      }
    }
    changes.addAll(overrides(host, server, before, now));
    return changes;
  }

  private static List<Change> overrides(
      HostEvidence host, String server, PostgresSettings before, PostgresSettings now) {
    Map<String, String> old = overrides(before);
    Map<String, String> current = overrides(now);
    TreeSet<String> whose = new TreeSet<>(old.keySet());
    whose.addAll(current.keySet());
    return whose.stream()
        .filter(one -> !old.getOrDefault(one, UNSET).equals(current.getOrDefault(one, UNSET)))
        .map(one ->
            new Change(
                State.CHANGED,
                "setting/%s/%s".formatted(server, one),
                "%s: %s is %s, was %s"
                    .formatted(
                        host.name(),
                        one,
                        current.getOrDefault(one, UNSET),
                        old.getOrDefault(one, UNSET))))
        .toList();
  }

  private static Map<String, String> overrides(PostgresSettings settings) {
    Map<String, String> all = new TreeMap<>();
    for (RoleSetting override : settings.overrides()) {
      String role = override.role().isEmpty() ? "every role" : "role " + override.role();
      String database = override.database().isEmpty() ? "" : " in database " + override.database();
      all.put(
          "%s for %s%s".formatted(override.name(), role, database),
          "'%s'".formatted(override.value()));
    }
    return all;
  }

  private static String source(Setting setting) {
    return setting
        .file()
        .map(file -> "%s line %d".formatted(file, setting.line()))
        .orElse(setting.source());
  }
}
