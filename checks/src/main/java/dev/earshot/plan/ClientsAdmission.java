package dev.earshot.plan;

import dev.earshot.budget.Databases;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Addresses;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.plan.HbaRules.Answer;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Whether the server that takes a database's place lets in who asks the database today.
///
/// @param info of the condition that asks
/// @param server on the new host
record ClientsAdmission(CheckInfo info, Situation situation, PostgresServer server) {

  private static final int MOST_NAMED = 8;

  /// Who is in today, by role, database and address.
  static Stream<Gates.Caller> callers(Topology topology, Flow flow) {
    return Databases.activity(topology, flow).stream()
        .flatMap(activity -> activity.sessions().stream())
        .filter(session -> !session.role().isEmpty() && !session.database().isEmpty())
        .flatMap(session -> caller(topology, flow, session).stream())
        .distinct();
  }

  private static Optional<Gates.Caller> caller(Topology topology, Flow flow, Sessions session) {
    return session
        .client()
        .filter(client ->
            topology.book().owner(client, flow.to()).filter(flow.from()::equals).isPresent())
        .map(client -> new Gates.Caller(session.role(), session.database(), client));
  }

  /// By the worst that becomes of a client's sessions.
  Finding of(Flow flow) {
    HostEvidence target = situation.target();
    Subject subject =
        new Subject.OfPair(flow.from(), target.name(), Optional.of("port " + flow.port()));
    return switch (target.hba()) {
      case Evidence.Uncollected<List<PostgresHba>>(String reason) -> unknown(subject, reason);
      case Evidence.Absent<List<PostgresHba>>() -> unknown(subject, "its rules were not read");
      case Evidence.Collected<List<PostgresHba>>(List<PostgresHba> all) ->
          PostgresServer.at(server.port(), all, PostgresHba::server)
              .map(hba -> finding(subject, flow, rules(hba, target)))
              .orElseGet(() -> unknown(subject, "its rules were not read"));
    };
  }

  private static HbaRules rules(PostgresHba hba, HostEvidence host) {
    return HbaRules.of(hba, host.addresses().collected().map(Addresses::all).orElse(Set.of()));
  }

  private Finding unknown(Subject subject, String reason) {
    return Finding.of(
        info,
        subject,
        new Verdict.Unknown(
            "%s: whether the database there would let it in is not known: %s"
                .formatted(subject.label(), reason)));
  }

  private Finding finding(Subject subject, Flow flow, HbaRules rules) {
    List<Gates.Caller> callers = callers(situation.fleet().topology(), flow).toList();
    if (callers.isEmpty()) {
      return unknown(
          subject,
          "the sessions of %s were not shown, so that role and database are not known"
              .formatted(flow.from()));
    }
    List<String> refused = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Gates.Caller caller : callers) {
      String who =
          "role %s, database %s, from %s"
              .formatted(caller.role(), caller.database(), caller.address());
      List<Answer> answers = answers(rules, caller);
      if (answers.stream().allMatch(Answer.Refused.class::isInstance)) {
        refused.add(who);
      } else if (!answers.stream().allMatch(Answer.Admitted.class::isInstance)) {
        open.add(who);
      }
    }
    if (!refused.isEmpty()) {
      return Finding.of(
              info,
              subject,
              new Verdict.Fail(
                  Severity.HIGH,
                  "%s: refused by the %s there: %s"
                      .formatted(subject.label(), rules.file(), some("; ", refused))))
          .with(remedy());
    }
    return open.isEmpty()
        ? Finding.of(
            info,
            subject,
            new Verdict.Pass("%s: let in by the %s there".formatted(subject.label(), rules.file())))
        : unknown(
            subject, "it can't be told from here, or depends on encryption: " + some("; ", open));
  }

  /// The first few of a list that may be long.
  static String some(String between, List<String> all) {
    return String.join(between, all.stream().limit(MOST_NAMED).toList())
        + (all.size() > MOST_NAMED
            ? "%sand %d more".formatted(between, all.size() - MOST_NAMED)
            : "");
  }

  private Remedy remedy() {
    return new Remedy(
        "Take the lines along that admit it today, before the move, and reload.",
        "",
        List.of(
            "%s -c 'select * from pg_hba_file_rules'   # on both hosts".formatted(server.psql())));
  }

  /// Without encryption and with it.
  private static List<Answer> answers(HbaRules rules, Gates.Caller caller) {
    return Stream.of(false, true)
        .map(encrypted ->
            rules.answer(
                new HbaRules.Session(
                    caller.role(), caller.database(), caller.address(), encrypted)))
        .toList();
  }
}
