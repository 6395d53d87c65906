package dev.earshot.report;

import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresSettings;
import java.util.List;

/// What the fleet's servers answer to their probes.
final class Services {

  /// A server that is well, and nobody's standby.
  private static final String HEALTH =
      """
      === 5432
      @server
      version,in_recovery,sees_sessions,receivers,replayed_s
      170006,f,t,0,
      @transactions
      role,database,state,open_s,state_s
      @blocked
      role,database,lock,waiting_s,blocker,blocker_state
      @prepared
      role,database,age_s
      @ages
      database,transactions,multixacts
      lemmy,48211037,1204
      @counters
      database,deadlocks,temp_files,temp_bytes,conflicts,checksum_failures,blks_hit,blks_read,sessions,abandoned,fatal,killed,counting_s
      lemmy,3,41,1291845632,0,0,8120044310,20311097,812,4,0,0,1893456
      @slots
      name,type,active,wal_status,synced,retained_bytes,safe_bytes
      @archiver
      archived,failed,archived_ago_s,failed_ago_s
      0,0,,
      @checkpoints
      timed,requested,counting_s
      6130,12,1893456
      @standbys
      name,client,state,write_s,flush_s,replay_s,behind_bytes
      @collations
      database,recorded,actual
      lemmy,2.36,2.36
      @mistakes
      file,line,setting,error
      @horizon
      kind,name,age
      session,lemmy,12
      @shadowed
      setting,file,line,by_file,by_line
      @backlog
      files,waiting_s
      0,
      @roles
      role,superuser,valid_until_s
      postgres,t,
      lemmy,f,
      @indexes1
      database,invalid,example
      lemmy,0,
      @unvacuumed1
      database,tables,example
      lemmy,0,
      @workers
      busy,youngest_s
      0,
      @notifications
      used,of
      0,1
      @timeline
      system,timeline
      7300000000000000001,1
      @tablespaces
      name,inside
      """;

  private static final String HBA =
      """
      === 5432
      @rules
      line,file,type,databases,users,address,netmask,method,error
      118,,local,"[""all""]","[""postgres""]",,,peer,
      130,,host,"[""lemmy""]","[""lemmy""]",10.77.0.0,255.255.255.0,scram-sha-256,
      @memberships
      member,role
      """;

  private Services() {}

  /// A PostgreSQL whose configuration file says `synchronous_commit`.
  ///
  /// @param clients that hold five sessions each
  /// @param requests each of 20 statements, one of them an insert, within the window
  static void postgres(
      RecordedHost host, String synchronousCommit, List<RecordedHost> clients, int requests) {
    postgres(host, synchronousCommit, clients, requests, 0);
  }

  /// The same, with clients that ask on after a while.
  ///
  /// @param gapMs from one statement's end to the next one's beginning
  static void postgres(
      RecordedHost host,
      String synchronousCommit,
      List<RecordedHost> clients,
      int requests,
      double gapMs) {
    host.listens(5432, "postgres")
        .disks(requests)
        .answers(
            PostgresSettings.PROBE,
            """
            === 5432
            @settings
            name,setting,source,sourcefile,sourceline,pending_restart
            archive_mode,off,default,,,f
            autovacuum,on,default,,,f
            autovacuum_freeze_max_age,200000000,default,,,f
            autovacuum_max_workers,3,default,,,f
            autovacuum_multixact_freeze_max_age,400000000,default,,,f
            block_size,8192,default,,,f
            checkpoint_timeout,300,default,,,f
            client_connection_check_interval,10000,configuration file,/etc/postgresql/17/main/postgresql.conf,92,f
            commit_delay,0,default,,,f
            commit_siblings,5,default,,,f
            compute_query_id,auto,default,,,f
            data_checksums,on,default,,,f
            effective_cache_size,524288,default,,,f
            enable_nestloop,on,default,,,f
            fsync,on,default,,,f
            full_page_writes,on,default,,,f
            geqo,on,default,,,f
            huge_pages,try,default,,,f
            huge_pages_status,off,default,,,f
            idle_in_transaction_session_timeout,300000,configuration file,/etc/postgresql/17/main/postgresql.conf,721,f
            ignore_checksum_failure,off,default,,,f
            ignore_system_indexes,off,default,,,f
            jit,off,configuration file,/etc/postgresql/17/main/postgresql.conf,430,f
            jit_above_cost,100000,default,,,f
            listen_addresses,10.77.0.21,configuration file,/etc/postgresql/17/main/postgresql.conf,60,f
            log_autovacuum_min_duration,600000,default,,,f
            log_checkpoints,on,default,,,f
            log_connections,on,configuration file,/etc/postgresql/17/main/postgresql.conf,561,f
            log_lock_waits,on,configuration file,/etc/postgresql/17/main/postgresql.conf,575,f
            log_statement_stats,off,default,,,f
            max_connections,100,configuration file,/etc/postgresql/17/main/postgresql.conf,65,f
            max_wal_size,1024,configuration file,/etc/postgresql/17/main/postgresql.conf,246,f
            password_encryption,scram-sha-256,default,,,f
            port,5432,default,,,f
            post_auth_delay,0,default,,,f
            pre_auth_delay,0,default,,,f
            random_page_cost,1.1,configuration file,/etc/postgresql/17/main/postgresql.conf,412,f
            reserved_connections,0,default,,,f
            seq_page_cost,1,default,,,f
            server_version,17.6 (Debian 17.6-1.pgdg12+1),default,,,f
            server_version_num,170006,default,,,f
            shared_buffers,262144,configuration file,/etc/postgresql/17/main/postgresql.conf,127,f
            shared_preload_libraries,pg_stat_statements,configuration file,/etc/postgresql/17/main/postgresql.conf,755,f
            ssl,on,configuration file,/etc/postgresql/17/main/postgresql.conf,105,f
            statement_timeout,0,default,,,f
            superuser_reserved_connections,3,default,,,f
            synchronous_commit,%s,configuration file,/etc/postgresql/17/main/postgresql.conf,203,f
            synchronous_standby_names,,default,,,f
            track_counts,on,default,,,f
            track_io_timing,on,configuration file,/etc/postgresql/17/main/postgresql.conf,648,f
            wal_level,replica,default,,,f
            wal_sync_method,fdatasync,default,,,f
            wal_writer_delay,200,default,,,f
            work_mem,4096,default,,,f
            zero_damaged_pages,off,default,,,f
            @overrides
            database,role,name,value
            @device
            device,mount
            /dev/vda1,/
            """
                .formatted(synchronousCommit))
        .answers(PostgresHealth.PROBE, HEALTH)
        .answers(PostgresHba.PROBE, HBA)
        .answers(
            PostgresActivity.PROBE,
            activity(clients, 100_000, 400_000, 2_000, 9_000),
            activity(
                clients,
                100_000 + requests,
                400_000 + 20 * requests,
                2_000 + requests * 1.2,
                9_000 + requests * 19 * gapMs));
  }

  private static String activity(
      List<RecordedHost> clients, int commits, int calls, double activeMs, double idleMs) {
    StringBuilder sessions = new StringBuilder();
    clients.forEach(
        client -> sessions.append("%s,lemmy,lemmy,idle,Client,t,5\n".formatted(client.address)));
    return """
    === 5432
    @sessions
    client,role,database,state,waits_for,encrypted,sessions
    %s@databases
    name,commits,rollbacks,rows_written,active_ms,idle_in_transaction_ms
    lemmy,%d,3,%d,%s,%s
    @standbys
    name,client,state,sync_state
    @wal
    syncs,sync_ms
    500,0
    @statements
    calls,execution_ms
    %d,%s
    """
        .formatted(sessions, commits, commits, activeMs, idleMs, calls, activeMs);
  }

  /// One backend of a load balancer.
  ///
  /// @param requests that it was sent within the window
  /// @param responseMs their mean time
  record Server(RecordedHost host, int requests, int responseMs) {}

  static void haproxy(RecordedHost host, List<Server> servers) {
    host.listens(80, "haproxy").answers(HaProxy.PROBE, stats(servers, false), stats(servers, true));
  }

  private static String stats(List<Server> servers, boolean after) {
    StringBuilder rows = new StringBuilder();
    for (Server server : servers) {
      rows.append(
          "lemmy,%s,%d,UP,%s:8536,2,0,0,0,%d,0,0,http\n"
              .formatted(
                  server.host().name,
                  1000 + (after ? server.requests() : 0),
                  server.host().address,
                  server.responseMs()));
    }
    return """
    Name: HAProxy
    Version: 2.6.12
    CurrConns: 3
    Maxconn: 40000
    Idle_pct: 99
    DroppedLogs: 0
    Tainted: 0

    # pxname,svname,stot,status,addr,type,qcur,qtime,ctime,rtime,econ,wretr,mode
    lemmy,FRONTEND,1000,OPEN,,0,,,,,,,http
    %s
    """
        .formatted(rows.toString().stripTrailing());
  }
}
