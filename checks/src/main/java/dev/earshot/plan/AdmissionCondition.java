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
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.IpNumber;
import dev.earshot.evidence.PostgresHba.Rule;
import dev.earshot.plan.HbaRules.Answer;
import dev.earshot.topology.Flow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        "PostgreSQL admits by address, and so does PgBouncer with auth_type hba: an application that starts on a host which their rules do not name gets no connection at all.",
        new Card(
            List.of("postgres.hba", "postgres.activity", "pgbouncer.pools", "network.addresses"),
            List.of(),
            """
            psql -c 'select * from pg_hba_file_rules'   # on the database's host, as postgres
            psql -p 6432 -U pgbouncer -d pgbouncer -c 'show config'   # on PgBouncer's, as postgres: auth_type, auth_hba_file\
            """,
            "Add a line for the new host's address to pg_hba.conf, or to PgBouncer's auth_hba_file, and reload."));
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
    Subject subject = subject(situation, flow, "port " + flow.port());
    Optional<HostEvidence> server = Databases.server(situation.fleet().topology(), flow);
    if (server.isEmpty()) {
      return unknown(subject, "%s is not in the inventory".formatted(flow.to()));
    }
    Gates.Gate gate = Gates.of(situation, flow, server.get());
    return switch (gate) {
      case Gates.Untold(String because) -> unknown(subject, because);
      case Gates.Everywhere(String because) ->
          List.of(
              Finding.of(
                  info(), subject, new Verdict.Pass("%s: %s".formatted(subject.label(), because))));
      case Gates.Ruled ruled -> judge(situation, flow, subject, ruled);
    };
  }

  private static Subject subject(Situation situation, Flow flow, String detail) {
    return new Subject.OfPair(situation.move().to(), flow.to(), Optional.of(detail));
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

  private List<Finding> judge(Situation situation, Flow flow, Subject subject, Gates.Ruled gate) {
    Optional<Address> address = address(situation.target(), flow);
    if (address.isEmpty()) {
      return unknown(subject, "no address of %s is known".formatted(situation.move().to()));
    }
    boolean declared = address.get().equals(Address.of(situation.target().host().address()));
    return gate.callers().stream()
        .map(caller ->
            finding(
                new Entry(
                    subject(
                        situation,
                        flow,
                        "port %d, role %s, database %s"
                            .formatted(flow.port(), caller.role(), caller.database())),
                    gate,
                    caller,
                    address.get(),
                    declared),
                Admission.of(
                    gate.rules(),
                    caller.role(),
                    caller.database(),
                    caller.address(),
                    address.get())))
        .toList();
  }

  /// What one finding is about.
  private record Entry(
      Subject subject, Gates.Ruled gate, Gates.Caller caller, Address address, boolean declared) {

    String label() {
      return "%s, from %s".formatted(subject.label(), address);
    }

    String file() {
      return gate.rules().file();
    }
  }

  private Finding finding(Entry entry, Admission admission) {
    Verdict verdict =
        switch (admission.answer()) {
          case Answer.Admitted(Rule rule) ->
              new Verdict.Pass(
                  "%s: let in by line %d of %s (%s)"
                      .formatted(entry.label(), rule.line(), entry.file(), rule.method()));
          case Answer.Refused(Optional<Rule> by) ->
              new Verdict.Fail(
                  Severity.HIGH,
                  "%s: refused, %s; %s is let in by %s"
                      .formatted(
                          entry.label(),
                          by.map(rule ->
                                  "line %d of %s rejects it".formatted(rule.line(), entry.file()))
                              .orElse("as no line of %s admits it".formatted(entry.file())),
                          entry.caller().address(),
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
            entry
                .gate()
                .remedy()
                .apply(
                    new HbaLine(
                        entry.caller().role(),
                        entry.caller().database(),
                        entry.address(),
                        entry.declared(),
                        admission.today()),
                    by))
        : finding;
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
