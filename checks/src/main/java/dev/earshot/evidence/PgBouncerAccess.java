package dev.earshot.evidence;

import dev.earshot.evidence.PostgresHba.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whom a PgBouncer lets in from where. Only with `auth_type` `hba` has it rules on addresses, in a
/// file of its own, and no line of the database's `pg_hba.conf` is about its clients.
///
/// @param type `auth_type`
/// @param file that holds the rules; nothing where the setting is empty
/// @param rules of it, in order; nothing where they were not read, or there are none by `type`
/// @param clients that are connected, one for each role, database and address
/// @param allClients whether those are all, rather than the first thousand
public record PgBouncerAccess(
    String type,
    Optional<String> file,
    Optional<Rules> rules,
    List<Client> clients,
    boolean allClients) {

  /// Those of its file.
  ///
  /// @param whole whether they are all, rather than the first thousand or those of the first 64 KiB
  public record Rules(List<Rule> rules, boolean whole) {
    public Rules {
      rules = List.copyOf(rules);
    }
  }

  /// Who is connected.
  ///
  /// @param database by the name that it asks PgBouncer for
  /// @param address nothing where it came by the Unix socket
  public record Client(String role, String database, Optional<Address> address) {}

  private static final String BY_RULES = "hba";
  private static final String CUT = "cut";

  public PgBouncerAccess {
    clients = List.copyOf(clients);
  }

  /// Whether it lets clients in by their addresses.
  public boolean isByAddress() {
    return type.equals(BY_RULES);
  }

  /// Nothing where the console did not show the setting.
  static Optional<PgBouncerAccess> of(
      PsqlTables tables, Optional<String> type, Optional<String> file) {
    List<Csv.Row> clients = tables.table("clients");
    return type.map(known ->
        new PgBouncerAccess(
            known,
            file,
            known.equals(BY_RULES) && tables.has("rules")
                ? rules(tables.table("rules"))
                : Optional.empty(),
            clients.stream().limit(PgBouncerProgram.MOST).map(PgBouncerAccess::client).toList(),
            tables.has("clients") && clients.size() <= PgBouncerProgram.MOST));
  }

  private static Client client(Csv.Row row) {
    return new Client(
        row.get("user"),
        row.get("database"),
        Optional.of(row.get("addr"))
            .filter(address -> IpNumber.of(address).isPresent())
            .map(Address::new));
  }

  /// The line without a number says whether the file was read to its end; a file that could not be
  /// read has no other.
  private static Optional<Rules> rules(List<Csv.Row> rows) {
    List<Csv.Row> lines = rows.stream().filter(row -> row.smallCount("line") > 0).toList();
    boolean cut = rows.stream().anyMatch(row -> row.get("text").equals(CUT));
    return cut && lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rules(
                lines.stream().limit(PgBouncerProgram.MOST).flatMap(row -> rule(row)).toList(),
                !cut && lines.size() <= PgBouncerProgram.MOST));
  }

  private static Stream<Rule> rule(Csv.Row row) {
    String text = row.get("text");
    return PgBouncerRule.of(
        row.smallCount("line"),
        text.substring(0, Math.min(text.length(), PgBouncerProgram.LONGEST)))
        .stream();
  }
}
