package dev.earshot.check.postgres;

import dev.earshot.check.Finding;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Settings of which one value is good as a rule, for the server and for every role and database
/// that holds sessions. Each that is otherwise is a finding of its own.
///
/// @param wanted by the setting's name
record WantedSettings(Map<String, Wanted> wanted) {

  /// @param good value as `pg_settings` shows it
  /// @param severity of any other
  /// @param does what any other value does
  record Wanted(String good, Severity severity, String does) {}

  WantedSettings {
    wanted = Map.copyOf(wanted);
  }

  /// One finding for each setting that is not as it should be; one that all is well otherwise.
  ///
  /// @param fine what is to be said where all is well
  /// @param summary of the remedy
  List<Finding> judge(JudgedServer server, String fine, String summary) {
    List<Finding> findings = new ArrayList<>();
    boolean read = false;
    for (var entry : new TreeMap<>(wanted).entrySet()) {
      String name = entry.getKey();
      Wanted wish = entry.getValue();
      List<EffectiveSetting> all = EffectiveSetting.of(server, name);
      List<EffectiveSetting> bad = all.stream().filter(one -> differs(one, wish)).toList();
      read |= server.settings().setting(name).isPresent();
      if (!bad.isEmpty()) {
        findings.add(
            server
                .about(name)
                .fail(
                    wish.severity(),
                    "%s is %s for %s: %s; limit %s"
                        .formatted(
                            name,
                            bad.getFirst().value(),
                            EffectiveSetting.whose(bad),
                            wish.does(),
                            wish.good().isEmpty() ? "none" : wish.good()),
                    remedy(server, summary, name, wish.good(), bad)));
      }
    }
    if (!findings.isEmpty()) {
      return findings;
    }
    return List.of(
        read ? server.pass(fine) : server.unknown("none of these settings could be read"));
  }

  /// What is not there at all is not set. `ALTER ROLE` keeps a word as it was given.
  private static boolean differs(EffectiveSetting setting, Wanted wish) {
    String value = setting.value().strip().toLowerCase(Locale.ROOT);
    if (value.isEmpty() || value.equals(wish.good())) {
      return false;
    }
    return switch (wish.good()) {
      case "on" -> setting.isOff();
      case "off" -> !setting.isOff();
      case "0" -> !setting.isZero();
      default -> true;
    };
  }

  /// Sets it for the server, or takes it back where a role or a database alone has it.
  ///
  /// @param good value that Earshot itself chose
  /// @param bad of whom it is otherwise
  static Remedy remedy(
      JudgedServer server, String summary, String name, String good, List<EffectiveSetting> bad) {
    List<RoleSetting> overrides =
        bad.stream().flatMap(one -> one.override().stream()).distinct().toList();
    if (bad.stream().anyMatch(one -> one.override().isEmpty())) {
      return ServerSetting.alterSystem(server.host(), server.settings(), summary, name, good);
    }
    return server.byStatements(
        summary,
        "Roles and databases do without " + name,
        "select setrole::regrole, setdatabase, setconfig from pg_db_role_setting",
        overrides.stream().map(Statement::reset).toList());
  }
}
