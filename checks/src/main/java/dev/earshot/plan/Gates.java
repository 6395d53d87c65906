package dev.earshot.plan;

import dev.earshot.budget.Databases;
import dev.earshot.check.Remedy;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.Addresses;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PgBouncer;
import dev.earshot.evidence.PgBouncerAccess;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHba.Rule;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.topology.Flow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds what decides whether a flow's client gets into its database: the server's rules, or those
/// of the PgBouncer before it.
final class Gates {

  /// What a client has to pass.
  sealed interface Gate {}

  /// Which one it is can't be told.
  record Untold(String because) implements Gate {}

  /// It does not look at addresses.
  record Everywhere(String because) implements Gate {}

  /// Rules decide.
  ///
  /// @param callers those who are in: one for each role and database, at least one
  /// @param remedy how a line gets into the rules, before the one that refuses it
  record Ruled(
      HbaRules rules, List<Caller> callers, BiFunction<HbaLine, Optional<Rule>, Remedy> remedy)
      implements Gate {}

  /// Who is in today.
  record Caller(String role, String database, Address address) {}

  private final Situation situation;
  private final Flow flow;
  private final HostEvidence server;

  private Gates(Situation situation, Flow flow, HostEvidence server) {
    this.situation = situation;
    this.flow = flow;
    this.server = server;
  }

  /// @param server at the flow's far end
  static Gate of(Situation situation, Flow flow, HostEvidence server) {
    Gates gates = new Gates(situation, flow, server);
    return flow.isPooled() ? gates.pooler() : gates.postgres();
  }

  private Gate postgres() {
    return switch (server.hba()) {
      case Evidence.Uncollected<List<PostgresHba>>(String reason) -> new Untold(reason);
      case Evidence.Absent<List<PostgresHba>>() ->
          new Untold("no PostgreSQL of %s was found to ask".formatted(flow.to()));
      case Evidence.Collected<List<PostgresHba>>(List<PostgresHba> all) ->
          PostgresServer.at(flow.port(), all, PostgresHba::server)
              .map(this::postgres)
              .orElseGet(this::notAsked);
    };
  }

  private Gate postgres(PostgresHba hba) {
    Set<Address> own = server.addresses().collected().map(Addresses::all).orElse(Set.of());
    Stream<Caller> sessions =
        Databases.activity(situation.fleet().topology(), flow).stream()
            .flatMap(activity -> activity.sessions().stream())
            .flatMap(session ->
                session.client().stream()
                    .map(client -> new Caller(session.role(), session.database(), client)));
    return ruled(
        HbaRules.of(hba, own),
        sessions,
        (line, by) ->
            line.remedy(
                flow.to(), hba, Databases.settings(situation.fleet().topology(), flow), by));
  }

  private Gate pooler() {
    return switch (server.pgBouncer().latest()) {
      case Evidence.Uncollected<List<PgBouncer>>(String reason) -> new Untold(reason);
      case Evidence.Absent<List<PgBouncer>>() ->
          new Untold("no PgBouncer of %s was found to ask".formatted(flow.to()));
      case Evidence.Collected<List<PgBouncer>>(List<PgBouncer> all) ->
          all.stream()
              .filter(pooler -> pooler.port() == flow.port())
              .findFirst()
              .map(this::pooler)
              .orElseGet(this::notAsked);
    };
  }

  private Gate pooler(PgBouncer pooler) {
    if (pooler.access().isEmpty()) {
      return new Untold("PgBouncer's console did not show its auth_type");
    }
    PgBouncerAccess access = pooler.access().get();
    if (!access.isByAddress()) {
      return new Everywhere(
          "PgBouncer on %s looks at no addresses (auth_type %s), and the database sees only PgBouncer's"
              .formatted(pooler.server(), access.type()));
    }
    String file = access.file().orElse("auth_hba_file");
    if (access.rules().isEmpty()) {
      return new Untold(
          "PgBouncer's rules in %s could not be read: let the user that it runs as read the file, and name it by its whole path"
              .formatted(file));
    } else if (!access.allClients()) {
      return new Untold("not all clients of PgBouncer were shown");
    }
    return ruled(
        HbaRules.of(file, access.rules().get()),
        access.clients().stream()
            .flatMap(client ->
                client.address().stream()
                    .map(address -> new Caller(client.role(), client.database(), address))),
        (line, by) -> new PoolerLine(line, flow.to(), pooler, file).remedy(by));
  }

  private Gate notAsked() {
    return new Untold("the server on port %d was not asked".formatted(flow.port()));
  }

  /// One caller for each role and database.
  private Gate ruled(
      HbaRules rules, Stream<Caller> all, BiFunction<HbaLine, Optional<Rule>, Remedy> remedy) {
    List<Caller> callers =
        all
            .filter(caller -> !caller.role().isEmpty() && !caller.database().isEmpty())
            .filter(caller ->
                situation
                    .fleet()
                    .topology()
                    .book()
                    .owner(caller.address(), flow.to())
                    .filter(flow.from()::equals)
                    .isPresent())
            .collect(
                Collectors.toMap(
                    caller -> List.of(caller.role(), caller.database()),
                    caller -> caller,
                    (first, _) -> first))
            .values()
            .stream()
            .sorted(Comparator.comparing(Caller::role).thenComparing(Caller::database))
            .toList();
    return callers.isEmpty()
        ? new Untold(
            "the sessions of %s were not shown, so that role and database are not known"
                .formatted(flow.from()))
        : new Ruled(rules, callers, remedy);
  }
}
