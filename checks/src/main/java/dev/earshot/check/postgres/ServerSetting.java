package dev.earshot.check.postgres;

import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.List;
import java.util.Optional;

/// What checks say about a server's own settings: who sets them, how large they are, how to set
/// them otherwise.
final class ServerSetting {

  private static final int USUAL_BLOCK = 8192;

  private ServerSetting() {}

  /// `fsync is off, set in /etc/postgresql/postgresql.conf line 12`.
  static String told(Setting setting) {
    return "%s is %s, %s".formatted(setting.name(), setting.value(), setting.setBy());
  }

  /// A setting that `pg_settings` counts in blocks.
  static Optional<Bytes> blocks(PostgresSettings settings, String name) {
    long block = settings.count("block_size").filter(size -> size > 0).orElse(USUAL_BLOCK);
    return settings.count(name).map(count -> new Bytes(count * block));
  }

  /// Sets it by `ALTER SYSTEM`, and lets the server read it.
  ///
  /// @param value that Earshot itself chose
  static Remedy alterSystem(
      HostEvidence host, PostgresSettings settings, String summary, String name, String value) {
    return new Remedy(
        summary,
        new SettingPlay(
                host.name(),
                settings.port(),
                "Set " + name,
                name,
                value,
                settings.setting(name).map(PostgresSettings.Setting::value),
                condition(name))
            .text(),
        List.of(show(host, settings, "name = '%s'".formatted(name))));
  }

  /// Commits that wait for nobody are less durable.
  private static String condition(String name) {
    return name.equals("synchronous_standby_names") ? SettingPlay.DISRUPTION : "";
  }

  /// The command that shows settings by hand.
  ///
  /// @param condition SQL that Earshot itself wrote
  static String show(HostEvidence host, PostgresSettings settings, String condition) {
    return "%s -c \"select name, setting, unit, source, sourcefile, sourceline, pending_restart from pg_settings where %s\"   # on %s"
        .formatted(settings.server().psql(), condition, Quoted.comment(host.name().value()));
  }
}
