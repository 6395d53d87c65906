package dev.earshot.evidence;

/// The one psql session in which a server tells how it is. Every list has an end, no statement
/// reads tables of users, and what the server does not show us prints no header.
///
/// Columns that not every version has are read out of `to_jsonb`. Statistics that were never reset
/// have counted no longer than since `initdb`, whose time is the upper half of the system
/// identifier. `pg_file_settings` calls it an error too that a change waits for a restart; that is
/// left out. A plain `VACUUM` holds back nobody else's; `VACUUM FULL` does, and shows elsewhere.
/// What parallel workers see is what their leader sees. A file of WAL has its timeline in its name;
/// a standby gets to a new one with what it receives, and remembers it in its control file.
final class PostgresHealthProgram {

  /// Databases that are asked one by one.
  static final int DATABASES = 4;

  private static final String OF_SERVER =
      """
      \\echo @server
      select current_setting('server_version_num') as version, pg_is_in_recovery() as in_recovery, pg_has_role('pg_read_all_stats', 'usage') as sees_sessions, (select count(*) from pg_stat_wal_receiver) as receivers, extract(epoch from now() - pg_last_xact_replay_timestamp()) as replayed_s;
      \\echo @transactions
      select usename as role, datname as database, state, extract(epoch from now() - xact_start) as open_s, extract(epoch from now() - state_change) as state_s from pg_stat_activity where xact_start is not null and backend_type = 'client backend' and pid <> pg_backend_pid() order by xact_start limit 20;
      \\echo @blocked
      with waits as (select pid, min((to_jsonb(l) ->> 'waitstart')::timestamptz) as since from pg_locks l where not granted group by pid), waiting as (select * from pg_stat_activity where wait_event_type = 'Lock' and backend_type = 'client backend' order by query_start limit 20) select w.usename as role, w.datname as database, w.wait_event as lock, extract(epoch from now() - coalesce(s.since, w.query_start)) as waiting_s, b.usename as blocker, b.state as blocker_state from waiting w left join waits s using (pid) left join lateral (select usename, state from pg_stat_activity where pid = any(pg_blocking_pids(w.pid)) order by xact_start limit 1) b on true order by 4 desc;
      \\echo @prepared
      select owner as role, database, extract(epoch from now() - prepared) as age_s from pg_prepared_xacts order by prepared limit 20;
      \\echo @ages
      select datname as database, age(datfrozenxid) as transactions, mxid_age(datminmxid) as multixacts from pg_database order by greatest(age(datfrozenxid), mxid_age(datminmxid)) desc limit 20;
      \\echo @counters
      select datname as database, deadlocks, temp_files, temp_bytes, conflicts, to_jsonb(s) ->> 'checksum_failures' as checksum_failures, blks_hit, blks_read, to_jsonb(s) ->> 'sessions' as sessions, to_jsonb(s) ->> 'sessions_abandoned' as abandoned, to_jsonb(s) ->> 'sessions_fatal' as fatal, to_jsonb(s) ->> 'sessions_killed' as killed, extract(epoch from now() - greatest(stats_reset, to_timestamp(initdb))) as counting_s from pg_stat_database s cross join (select system_identifier >> 32 as initdb from pg_control_system()) c order by coalesce((to_jsonb(s) ->> 'checksum_failures')::bigint, 0) desc, blks_hit + blks_read desc limit 20;
      \\echo @slots
      select slot_name as name, slot_type as type, active, to_jsonb(s) ->> 'wal_status' as wal_status, coalesce(to_jsonb(s) ->> 'synced', 'false') as synced, pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end, restart_lsn)::bigint as retained_bytes, to_jsonb(s) ->> 'safe_wal_size' as safe_bytes from pg_replication_slots s where not temporary order by 6 desc nulls last limit 20;
      \\echo @archiver
      select archived_count as archived, failed_count as failed, extract(epoch from now() - last_archived_time) as archived_ago_s, extract(epoch from now() - last_failed_time) as failed_ago_s from pg_stat_archiver;
      select current_setting('server_version_num')::int >= 170000 as checkpointer, current_setting('server_version_num')::int >= 150000 as collations \\gset
      \\echo @checkpoints
      \\if :checkpointer
      select num_timed as timed, num_requested as requested, extract(epoch from now() - stats_reset) as counting_s from pg_stat_checkpointer;
      \\else
      select checkpoints_timed as timed, checkpoints_req as requested, extract(epoch from now() - stats_reset) as counting_s from pg_stat_bgwriter;
      \\endif
      \\echo @standbys
      select application_name as name, host(client_addr) as client, state, extract(epoch from write_lag) as write_s, extract(epoch from flush_lag) as flush_s, extract(epoch from replay_lag) as replay_s, pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end, replay_lsn)::bigint as behind_bytes from pg_stat_replication order by 7 desc nulls last, 1 limit 20;
      \\if :collations
      \\echo @collations
      select datname as database, datcollversion as recorded, pg_database_collation_actual_version(oid) as actual from pg_database where datallowconn order by datcollversion <> pg_database_collation_actual_version(oid) desc nulls last, 1 limit 20;
      \\endif
      \\echo @mistakes
      select f.sourcefile as file, f.sourceline as line, left(f.name, 200) as setting, left(f.error, 200) as error from pg_file_settings f where f.error is not null and not exists (select from pg_settings s where s.name = f.name and s.pending_restart) order by 1, 2 limit 20;
      \\echo @horizon
      select kind, name, age from (select case when usename is null then 'process' else 'session' end as kind, coalesce(usename::text, backend_type) as name, max(age(backend_xmin)) as age from pg_stat_activity where backend_xmin is not null and pid <> pg_backend_pid() and backend_type not in ('walsender', 'parallel worker') and pid not in (select pid from pg_stat_progress_vacuum) group by 1, 2 union all select 'standby', application_name, age(backend_xmin) from pg_stat_replication where backend_xmin is not null union all select 'slot', slot_name::text, age(xmin) from pg_replication_slots where xmin is not null union all select 'catalog', slot_name::text, age(catalog_xmin) from pg_replication_slots where catalog_xmin is not null union all select 'prepared', owner::text, age(transaction) from pg_prepared_xacts) h order by 3 desc limit 20;
      \\echo @shadowed
      select f.name as setting, f.sourcefile as file, f.sourceline as line, w.sourcefile as by_file, w.sourceline as by_line from pg_file_settings f join pg_settings s on s.name = f.name join pg_file_settings w on w.name = f.name and w.sourcefile = s.sourcefile and w.sourceline = s.sourceline where f.error is null and not f.applied and f.setting is distinct from w.setting and (w.sourcefile = f.sourcefile or w.sourcefile like '%postgresql.auto.conf') order by 1, 2, 3 limit 20;
      \\echo @backlog
      select count(*) as files, extract(epoch from now() - min(modification)) as waiting_s from pg_ls_archive_statusdir() where name like '%.ready';
      \\echo @roles
      select rolname as role, rolsuper as superuser, extract(epoch from case when isfinite(rolvaliduntil) then greatest(rolvaliduntil, 'epoch') end) as valid_until_s from pg_roles where rolcanlogin order by rolsuper desc, rolvaliduntil nulls last, 1 limit 200;
      \\echo @workers
      select count(*) as busy, extract(epoch from now() - max(backend_start)) as youngest_s from pg_stat_activity where backend_type = 'autovacuum worker';
      \\echo @timeline
      select (select system_identifier from pg_control_system()) as system, case when pg_is_in_recovery() then greatest((select received_tli from pg_stat_wal_receiver), (select min_recovery_end_timeline from pg_control_recovery()), (select timeline_id from pg_control_checkpoint())) else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int end as timeline;
      \\echo @tablespaces
      select left(spcname, 200) as name, true as inside from pg_tablespace where starts_with(pg_tablespace_location(oid), current_setting('data_directory') || '/') order by 1 limit 20;
      \\echo @notifications
      select pg_notification_queue_usage() as used, 1 as of;
      select max(name) filter (where n = 1) as database1, max(name) filter (where n = 2) as database2, max(name) filter (where n = 3) as database3, max(name) filter (where n = 4) as database4 from (select :'connection' || ' dbname=''' || replace(replace(s.datname, '\\', '\\\\'), '''', '\\''') || '''' as name, row_number() over (order by numbackends desc, xact_commit desc) as n from pg_stat_database s join pg_database d on d.oid = s.datid where datallowconn order by 2 limit 4) busiest \\gset
      """;

  private static final String OF_DATABASE =
      """
      \\if :{?databaseNUMBER}
      \\connect :databaseNUMBER
      \\echo @indexesNUMBER
      select current_database() as database, count(*) as invalid, left(min(indexrelid::regclass::text), 200) as example from pg_index i where not indisvalid and not exists (select from pg_stat_progress_create_index p where p.index_relid = i.indexrelid);
      \\echo @unvacuumedNUMBER
      select current_database() as database, count(*) as tables, left(min(c.oid::regclass::text), 200) as example from pg_class c where relkind in ('r', 'm') and exists (select from unnest(reloptions) o where o like 'autovacuum_enabled=%' and not split_part(o, '=', 2)::boolean);
      \\endif
      """;

  static final String STATEMENTS = statements();

  static final String COMMAND = Psql.ask(STATEMENTS);

  private PostgresHealthProgram() {}

  private static String statements() {
    StringBuilder all = new StringBuilder(OF_SERVER);
    for (int number = 1; number <= DATABASES; number++) {
      all.append(OF_DATABASE.replace("NUMBER", String.valueOf(number)));
    }
    return all.toString();
  }
}
