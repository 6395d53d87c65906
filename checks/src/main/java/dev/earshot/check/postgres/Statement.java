package dev.earshot.check.postgres;

import dev.earshot.check.Quoted;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import dev.earshot.evidence.PostgresTables.ForeignKey;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A statement that mends something, as a task of a play.
///
/// @param name of the task, fixed text
/// @param database that it works in
/// @param sql may have names in it
/// @param needed a query that has a row as long as the statement has something to do
/// @param disruptive whether it locks or deletes something
record Statement(String name, String database, String sql, String needed, boolean disruptive) {

  private static final String MAINTENANCE = "postgres";

  /// Takes back what a role or a database has of its own.
  static Statement reset(RoleSetting override) {
    return new Statement(
        "Take back what a role or a database has of its own",
        MAINTENANCE,
        "ALTER %s RESET %s".formatted(whose(override), Quoted.sql(override.name())),
        "SELECT 1 "
            + overrides(override.role(), override.database())
            + "split_part(c, '=', 1) = "
            + Quoted.literal(override.name()),
        false);
  }

  /// Gives a role a setting of its own: in all databases, unless it has one in this database, which
  /// beats that.
  ///
  /// @param now what the setting is for the role today
  /// @param setting a name of PostgreSQL's own
  /// @param value that Earshot itself chose
  static Statement set(String name, EffectiveSetting now, String setting, String value) {
    RoleSetting own =
        now.override()
            .filter(override -> !override.role().isEmpty())
            .orElseGet(() -> new RoleSetting("", now.role(), setting, value));
    return new Statement(
        name,
        MAINTENANCE,
        "ALTER %s SET %s = %s".formatted(whose(own), setting, Quoted.literal(value)),
        "SELECT 1 WHERE NOT EXISTS (SELECT 1 "
            + overrides(own.role(), own.database())
            + "c = "
            + Quoted.literal(setting + "=" + value)
            + ")",
        false);
  }

  /// Drops an index while others work.
  static Statement dropIndex(String name, String database, String index) {
    return new Statement(
        name,
        database,
        "DROP INDEX CONCURRENTLY " + index,
        "SELECT 1 WHERE to_regclass(%s) IS NOT NULL".formatted(Quoted.literal(index)),
        true);
  }

  /// Builds an index for a foreign key while others work, unless one is there by the same test that
  /// found none.
  static Statement createIndex(String name, String database, String table, List<String> columns) {
    return new Statement(
        name,
        database,
        "CREATE INDEX CONCURRENTLY ON %s (%s)".formatted(table, list(columns, Quoted::sql)),
        "SELECT 1 FROM (SELECT attrelid AS conrelid, array_agg(attnum) AS conkey FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = ANY (ARRAY[%s]) GROUP BY attrelid HAVING count(*) = %d) f WHERE %s"
            .formatted(
                Quoted.literal(table),
                list(columns, Quoted::literal),
                columns.size(),
                ForeignKey.UNINDEXED),
        false);
  }

  /// Writes a table or an index anew, as long as it takes more room than that.
  static Statement rewrite(
      String name, String database, String sql, String relation, Bytes most, boolean disruptive) {
    return new Statement(
        name,
        database,
        sql + " " + relation,
        "SELECT 1 WHERE pg_relation_size(to_regclass(%s)) > %d"
            .formatted(Quoted.literal(relation), most.value()),
        disruptive);
  }

  private static String list(List<String> columns, UnaryOperator<String> quoted) {
    return columns.stream().map(quoted).collect(Collectors.joining(", "));
  }

  /// What the role has of its own in the database, a row `c` a setting.
  private static String overrides(String role, String database) {
    return "FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole LEFT JOIN pg_database d ON d.oid = s.setdatabase CROSS JOIN unnest(s.setconfig) c WHERE coalesce(r.rolname, '') = %s AND coalesce(d.datname, '') = %s AND "
        .formatted(Quoted.literal(role), Quoted.literal(database));
  }

  private static String whose(RoleSetting override) {
    if (override.role().isEmpty()) {
      return override.database().isEmpty()
          ? "ROLE ALL"
          : "DATABASE " + Quoted.sql(override.database());
    }
    return "ROLE "
        + Quoted.sql(override.role())
        + (override.database().isEmpty() ? "" : " IN DATABASE " + Quoted.sql(override.database()));
  }
}
