package dev.earshot.check.postgres;

import dev.earshot.budget.Databases;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresSettings;
import java.util.List;
import java.util.Optional;

/// One server under one check. What is told of it begins with its host's name.
///
/// @param thing on the server that it is about, or empty
record JudgedServer(
    CheckInfo check,
    HostEvidence host,
    PostgresSettings settings,
    Thresholds thresholds,
    String thing) {

  static final String TO_MONITORS = "GRANT pg_monitor to the role that looks";

  static final String NO_SESSIONS = "what its sessions do is not shown: " + TO_MONITORS;

  static final String EARLIER =
      "this evidence is of an earlier version that did not ask, or its session broke off; audit again";

  static final String IN_TIME = "the server refused, or took more than 5 s";

  JudgedServer(
      CheckInfo check, HostEvidence host, PostgresSettings settings, Thresholds thresholds) {
    this(check, host, settings, thresholds, "");
  }

  /// The same server, about one thing on it.
  JudgedServer about(String something) {
    return new JudgedServer(check, host, settings, thresholds, something);
  }

  /// As many of a list as a sentence can hold.
  private static final int NAMED = 5;

  Optional<PostgresActivity> activity() {
    return Databases.activity(host, settings.server());
  }

  Finding pass(String told, Measurement... measured) {
    return finding(new Verdict.Pass(sentence(told)), measured);
  }

  Finding unknown(String told) {
    return finding(new Verdict.Unknown(sentence(told)));
  }

  /// What a list of a server's health would tell is not known: evidence of earlier versions does
  /// not hold every list, and the server does not show each to everybody.
  ///
  /// @param what is not known
  /// @param list by its name
  /// @param hidden why a server that was asked does not tell, or what makes it tell
  Finding untold(PostgresHealth health, String list, String what, String hidden) {
    return unknown(
        "%s is not known: %s".formatted(what, health.asked().contains(list) ? hidden : EARLIER));
  }

  Finding notApplicable(String told) {
    return finding(new Verdict.NotApplicable(sentence(told)));
  }

  Finding fail(Severity severity, String told, Remedy remedy, Measurement... measured) {
    return finding(new Verdict.Fail(severity, sentence(told)), measured).with(remedy);
  }

  /// Only people can mend it.
  ///
  /// @param sql that Earshot itself wrote, and that shows it by hand
  Remedy byPeople(String summary, String sql) {
    return new Remedy(summary, "", List.of(shows(sql)));
  }

  /// Statements that mend it, as a playbook.
  ///
  /// @param name of the play: the good state
  /// @param sql to show it by hand, that Earshot itself wrote
  Remedy byStatements(String summary, String name, String sql, List<Statement> statements) {
    return new Remedy(
        summary,
        new StatementPlay(host.name(), settings.port(), name, statements).text(),
        List.of(shows(sql)));
  }

  /// The command that shows something by hand.
  String shows(String sql) {
    return "%s -c \"%s\"   # on %s"
        .formatted(settings.server().psql(), sql, Quoted.comment(host.name().value()));
  }

  /// `a, b, c and 7 more`.
  static String some(List<String> all) {
    return String.join(", ", all.stream().limit(NAMED).toList())
        + (all.size() > NAMED ? " and %d more".formatted(all.size() - NAMED) : "");
  }

  private String sentence(String told) {
    return host.name() + ": " + told;
  }

  private Finding finding(Verdict verdict, Measurement... measured) {
    Subject subject = Servers.subject(host, settings, thing);
    return Finding.of(check, subject, verdict, measured);
  }
}
