package dev.earshot.plan;

import dev.earshot.budget.Databases;
import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.Addresses;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.IpNumber;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHba.Rule;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.plan.HbaRules.Answer;
import dev.earshot.topology.Flow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A database that lets the application in from its old address may refuse it from the new one,
/// which shows only when the application is started there.
final class AdmissionCondition implements Condition {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.database-access",
        "The database lets the work in from its new address",
        Severity.HIGH,
        "PostgreSQL admits by address: an application that starts on a host which pg_hba.conf does not name gets no connection at all.",
        new Card(
            List.of("postgres.hba", "postgres.activity", "network.addresses"),
            List.of(),
            "psql -c 'select * from pg_hba_file_rules'   # on the database's host, as postgres",
            "Add a line for the new host's address to pg_hba.conf, and reload."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    List<Flow> flows =
        situation
            .fleet()
            .topology()
            .askingDatabases()
            .filter(flow -> flow.from().equals(situation.move().from()))
            .filter(flow -> !flow.to().equals(situation.move().from()))
            .toList();
    return flows.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                Subject.host(situation.move().to()),
                new Verdict.NotApplicable(
                    "%s asks no database on another host".formatted(situation.move().from()))))
        : flows.stream().flatMap(flow -> judge(situation, flow).stream()).toList();
  }

  private List<Finding> judge(Situation situation, Flow flow) {
    Subject subject = new Subject.OfPair(situation.move().to(), flow.to());
    Optional<HostEvidence> server = Databases.server(situation.fleet().topology(), flow);
    if (server.isEmpty()) {
      return unknown(subject, "%s is not in the inventory".formatted(flow.to()));
    } else if (flow.isPooled()) {
      return unknown(subject, "a pooler speaks for the database, and its own rules are not read");
    }
    return switch (server.get().hba()) {
      case Evidence.Uncollected<List<PostgresHba>>(String reason) -> unknown(subject, reason);
      case Evidence.Absent<List<PostgresHba>>() ->
          unknown(subject, "no PostgreSQL of %s was found to ask".formatted(flow.to()));
      case Evidence.Collected<List<PostgresHba>>(List<PostgresHba> all) ->
          PostgresServer.at(flow.port(), all, PostgresHba::server)
              .map(hba -> judge(situation, flow, subject, server.get(), hba))
              .orElseGet(() ->
                  unknown(subject, "the server on port %d was not asked".formatted(flow.port())));
    };
  }

  private List<Finding> unknown(Subject subject, String reason) {
    return List.of(
        Finding.of(
            info(),
            subject,
            new Verdict.Unknown(
                "%s: whether the database would let it in is not known: %s"
                    .formatted(subject.label(), reason))));
  }

  private List<Finding> judge(
      Situation situation, Flow flow, Subject subject, HostEvidence server, PostgresHba hba) {
    List<Sessions> sessions = sessions(situation, flow);
    Optional<Address> address = address(situation.target(), flow);
    if (sessions.isEmpty()) {
      return unknown(
          subject,
          "the sessions of %s were not shown, so that role and database are not known"
              .formatted(flow.from()));
    } else if (address.isEmpty()) {
      return unknown(subject, "no address of %s is known".formatted(situation.move().to()));
    }
    HbaRules rules =
        new HbaRules(hba, server.addresses().collected().map(Addresses::all).orElse(Set.of()));
    boolean declared = address.get().equals(Address.of(situation.target().host().address()));
    List<Finding> findings = new ArrayList<>();
    for (Sessions session : sessions) {
      Admission admission =
          Admission.of(
              rules,
              session.role(),
              session.database(),
              session.client().orElseThrow(),
              address.get());
      findings.add(
          finding(
              situation,
              new Entry(flow, subject, hba, session, address.get(), declared),
              admission));
    }
    return findings;
  }

  /// What one finding is about.
  private record Entry(
      Flow flow,
      Subject subject,
      PostgresHba hba,
      Sessions session,
      Address address,
      boolean declared) {

    String label() {
      return "%s: role %s, database %s, from %s"
          .formatted(subject.label(), session.role(), session.database(), address);
    }
  }

  private Finding finding(Situation situation, Entry entry, Admission admission) {
    Verdict verdict =
        switch (admission.answer()) {
          case Answer.Admitted(Rule rule) ->
              new Verdict.Pass(
                  "%s: let in by line %d of pg_hba.conf (%s)"
                      .formatted(entry.label(), rule.line(), rule.method()));
          case Answer.Refused(Optional<Rule> by) ->
              new Verdict.Fail(
                  Severity.HIGH,
                  "%s: refused, %s; %s is let in by %s"
                      .formatted(
                          entry.label(),
                          by.map(rule -> "line %d of pg_hba.conf rejects it".formatted(rule.line()))
                              .orElse("as no line of pg_hba.conf admits it"),
                          entry.session().client().map(Address::value).orElse(""),
                          admission
                              .today()
                              .map(rule -> "line %d".formatted(rule.line()))
                              .orElse("a line that can't be told")));
          case Answer.Open(String because) ->
              new Verdict.Unknown("%s: %s".formatted(entry.label(), because));
        };
    Finding finding = Finding.of(info(), entry.subject(), verdict);
    return admission.answer() instanceof Answer.Refused(Optional<Rule> by)
        ? finding.with(
            new HbaLine(
                    entry.session().role(),
                    entry.session().database(),
                    entry.address(),
                    entry.declared(),
                    admission.today())
                .remedy(entry.flow().to(), entry.hba(), settings(situation, entry.flow()), by))
        : finding;
  }

  private static Optional<PostgresSettings> settings(Situation situation, Flow flow) {
    return Databases.settings(situation.fleet().topology(), flow);
  }

  /// One for each role, database and address.
  private static List<Sessions> sessions(Situation situation, Flow flow) {
    return Databases.activity(situation.fleet().topology(), flow).stream()
        .flatMap(activity -> activity.sessions().stream())
        .filter(session -> !session.role().isEmpty() && !session.database().isEmpty())
        .filter(session ->
            session
                .client()
                .flatMap(client -> situation.fleet().topology().book().owner(client, flow.to()))
                .filter(flow.from()::equals)
                .isPresent())
        .collect(
            Collectors.toMap(
                session -> List.of(session.role(), session.database()),
                session -> session,
                (first, _) -> first))
        .values()
        .stream()
        .sorted(Comparator.comparing(Sessions::role).thenComparing(Sessions::database))
        .toList();
  }

  /// From where the new host would come: the address that is nearest to the one at which the server
  /// is reached.
  private static Optional<Address> address(HostEvidence target, Flow flow) {
    Optional<IpNumber> server =
        flow.over().stream().flatMap(address -> IpNumber.of(address).stream()).findFirst();
    Address inventory = Address.of(target.host().address());
    return Stream.concat(
            Stream.of(inventory),
            target.addresses().collected().map(Addresses::all).orElse(Set.of()).stream()
                .sorted(Comparator.comparing(Address::value)))
        .filter(address -> IpNumber.of(address).isPresent() && !address.isLoopback())
        .max(
            Comparator.comparingInt((Address address) -> common(address, server))
                .thenComparing(inventory::equals));
  }

  private static int common(Address address, Optional<IpNumber> server) {
    return IpNumber.of(address).flatMap(number -> server.map(number::commonBits)).orElse(0);
  }
}
