package dev.earshot.report;

import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresSettings;
import java.util.List;

/// What the fleet's servers answer to their probes.
final class Services {

  private Services() {}

  /// A PostgreSQL whose configuration file says `synchronous_commit`.
  ///
  /// @param clients that hold five sessions each
  /// @param requests each of 20 statements, one of them an insert, within the window
  static void postgres(
      RecordedHost host, String synchronousCommit, List<RecordedHost> clients, int requests) {
    host.listens(5432, "postgres")
        .disks(requests)
        .answers(
            PostgresSettings.PROBE,
            """
            === 5432
            @settings
            name,setting,source,sourcefile,sourceline,pending_restart
            autovacuum,on,default,,,f
            data_checksums,on,default,,,f
            block_size,8192,default,,,f
            fsync,on,default,,,f
            full_page_writes,on,default,,,f
            ignore_checksum_failure,off,default,,,f
            ignore_system_indexes,off,default,,,f
            max_connections,100,configuration file,/etc/postgresql/17/main/postgresql.conf,65,f
            password_encryption,scram-sha-256,default,,,f
            port,5432,default,,,f
            reserved_connections,0,default,,,f
            server_version_num,170006,default,,,f
            shared_buffers,262144,configuration file,/etc/postgresql/17/main/postgresql.conf,127,f
            superuser_reserved_connections,3,default,,,f
            synchronous_commit,%s,configuration file,/etc/postgresql/17/main/postgresql.conf,203,f
            synchronous_standby_names,,default,,,f
            track_counts,on,default,,,f
            wal_writer_delay,200,default,,,f
            zero_damaged_pages,off,default,,,f
            @overrides
            database,role,name,value
            @device
            device,mount
            /dev/vda1,/
            """
                .formatted(synchronousCommit))
        .answers(
            PostgresActivity.PROBE,
            activity(clients, 100_000, 400_000, 2_000),
            activity(clients, 100_000 + requests, 400_000 + 20 * requests, 2_000 + requests * 1.2));
  }

  private static String activity(
      List<RecordedHost> clients, int commits, int calls, double activeMs) {
    StringBuilder sessions = new StringBuilder();
    clients.forEach(
        client -> sessions.append("%s,lemmy,lemmy,idle,Client,5\n".formatted(client.address)));
    return """
    === 5432
    @sessions
    client,role,database,state,waits_for,sessions
    %s@databases
    name,commits,rollbacks,rows_written,active_ms,idle_in_transaction_ms
    lemmy,%d,3,%d,%s,0
    @standbys
    name,client,state,sync_state
    @wal
    syncs,sync_ms
    500,0
    @statements
    calls,execution_ms
    %d,%s
    """
        .formatted(sessions, commits, commits, activeMs, calls, activeMs);
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

    # pxname,svname,stot,status,addr,type,qcur,qtime,ctime,rtime,econ,wretr,mode
    lemmy,FRONTEND,1000,OPEN,,0,,,,,,,http
    %s
    """
        .formatted(rows.toString().stripTrailing());
  }
}
