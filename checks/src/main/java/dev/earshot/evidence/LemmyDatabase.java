package dev.earshot.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What Lemmy's database tells: its schema, and how far the sending of activities is.
///
/// @param renamed whether its times have the names of Lemmy 1.0 (`published_at`), not those of 0.19
/// @param migration the newest one applied: the date it was written at, then its time of day
/// @param sent number of the newest activity to send, counted by all activities
/// @param received activities that came in, as the table's statistics count them
/// @param peers instances that are sent to, and how many of those were not seen for three days,
///   which Lemmy takes for dead and sends nothing
/// @param behind those alive that have not got everything, furthest behind first, at most 20; Lemmy
///   writes down how far each is once a minute
public record LemmyDatabase(
    PostgresServer server,
    String database,
    boolean renamed,
    String migration,
    long sent,
    Optional<Long> received,
    int peers,
    int dead,
    List<Peer> behind) {

  /// An instance that activities wait for.
  ///
  /// @param sentUpTo number of the last activity that it got or did not need
  /// @param behind activities after that; some may not be meant for it
  /// @param failures in a row
  /// @param oldest age of the first activity after it; nothing where that is pruned already
  public record Peer(
      String domain, long sentUpTo, long behind, int failures, Optional<Duration> oldest) {}

  private static final String DENIED =
      "Lemmy's database is here, but the login user's role may not read it: GRANT SELECT ON __diesel_schema_migrations, federation_queue_state, instance, sent_activity to it";

  private static final String DATABASES =
      """
      select datname from pg_database where datallowconn and (datname ~* 'lemmy' or pg_get_userbyid(datdba) ~* 'lemmy') and datname !~ '[[:cntrl:]]' order by datname <> 'lemmy', 1 limit 3;
      """;

  private static final String OF_DATABASE =
      """
      select set_config(name, 'view, foreign-table', false) as restricted from pg_settings where name = 'restrict_nonsystem_relation_kind' \\gset
      select count(*) = 4 as found, coalesce(bool_and(has_table_privilege(c.oid, 'SELECT')), false) as readable from pg_class c where c.relnamespace = to_regnamespace('public') and c.relkind = 'r' and c.relname in ('__diesel_schema_migrations', 'federation_queue_state', 'instance', 'sent_activity') and not exists (select from pg_attribute a join pg_type t on t.oid = a.atttypid where a.attrelid = c.oid and t.typnamespace <> to_regnamespace('pg_catalog') and a.attname in ('version', 'instance_id', 'last_successful_id', 'fail_count', 'id', 'domain', 'published', 'updated', 'published_at', 'updated_at')) \\gset
      \\if :found
      \\if :readable
      select case when count(*) > 0 then '_at' else '' end as at from pg_attribute where attrelid = 'public.sent_activity'::regclass and attname = 'published_at' \\gset
      select case when count(*) = 2 then 'not exists (select from only public.federation_blocklist b where b.instance_id = i.id) and (not exists (select from only public.federation_allowlist) or exists (select from only public.federation_allowlist b where b.instance_id = i.id))' else 'true' end as federated from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'instance_id' and a.atttypid = 'int4'::regtype where c.relnamespace = to_regnamespace('public') and c.relkind = 'r' and c.relname in ('federation_allowlist', 'federation_blocklist') and has_table_privilege(c.oid, 'SELECT') \\gset
      \\echo @lemmy
      select current_database() as database, :'at' as suffix, (select max(version collate "C") from only public.__diesel_schema_migrations) as migration, coalesce((select max(id) from only public.sent_activity), (select last_value from pg_sequences where schemaname = 'public' and sequencename = 'sent_activity_id_seq'), 0) as sent, (select n_tup_ins from pg_stat_user_tables where schemaname = 'public' and relname = 'received_activity') as received;
      \\echo @peers
      select count(*) as peers, count(*) filter (where coalesce(i.updated:at, i.published:at) < now() - interval '3 days') as dead from only public.federation_queue_state q join only public.instance i on i.id = q.instance_id where :federated;
      \\echo @behind
      select domain, done, behind, failures, extract(epoch from greatest(now() - (select a.published:at from only public.sent_activity a where a.id > done order by a.id limit 1), interval '0')) * 1000 as oldest_ms from (select i.domain, q.last_successful_id as done, m.newest - q.last_successful_id as behind, q.fail_count as failures from only public.federation_queue_state q join only public.instance i on i.id = q.instance_id cross join (select max(id) as newest from only public.sent_activity) m where m.newest > q.last_successful_id and coalesce(i.updated:at, i.published:at) >= now() - interval '3 days' and :federated order by 3 desc, 1 limit 20) furthest;
      \\else
      \\echo @denied
      \\endif
      \\endif
      """;

  /// Tables are read as what they are only (no view, no foreign table, no type of the owner's),
  /// since the owner of a database could otherwise have us call functions, and we may be its
  /// superuser. Counting rows of the activity tables by time would read a week of activities: their
  /// keys and the server's statistics tell the same.
  public static final Probe<Sampled.Sample<List<LemmyDatabase>>> PROBE =
      SampledProbe.of(
              "lemmy.database",
              "Lemmy's newest migration, and how far it is with sending to each instance, in databases that have lemmy in their or their owner's name.",
              Psql.PRELUDE
                  + """
                  answer=$(printf '%s\\n' "$sockets" | while read -r socket; do
                    printf '%s\\n' '\\pset tuples_only on' '\\pset format unaligned' DATABASES | query "$socket" postgres 2>/dev/null | while IFS= read -r database; do
                      found=$(printf '%s\\n' OF_DATABASE | query "$socket" "$database" 2>/dev/null)
                      case $found in
                        @denied*)
                          echo "DENIED"
                          exit 45
                          ;;
                        @lemmy*) server "$socket"; printf '%s\\n' "$found"; break ;;
                      esac
                    done || exit 45
                  done)
                  status=$?
                  [ -n "$answer" ] || exit 44
                  printf '%s\\n' "$answer"
                  exit "$status"
                  """
                      .replace("DENIED", DENIED)
                      .replace("OF_DATABASE", Psql.word(OF_DATABASE))
                      .replace("DATABASES", Psql.word(DATABASES)),
              LemmyDatabase::parse)
          .needing(Psql.PRIVILEGE)
          .guardedBy(Psql.GUARD);

  static final SqlProgram PROGRAM = new SqlProgram(PROBE, "", DATABASES, OF_DATABASE, DENIED);

  public LemmyDatabase {
    behind = List.copyOf(behind);
  }

  public int port() {
    return server.port();
  }

  static List<LemmyDatabase> parse(String output) {
    var databases = PsqlTables.parse(output).stream().map(LemmyDatabase::database).toList();
    if (databases.isEmpty()) {
      throw new UnreadableOutput("psql printed " + Text.firstLine(output));
    }
    return databases;
  }

  private static LemmyDatabase database(PsqlTables tables) {
    if (tables.table("lemmy").isEmpty()
        || tables.table("peers").isEmpty()
        || !tables.has("behind")) {
      throw new UnreadableOutput(
          "Lemmy's database on %s told only a part".formatted(tables.server()));
    }
    Csv.Row lemmy = tables.table("lemmy").getFirst();
    Csv.Row peers = tables.table("peers").getFirst();
    return new LemmyDatabase(
        tables.server(),
        lemmy.get("database"),
        lemmy.get("suffix").equals("_at"),
        lemmy.get("migration"),
        lemmy.count("sent"),
        Text.unlessBlank(lemmy.get("received")).map(Text::count),
        peers.smallCount("peers"),
        peers.smallCount("dead"),
        tables.table("behind").stream()
            .map(row ->
                new Peer(
                    row.get("domain"),
                    row.count("done"),
                    row.count("behind"),
                    row.smallCount("failures"),
                    Text.unlessBlank(row.get("oldest_ms")).map(Text::milliseconds)))
            .toList());
  }
}
