package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// After a failover the standby is the primary, with its own settings. Where its limits are smaller
/// than the primary's, it stops repeating WAL even before ("Hot Standby, Administrator's Overview"
/// in PostgreSQL's manual).
public final class SettingsAlikeCheck implements Check {

  /// On a standby, these must not be smaller than on its primary.
  private static final Set<String> LIMITS =
      Set.of(
          "max_connections",
          "max_locks_per_transaction",
          "max_prepared_transactions",
          "max_wal_senders",
          "max_worker_processes");

  /// A server's own by nature: names, places, whom it follows, what it is now.
  private static final Pattern OWN =
      Pattern.compile(
          "port|listen_addresses|cluster_name|event_source|external_pid_file|data_directory.*|.*_file|.*_file_name|unix_socket_.*|bonjour.*|synchronous_standby_names|hot_standby.*|in_hot_standby|primary_.*|recovery_.*|restore_command|archive_.*|promote_trigger_file|default_transaction_read_only|transaction_.*|log_.*|logging_collector|syslog_.*|wal_receiver_.*|max_standby_.*|stats_temp_directory|ssl.*|krb_.*|application_name|shared_memory_size.*|huge_pages_status|server_version.*|data_checksums|num_os_semaphores");

  private static final String SQL =
      "select name, setting, source from pg_settings where source <> 'default' order by 1";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity"),
          List.of(
              new Threshold(
                  "a limit smaller on the standby: high",
                  "PostgreSQL's manual, Hot Standby: replay stops, and the standby does not start"
                      + " again"),
              new Threshold(
                  "any other difference but names, places, logging and replication: medium",
                  "after a failover the standby serves with it")),
          "psql -c \"" + SQL + "\"   # on both, and compare",
          "Write both from one template, and let the standby read it.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.settings-alike",
        "A standby has its primary's settings",
        Severity.HIGH,
        """
        The night the primary dies is when somebody learns that the standby has a quarter of its \
        memory, or commits otherwise.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.judge(info(), fleet, (host, settings) -> judge(fleet, host, settings));
  }

  private List<Finding> judge(Fleet fleet, HostEvidence host, PostgresSettings settings) {
    JudgedServer server = new JudgedServer(info(), host, settings, fleet.policy().thresholds());
    if (server.activity().isEmpty()) {
      return List.of(server.unknown("its standbys could not be read"));
    }
    List<Finding> findings =
        server.activity().get().standbys().stream()
            .flatMap(standby -> standby.client().stream())
            .flatMap(client -> fleet.topology().book().owner(client, host.name()).stream())
            .distinct()
            .flatMap(name -> fleet.evidence().host(name).stream())
            .map(other -> judge(server, other))
            .toList();
    return findings.isEmpty()
        ? List.of(server.notApplicable("no standby of it is among the hosts"))
        : findings;
  }

  private Finding judge(JudgedServer server, HostEvidence other) {
    JudgedServer pair = server.about("and standby " + other.name());
    Optional<PostgresSettings> standby =
        other.postgres().collected().stream()
            .flatMap(List::stream)
            .filter(one -> Servers.isStandby(other, one))
            .findFirst();
    if (standby.isEmpty()) {
      return pair.unknown(
          "the settings of its standby %s could not be read".formatted(other.name()));
    }
    List<Difference> differences = differences(server.settings(), standby.get());
    if (differences.isEmpty()) {
      return pair.pass(
          "its standby %s has the same settings, but for its own".formatted(other.name()));
    }
    boolean smaller = differences.stream().anyMatch(Difference::isSmallerLimit);
    return pair.fail(
        smaller ? Severity.HIGH : Severity.MEDIUM,
        "its standby %s differs: %s; limit none"
            .formatted(
                other.name(),
                JudgedServer.some(differences.stream().map(Difference::toString).toList())),
        new Remedy(
            "Write the settings of both from one template and reload; limits are raised on the"
                + " standby first, and lowered on the primary first.",
            "",
            List.of(
                server.shows(SQL),
                new JudgedServer(info(), other, standby.get(), server.thresholds()).shows(SQL))));
  }

  /// Limits first. What neither was told is worked out by each for itself.
  private static List<Difference> differences(PostgresSettings primary, PostgresSettings standby) {
    return primary.settings().values().stream()
        .filter(setting -> !OWN.matcher(setting.name()).matches())
        .flatMap(setting ->
            standby
                .setting(setting.name())
                .filter(other -> isTold(setting) || isTold(other))
                .map(other -> new Difference(setting.name(), setting.value(), other.value()))
                .stream())
        .filter(one -> !one.primary().equals(one.standby()))
        .sorted(
            Comparator.comparing(Difference::isSmallerLimit)
                .reversed()
                .thenComparing(Difference::name))
        .toList();
  }

  private static boolean isTold(Setting setting) {
    return !setting.source().equals("default") && !setting.source().equals("override");
  }

  private record Difference(String name, String primary, String standby) {

    boolean isSmallerLimit() {
      return LIMITS.contains(name) && number(standby) < number(primary);
    }

    private static long number(String text) {
      return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }

    @Override
    public String toString() {
      return "%s is %s there and %s here".formatted(name, standby, primary);
    }
  }
}
