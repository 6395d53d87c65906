package dev.earshot.evidence;

import dev.earshot.evidence.PostgresTables.ForeignKey;

/// The one psql session in which a server tells of its tables, database by database. Every list has
/// an end, and no statement reads tables of users or waits for their locks: sizes are those of
/// `pg_class`.
///
/// How much room rows need is estimated as ioguix's pgsql-bloat-estimation does: by the widths in
/// `pg_stats`, the headers of pages and rows, and alignment to 8 bytes. Padding between columns is
/// not known, so that tables look emptier than they are by some hundredths; B-trees without
/// duplicates (PostgreSQL 13 and later) look fuller.
final class PostgresTablesProgram {

  /// Databases that are asked one by one.
  static final int DATABASES = 8;

  /// Pages that anything has to have to be of interest: 10 MiB of 8 KiB each.
  static final int SMALLEST = 1280;

  private static final String OF_SERVER =
      """
      \\echo @server
      select pg_is_in_recovery() as in_recovery, count(*) as databases from pg_database where datallowconn and not datistemplate;
      select not pg_is_in_recovery() as primary \\gset
      \\if :primary
      select NAMES from (select :'connection' || ' dbname=''' || replace(replace(s.datname, '\\', '\\\\'), '''', '\\''') || '''' as name, row_number() over (order by numbackends desc, xact_commit desc) as n from pg_stat_database s join pg_database d on d.oid = s.datid where datallowconn and not datistemplate and has_database_privilege(s.datid, 'connect') order by 2 limit DATABASES) busiest \\gset
      \\endif
      """;

  private static final String OF_DATABASE =
      """
      \\if :{?databaseNUMBER}
      \\connect :databaseNUMBER
      \\echo @databaseNUMBER
      select current_database() as database, (select extract(epoch from now() - greatest(s.stats_reset, to_timestamp(c.system_identifier >> 32))) from pg_stat_database s cross join pg_control_system() c where s.datname = current_database()) as counting_s, (select count(*) from pg_sequence where not has_sequence_privilege(seqrelid, 'usage, select')) as hidden_sequences, (select count(*) from pg_class t join pg_namespace n on n.oid = t.relnamespace where t.relkind in ('r', 'm') and t.relpages >= SMALLEST and t.reltuples <> 0 and n.nspname !~ '^(pg_|information_schema$)' and exists (select from pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated <> 'v' and not exists (select from pg_stats s where s.schemaname = n.nspname and s.tablename = t.relname and s.attname = a.attname and not s.inherited))) as unestimated;
      \\echo @bloatNUMBER
      with tables as (select t.oid, t.relnamespace, t.relname, t.relpages, t.reltuples, coalesce(substring(array_to_string(t.reloptions, ' ') from 'fillfactor=([0-9]+)')::int, 100) as filled from pg_class t where t.relkind in ('r', 'm') and t.relpages >= SMALLEST and t.reltuples >= 0 order by t.relpages desc limit 500), table_rows as (select t.oid, count(*) = count(s.attname) as known, 8 * ceil((23 + case when max(s.null_frac) > 0 then (count(*) + 7) / 8 else 0 end) / 8.0) + 8 * ceil(coalesce(sum((1 - s.null_frac) * s.avg_width), 0) / 8) + 4 as width from tables t join pg_namespace n on n.oid = t.relnamespace join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated <> 'v' left join pg_stats s on s.schemaname = n.nspname and s.tablename = t.relname and s.attname = a.attname and not s.inherited group by t.oid), indexes as (select x.oid, x.relnamespace, x.relname, x.relpages, x.reltuples, i.indrelid, i.indkey, coalesce(substring(array_to_string(x.reloptions, ' ') from 'fillfactor=([0-9]+)')::int, 90) as filled from pg_index i join pg_class x on x.oid = i.indexrelid join pg_am m on m.oid = x.relam where m.amname = 'btree' and x.relkind = 'i' and i.indisvalid and i.indexprs is null and x.relpages >= SMALLEST and x.reltuples >= 0 order by x.relpages desc limit 500), index_rows as (select x.oid, count(*) = count(s.attname) as known, 8 + case when max(s.null_frac) > 0 then 8 else 0 end + 8 * ceil(coalesce(sum((1 - s.null_frac) * s.avg_width), 0) / 8) + 4 as width from indexes x cross join unnest(x.indkey) k(number) join pg_class t on t.oid = x.indrelid join pg_namespace n on n.oid = t.relnamespace join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number left join pg_stats s on s.schemaname = n.nspname and s.tablename = t.relname and s.attname = a.attname and not s.inherited group by x.oid), estimates as (select false as index, t.relnamespace, t.relname, t.relpages, ceil(t.reltuples / greatest(1, floor((page - 24) * t.filled / 100.0 / r.width))) as needed, page from tables t join table_rows r using (oid) cross join (select current_setting('block_size')::int as page) p where r.known or t.reltuples = 0 union all select true, x.relnamespace, x.relname, x.relpages, 1 + ceil(x.reltuples / greatest(1, floor((page - 40) * x.filled / 100.0 / r.width))), page from indexes x join index_rows r using (oid) cross join (select current_setting('block_size')::int as page) p where r.known or x.reltuples = 0) select index, n.nspname as schema, e.relname as name, e.relpages::bigint * page as bytes, (greatest(0, e.relpages - e.needed) * page)::bigint as wasted from estimates e join pg_namespace n on n.oid = e.relnamespace where n.nspname !~ '^(pg_|information_schema$)' order by 5 desc limit 20;
      \\echo @unusedNUMBER
      select s.schemaname as schema, s.indexrelname as name, s.relname as table, c.relpages::bigint * current_setting('block_size')::int as bytes from pg_stat_user_indexes s join pg_index i on i.indexrelid = s.indexrelid join pg_class c on c.oid = s.indexrelid where s.idx_scan = 0 and c.relpages >= SMALLEST and i.indisvalid and not i.indisunique and not i.indisexclusion and not i.indisreplident and not i.indisclustered and not c.relispartition and not exists (select from pg_constraint f where f.contype = 'f' and f.conrelid = i.indrelid and i.indkey[0] = any(f.conkey)) order by 4 desc limit 20;
      \\echo @redundantNUMBER
      select schema, name, min(covering) as covering, bytes from (select n.nspname as schema, ac.relname as name, bc.relname as covering, ac.relpages::bigint * current_setting('block_size')::int as bytes from pg_index a join pg_class ac on ac.oid = a.indexrelid join pg_namespace n on n.oid = ac.relnamespace join pg_am m on m.oid = ac.relam join pg_index b on b.indrelid = a.indrelid and b.indexrelid <> a.indexrelid join pg_class bc on bc.oid = b.indexrelid and bc.relam = ac.relam where m.amname = 'btree' and n.nspname !~ '^pg_' and ac.relkind = 'i' and ac.relpages >= SMALLEST and not ac.relispartition and a.indisvalid and b.indisvalid and not exists (select from pg_constraint o where o.conindid = a.indexrelid) and not a.indisreplident and not a.indisclustered and a.indnatts = a.indnkeyatts and a.indnkeyatts <= b.indnkeyatts and starts_with(b.indkey::text || ' ', a.indkey::text || ' ') and starts_with(b.indclass::text || ' ', a.indclass::text || ' ') and starts_with(b.indcollation::text || ' ', a.indcollation::text || ' ') and starts_with(b.indoption::text || ' ', a.indoption::text || ' ') and a.indpred::text is not distinct from b.indpred::text and a.indexprs::text is not distinct from b.indexprs::text and (not a.indisunique or b.indisunique and b.indimmediate and a.indnkeyatts = b.indnkeyatts and to_jsonb(a) ->> 'indnullsnotdistinct' is not distinct from to_jsonb(b) ->> 'indnullsnotdistinct') and (a.indnkeyatts < b.indnkeyatts or b.indnatts > b.indnkeyatts or exists (select from pg_constraint o where o.conindid = b.indexrelid) or b.indisunique and not a.indisunique or a.indisunique = b.indisunique and a.indexrelid > b.indexrelid)) pairs group by schema, name, bytes order by bytes desc limit 20;
      \\echo @unindexedNUMBER
      select n.nspname as schema, c.relname as name, f.conname as constraint, (select json_agg(a.attname order by k.place)::text from unnest(f.conkey) with ordinality k(number, place) join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number) as columns, r.relname as referenced, c.relpages::bigint * current_setting('block_size')::int as bytes, coalesce(s.n_tup_del, 0) as deleted from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace join pg_class r on r.oid = f.confrelid left join pg_stat_user_tables s on s.relid = f.confrelid where f.contype = 'f' and c.relkind = 'r' and c.relpages >= SMALLEST and UNINDEXED order by 7 > 0 desc, 6 desc limit 20;
      \\echo @scannedNUMBER
      select s.schemaname as schema, s.relname as name, c.relpages::bigint * current_setting('block_size')::int as bytes, greatest(s.n_live_tup, c.reltuples, 1)::bigint as rows, least(s.seq_tup_read, 1e15)::bigint as read from pg_stat_user_tables s join pg_class c on c.oid = s.relid where c.relpages >= 10 * SMALLEST order by s.seq_tup_read / greatest(s.n_live_tup, c.reltuples, 1) desc limit 20;
      \\echo @staleNUMBER
      select s.schemaname as schema, s.relname as name, s.n_live_tup as live, s.n_dead_tup as dead, s.n_mod_since_analyze as modified, coalesce(s.last_vacuum, s.last_autovacuum) is not null as vacuumed, coalesce(s.last_analyze, s.last_autoanalyze) is not null as analyzed from pg_stat_user_tables s join pg_class c on c.oid = s.relid where c.relpersistence <> 't' and (s.n_dead_tup >= 10000 or s.n_mod_since_analyze >= 10000 and coalesce(s.last_analyze, s.last_autoanalyze) is null) order by greatest(s.n_dead_tup / greatest(s.n_live_tup, 1.0), case when coalesce(s.last_analyze, s.last_autoanalyze) is null then 1 else 0 end) desc, s.n_dead_tup desc limit 20;
      \\echo @sequencesNUMBER
      select schema, name, round(100 * used / most, 1) as used_percent, least(most - used, 1e15)::bigint as remaining, owner from (select n.nspname as schema, c.relname as name, greatest(coalesce(pg_sequence_last_value(q.seqrelid), 0), 0)::numeric as used, least(q.seqmax, case a.atttypid when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647 else q.seqmax end)::numeric as most, a.attrelid::regclass::text || '.' || a.attname || ' (' || format_type(a.atttypid, null) || ')' as owner from pg_sequence q join pg_class c on c.oid = q.seqrelid join pg_namespace n on n.oid = c.relnamespace left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i') left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid where not q.seqcycle and q.seqincrement > 0 and q.seqmax > 0 and c.relpersistence = 'p' and has_sequence_privilege(q.seqrelid, 'usage, select')) s order by used / most desc limit 20;
      \\endif
      """;

  static final String STATEMENTS = statements();

  static final String COMMAND = Psql.ask(STATEMENTS);

  private PostgresTablesProgram() {}

  private static String statements() {
    StringBuilder names = new StringBuilder();
    StringBuilder databases = new StringBuilder();
    for (int number = 1; number <= DATABASES; number++) {
      names
          .append(number == 1 ? "" : ", ")
          .append("max(name) filter (where n = %d) as database%d".formatted(number, number));
      databases.append(OF_DATABASE.replace("NUMBER", String.valueOf(number)));
    }
    return (OF_SERVER.replace("NAMES", names).replace("DATABASES", String.valueOf(DATABASES))
            + databases)
        .replace("UNINDEXED", ForeignKey.UNINDEXED)
        .replace("SMALLEST", String.valueOf(SMALLEST));
  }
}
