package dev.earshot.budget;

import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What `synchronous_commit` is for one role's sessions in one database, and who says so.
///
/// @param source for people: `/etc/postgresql/15/main/postgresql.conf line 12`, `ALTER ROLE lemmy`
/// @param override the role's or database's own setting that makes it so, where one does
public record CommitSetting(
    String role, String database, String value, String source, Optional<RoleSetting> override) {

  /// What turns a boolean off; `ALTER ROLE` keeps the word as it was given.
  private static final Set<String> OFF = Set.of("off", "false", "no", "0");

  private static final String NAME = "synchronous_commit";

  /// A crash can lose commits that clients believe done.
  public boolean losesCommits() {
    return OFF.contains(value.toLowerCase(Locale.ROOT));
  }

  /// A commit waits for standbys, if any are named.
  public boolean waitsForStandbys() {
    return !losesCommits() && !value.equalsIgnoreCase("local");
  }

  /// For every role and database that holds sessions or has an override; where no sessions are
  /// known, the server's own setting too, under empty names.
  public static List<CommitSetting> of(
      PostgresSettings settings, Optional<PostgresActivity> activity) {
    List<CommitSetting> ofSessions =
        activity.stream()
            .flatMap(now -> now.sessions().stream())
            .map(session -> effective(settings, session.role(), session.database()))
            .toList();
    Stream<CommitSetting> ofOverrides =
        settings.overrides().stream()
            .filter(override -> override.name().equals(NAME))
            .map(override -> effective(settings, override.role(), override.database()));
    return Stream.of(
            ofSessions.stream(),
            ofOverrides,
            Stream.of(effective(settings, "", "")).filter(_ -> ofSessions.isEmpty()))
        .flatMap(all -> all)
        .distinct()
        .sorted(Comparator.comparing(CommitSetting::role).thenComparing(CommitSetting::database))
        .toList();
  }

  static CommitSetting effective(PostgresSettings settings, String role, String database) {
    return settings
        .override(role, database, NAME)
        .map(override ->
            new CommitSetting(
                role, database, override.value(), override.statement(), Optional.of(override)))
        .orElseGet(() ->
            new CommitSetting(
                role,
                database,
                settings.value(NAME),
                settings.setting(NAME).map(CommitSetting::source).orElse("unknown"),
                Optional.empty()));
  }

  private static String source(Setting setting) {
    return setting
        .file()
        .map(file -> "%s line %d".formatted(file, setting.line()))
        .orElse(setting.source());
  }
}
