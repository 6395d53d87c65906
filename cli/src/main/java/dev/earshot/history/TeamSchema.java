package dev.earshot.history;

import dev.earshot.text.Printable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The schema of a team's database in which the history lies: the first of the search path that is
/// there. Where others may create in it, too, their tables could have triggers, and their operators
/// fit better than PostgreSQL's own: both would run with our rights.
final class TeamSchema {

  /// Roles that PostgreSQL brings along have members who know nothing of each other.
  private static final String STRANGERS =
      """
      WITH RECURSIVE ours(oid) AS (
        SELECT oid FROM pg_roles WHERE rolname = current_user
        UNION
        SELECT m.roleid FROM pg_auth_members m JOIN ours ON m.member = ours.oid
          JOIN pg_roles r ON r.oid = m.roleid WHERE r.rolname NOT LIKE 'pg\\_%'
      )
      SELECT c.relname::text, pg_get_userbyid(c.relowner) FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ?::name AND starts_with(c.relname::text, 'earshot_')
          AND c.relowner NOT IN (SELECT oid FROM ours)
          AND c.relowner <> (SELECT datdba FROM pg_database WHERE datname = current_catalog)
      UNION ALL
      SELECT 'the operator ' || o.oprname, pg_get_userbyid(o.oprowner) FROM pg_operator o
        JOIN pg_namespace n ON n.oid = o.oprnamespace
        WHERE n.nspname = ?::name AND o.oprowner NOT IN (SELECT oid FROM ours)
          AND o.oprowner <> (SELECT datdba FROM pg_database WHERE datname = current_catalog)
          AND NOT EXISTS (SELECT FROM pg_roles r WHERE r.oid = o.oprowner AND r.rolsuper)
      LIMIT 1
      """;

  private TeamSchema() {}

  /// Lets the connection find what is in that schema, or is PostgreSQL's own, and nothing else.
  ///
  /// @throws HistoryException if there is none, or something in it is a stranger's
  static void enter(HistoryLocation location, Connection connection) throws SQLException {
    String schema = connection.getSchema();
    if (schema == null) {
      throw new HistoryException(
          "the history in %s has no schema to lie in: create one of the role's search_path, as in CREATE SCHEMA AUTHORIZATION CURRENT_USER"
              .formatted(location.label()));
    }
    search(connection, "pg_catalog");
    try (PreparedStatement statement = connection.prepareStatement(STRANGERS)) {
      statement.setString(1, schema);
      statement.setString(2, schema);
      ResultSet strangers = statement.executeQuery();
      if (strangers.next()) {
        throw new HistoryException(
            Printable.of(
                "the history in %s is not used, as %s belongs to %s, who is neither this role nor a role that it is a member of nor the database's owner: drop it, hand it over by ALTER TABLE … OWNER TO, or choose another place by --history"
                    .formatted(location.label(), strangers.getString(1), strangers.getString(2))));
      }
    }
    search(connection, schema);
  }

  private static void search(Connection connection, String schema) throws SQLException {
    try (PreparedStatement path =
        connection.prepareStatement(
            "SELECT pg_catalog.set_config('search_path', pg_catalog.quote_ident(?), false)")) {
      path.setString(1, schema);
      path.execute();
    }
  }
}
