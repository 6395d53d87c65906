package dev.earshot.budget;

import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What `synchronous_commit` is for one role's sessions in one database, and who says so.
///
/// @param source for people: `/etc/postgresql/15/main/postgresql.conf line 12`, `ALTER ROLE lemmy`
/// @param overridden by a role's or database's own setting
public record CommitSetting(
    String role, String database, String value, String source, boolean overridden) {

  private static final String NAME = "synchronous_commit";

  /// A crash can lose commits that clients believe done.
  public boolean losesCommits() {
    return value.equals("off");
  }

  /// A commit waits for standbys, if any are named.
  public boolean waitsForStandbys() {
    return !losesCommits() && !value.equals("local");
  }

  /// For every role and database that holds sessions or has an override; where neither is known,
  /// the server's own setting, under empty names.
  public static List<CommitSetting> of(
      PostgresSettings settings, Optional<PostgresActivity> activity) {
    List<CommitSetting> found =
        Stream.concat(
                activity.stream()
                    .flatMap(now -> now.sessions().stream())
                    .map(session -> effective(settings, session.role(), session.database())),
                settings.overrides().stream()
                    .filter(override -> override.name().equals(NAME))
                    .map(override -> effective(settings, override.role(), override.database())))
            .distinct()
            .sorted(
                Comparator.comparing(CommitSetting::role).thenComparing(CommitSetting::database))
            .toList();
    return found.isEmpty() ? List.of(effective(settings, "", "")) : found;
  }

  static CommitSetting effective(PostgresSettings settings, String role, String database) {
    return settings
        .override(role, database, NAME)
        .map(override ->
            new CommitSetting(role, database, override.value(), statement(override), true))
        .orElseGet(() ->
            new CommitSetting(
                role,
                database,
                settings.value(NAME),
                settings.setting(NAME).map(CommitSetting::source).orElse("unknown"),
                false));
  }

  private static String statement(PostgresSettings.RoleSetting override) {
    if (override.role().isEmpty()) {
      return override.database().isEmpty()
          ? "ALTER ROLE ALL"
          : "ALTER DATABASE " + override.database();
    }
    return "ALTER ROLE "
        + override.role()
        + (override.database().isEmpty() ? "" : " IN DATABASE " + override.database());
  }

  private static String source(Setting setting) {
    return setting
        .file()
        .map(file -> "%s line %d".formatted(file, setting.line()))
        .orElse(setting.source());
  }
}
