package dev.earshot.drift;

import dev.earshot.drift.Change.State;
import dev.earshot.drift.Change.Value;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHba.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Rules of PostgreSQL's `pg_hba.conf` that came or went, with the line that has or had them. One
/// that only moved is no change; where a line can't be read, the server goes by what it read
/// before, so there is nothing to compare.
final class HbaChanges {

  private HbaChanges() {}

  static List<Change> between(FleetEvidence before, FleetEvidence now) {
    return Pair.servers(before, now, HbaChanges::servers, PostgresHba::server)
        .flatMap(pair -> between(pair.host(), pair.before(), pair.now()).stream())
        .toList();
  }

  private static Stream<PostgresHba> servers(HostEvidence host) {
    return host.hba().collected().stream()
        .flatMap(List::stream)
        .filter(server -> server.whole() && server.unread().isEmpty());
  }

  private static List<Change> between(HostEvidence host, PostgresHba before, PostgresHba now) {
    Map<String, Rule> old = rules(before);
    Map<String, Rule> current = rules(now);
    List<Change> changes = new ArrayList<>();
    current.forEach((text, rule) -> {
      if (!old.containsKey(text)) {
        changes.add(
            new Change(
                State.CHANGED,
                key(host, now, text),
                "%s: PostgreSQL has the rule '%s', %s; had none like it"
                    .formatted(host.name(), text, origin(rule)),
                Optional.empty(),
                Optional.of(new Value(text, origin(rule)))));
      }
    });
    old.forEach((text, rule) -> {
      if (!current.containsKey(text)) {
        changes.add(
            new Change(
                State.CHANGED,
                key(host, now, text),
                "%s: PostgreSQL no longer has the rule '%s'; it was %s"
                    .formatted(host.name(), text, origin(rule)),
                Optional.of(new Value(text, origin(rule))),
                Optional.empty()));
      }
    });
    return changes;
  }

  private static String key(HostEvidence host, PostgresHba server, String rule) {
    return "rule/%s:%s%d/%s"
        .formatted(
            host.name(),
            server.server().container().map(in -> in.name() + ":").orElse(""),
            server.port(),
            rule);
  }

  /// In order, each once.
  private static Map<String, Rule> rules(PostgresHba server) {
    Map<String, Rule> rules = new LinkedHashMap<>();
    server.rules().forEach(rule -> rules.putIfAbsent(text(rule), rule));
    return rules;
  }

  /// `host shop lemmy 10.0.0.0 255.0.0.0 scram-sha-256`
  private static String text(Rule rule) {
    return Stream.of(
            rule.type(),
            String.join(",", rule.databases()),
            String.join(",", rule.users()),
            rule.address(),
            rule.netmask(),
            rule.method())
        .filter(word -> !word.isEmpty())
        .reduce((left, right) -> left + " " + right)
        .orElse("");
  }

  private static String origin(Rule rule) {
    return "%s line %d".formatted(rule.file().isEmpty() ? "pg_hba.conf" : rule.file(), rule.line());
  }
}
