package dev.earshot.lab;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What accepting one activity costs a chatty backend: nineteen lookups by key and one insert, each
/// a statement of its own that waits for its answer, each in its own transaction. Prepared for one
/// connection; every statement is exactly one round trip.
final class Activity {
  private static final long ANY_ID = 1;
  private static final String DOMAIN = "big.example";
  private static final String ACTOR = "https://big.example/u/author";
  private static final String GROUP = "https://small.example/c/community";

  private static final List<Lookup> LOOKUPS =
      List.of(
          new Lookup("SELECT id, domain FROM instance WHERE domain = ?", DOMAIN),
          new Lookup("SELECT id, name FROM local_site WHERE id = ?", ANY_ID),
          new Lookup("SELECT count(*) FROM federation_blocklist WHERE instance_id = ?", ANY_ID),
          new Lookup("SELECT count(*) FROM federation_allowlist WHERE instance_id = ?", ANY_ID),
          new Lookup("SELECT id, banned FROM person WHERE actor_id = ?", ACTOR),
          new Lookup("SELECT id, domain FROM instance WHERE id = ?", ANY_ID),
          new Lookup("SELECT id, removed FROM community WHERE actor_id = ?", GROUP),
          new Lookup("SELECT count(*) FROM community_follower WHERE community_id = ?", ANY_ID),
          new Lookup("SELECT count(*) FROM community_ban WHERE person_id = ?", ANY_ID),
          new Lookup("SELECT count(*) FROM community_moderator WHERE community_id = ?", ANY_ID),
          new Lookup("SELECT id, name FROM post WHERE id = ?", ANY_ID),
          new Lookup("SELECT id, code FROM language WHERE id = ?", ANY_ID),
          new Lookup("SELECT id, locked FROM post WHERE id = ?", ANY_ID),
          new Lookup("SELECT id, content FROM comment WHERE id = ?", ANY_ID),
          new Lookup("SELECT id, banned FROM person WHERE id = ?", ANY_ID),
          new Lookup("SELECT score FROM post_aggregates WHERE post_id = ?", ANY_ID),
          new Lookup("SELECT post_score FROM person_aggregates WHERE person_id = ?", ANY_ID),
          new Lookup("SELECT subscribers FROM community_aggregates WHERE community_id = ?", ANY_ID),
          new Lookup("SELECT users FROM site_aggregates WHERE site_id = ?", ANY_ID));

  private final List<PreparedStatement> lookups;
  private final PreparedStatement insert;

  private Activity(List<PreparedStatement> lookups, PreparedStatement insert) {
    this.lookups = List.copyOf(lookups);
    this.insert = insert;
  }

  private record Lookup(String sql, Object key) {}

  /// The statements live as long as the connection, which closes them.
  static Activity prepare(Connection connection) throws SQLException {
    List<PreparedStatement> lookups = new ArrayList<>();
    for (Lookup lookup : LOOKUPS) {
      PreparedStatement statement = connection.prepareStatement(lookup.sql());
      statement.setObject(1, lookup.key());
      lookups.add(statement);
    }
    return new Activity(
        lookups, connection.prepareStatement("INSERT INTO received_activity (ap_id) VALUES (?)"));
  }

  void accept() throws SQLException {
    for (PreparedStatement lookup : lookups) {
      try (ResultSet rows = lookup.executeQuery()) {
        if (!rows.next()) {
          throw new SQLException("no row for " + lookup + ": is the schema of the lab loaded?");
        }
      }
    }
    insert.setString(1, "https://big.example/activities/" + UUID.randomUUID());
    insert.executeUpdate();
  }
}
