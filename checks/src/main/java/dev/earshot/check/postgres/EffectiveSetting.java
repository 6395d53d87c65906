package dev.earshot.check.postgres;

import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a setting is for one role's sessions in one database: `SHOW`, asked by a superuser, tells
/// what it is for the superuser.
///
/// @param override the role's or database's own setting that makes it so, where one does
record EffectiveSetting(
    String role, String database, String value, Optional<RoleSetting> override) {

  private static final Set<String> OFF = Set.of("off", "false", "no", "0");

  /// For every role and database that holds sessions, the administrator's left out; where there are
  /// none, the server's own under empty names.
  static List<EffectiveSetting> of(JudgedServer server, String name) {
    List<EffectiveSetting> all =
        server.activity().stream()
            .flatMap(now -> now.sessions().stream())
            .filter(sessions -> !sessions.role().equals("postgres"))
            .map(sessions -> of(server.settings(), sessions.role(), sessions.database(), name))
            .distinct()
            .sorted(
                Comparator.comparing(EffectiveSetting::role)
                    .thenComparing(EffectiveSetting::database))
            .toList();
    return all.isEmpty() ? List.of(of(server.settings(), "", "", name)) : all;
  }

  /// For one role in one database.
  static EffectiveSetting of(PostgresSettings settings, String role, String database, String name) {
    Optional<RoleSetting> override = settings.override(role, database, name);
    return new EffectiveSetting(
        role,
        database,
        override.map(RoleSetting::value).orElseGet(() -> settings.value(name)),
        override);
  }

  /// Another setting for the same sessions.
  EffectiveSetting another(JudgedServer server, String name) {
    return of(server.settings(), role, database, name);
  }

  /// A number without a unit.
  Optional<Double> number() {
    try {
      return Optional.of(Double.valueOf(value.strip()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// `ALTER ROLE` keeps a word as it was given.
  boolean isOff() {
    return OFF.contains(value.toLowerCase(Locale.ROOT));
  }

  /// Whether a time is zero, in whatever unit.
  boolean isZero() {
    return value.strip().matches("0+(\\.0*)?\\s*[a-z]*");
  }

  /// A size of memory, which `pg_settings` shows in kB.
  Optional<Bytes> size() {
    return MemorySize.ofKiB(value);
  }

  /// `role lemmy`, `every role`
  static String whose(List<EffectiveSetting> settings) {
    List<String> roles =
        settings.stream()
            .map(EffectiveSetting::role)
            .filter(role -> !role.isEmpty())
            .distinct()
            .toList();
    return roles.isEmpty()
        ? "every role"
        : (roles.size() == 1 ? "role " : "the roles ") + JudgedServer.some(roles);
  }
}
