package dev.earshot.drift;

import dev.earshot.drift.Change.State;
import dev.earshot.drift.Change.Value;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// PostgreSQL's settings that have another value, with where the old one and the new one come from,
/// and those that somebody else sets now to the same value: another file, `ALTER SYSTEM`, nobody. A
/// line that has moved within its file is no change.
final class SettingChanges {

  /// Of the session that asked, or of the moment.
  private static final Pattern VOLATILE =
      Pattern.compile("transaction_.*|application_name|client_.*|lc_messages");

  /// So many settings that moved together are told one by one.
  private static final int FEW = 3;

  /// From one file or source to another.
  private record Move(String from, String to) {}

  private SettingChanges() {}

  static List<Change> between(FleetEvidence before, FleetEvidence now) {
    return Pair.servers(before, now, SettingChanges::servers, PostgresSettings::server)
        .flatMap(pair -> between(pair.host(), pair.before(), pair.now()).stream())
        .toList();
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
    names.removeIf(name -> VOLATILE.matcher(name).matches());
    Map<Move, List<String>> moved = new LinkedHashMap<>();
    for (String name : names) {
      Setting was = before.setting(name).orElseThrow();
      Setting is = now.setting(name).orElseThrow();
      if (!was.value().equals(is.value())) {
        changes.add(change(host, server, was, is));
      } else if (isMoved(was, is)) {
        moved.computeIfAbsent(new Move(place(was), place(is)), _ -> new ArrayList<>()).add(name);
      }
    }
    moved.forEach((move, all) -> {
      // Of another file, as after an upgrade, one line tells.
      if (all.size() > FEW) {
        Setting was = before.setting(all.getFirst()).orElseThrow();
        Setting is = now.setting(all.getFirst()).orElseThrow();
        changes.add(
            new Change(
                State.CHANGED,
                "settings/%s/%s/%s".formatted(server, move.from(), move.to()),
                "%s: %d settings have the values that they had, now %s, before %s: %s and %d more"
                    .formatted(
                        host.name(),
                        all.size(),
                        setBy(is),
                        setBy(was),
                        String.join(", ", all.subList(0, FEW)),
                        all.size() - FEW)));
      } else {
        all.forEach(name ->
            changes.add(
                change(
                    host,
                    server,
                    before.setting(name).orElseThrow(),
                    now.setting(name).orElseThrow())));
      }
    });
    changes.addAll(overrides(host, server, before, now));
    return changes;
  }

  /// A file is only shown to those who may see it, so that one that is not shown is no other one.
  private static boolean isMoved(Setting was, Setting is) {
    return !was.source().equals(is.source())
        || (was.file().isPresent() && is.file().isPresent() && !was.file().equals(is.file()));
  }

  /// The file without the line, or the source.
  private static String place(Setting setting) {
    return setting.file().orElse(setting.source());
  }

  private static Change change(HostEvidence host, String server, Setting was, Setting is) {
    return new Change(
        State.CHANGED,
        "setting/%s/%s".formatted(server, is.name()),
        "%s: %s is %s; was %s".formatted(host.name(), is.name(), told(is), told(was)),
        Optional.of(new Value(was.value(), was.origin())),
        Optional.of(new Value(is.value(), is.origin())));
  }

  /// Without the line, since many settings are in one file.
  private static String setBy(Setting setting) {
    return setting.file().map(file -> "set in " + file).orElseGet(setting::setBy);
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
