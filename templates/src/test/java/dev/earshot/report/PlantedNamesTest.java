package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.anonymity.Pseudonyms;
import dev.earshot.check.Fleet;
import dev.earshot.check.Origin;
import dev.earshot.check.Policy;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Waiver;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HaProxyConfiguration;
import dev.earshot.evidence.HaProxyLog;
import dev.earshot.evidence.LemmyNode;
import dev.earshot.evidence.PgBouncer;
import dev.earshot.evidence.Place;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresTables;
import dev.earshot.evidence.Remote;
import dev.earshot.evidence.ServiceName;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.topology.DeclaredTopology;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A name is planted in every place where evidence can hold one, and looked for in all that comes
/// out.
class PlantedNamesTest {

  private static final Pattern PLANTED =
      Pattern.compile("(?i).{0,60}(?:zyx|10[.-]77[.-]0[.-]|2a01:4f8).{0,60}");

  private static final String SETTINGS =
      """
      === 5432
      @settings
      name,setting,source,sourcefile,sourceline,pending_restart
      cluster_name,17/zyxcluster,configuration file,/etc/postgresql/17/main/postgresql.conf,60,f
      fsync,off,default,,,f
      max_connections,100,configuration file,/etc/postgresql/17/main/postgresql.conf,65,f
      primary_slot_name,zyx_slot_a,configuration file,/etc/postgresql/17/main/postgresql.conf,66,f
      server_version_num,170006,default,,,f
      shared_buffers,262144,default,,,f
      synchronous_commit,on,default,,,f
      synchronous_standby_names,"ANY 1 (zyxsync1, ""zyx sync2"")",default,,,f
      zyxext.tenant,on,default,,,f
      @overrides
      database,role,name,value
      zyxdata,zyxapp,search_path,"zyxschema, public"
      ,zyxowner,synchronous_commit,off
      @device
      device,mount
      /dev/vda1,/
      """;

  private static final String HEALTH =
      """
      === 5432
      @server
      version,in_recovery,sees_sessions,receivers,replayed_s
      170006,f,t,0,
      @transactions
      role,database,state,open_s,state_s
      zyxopen,zyxdata2,idle in transaction,90000,80000
      @blocked
      role,database,lock,waiting_s,blocker,blocker_state
      zyxblocked,zyxdata3,relation,4000,zyxblocker,idle in transaction
      @prepared
      role,database,age_s
      zyxprepared,zyxdata4,90000
      @ages
      database,transactions,multixacts
      zyxdata5,2000000000,1204
      @counters
      database,deadlocks,temp_files,temp_bytes,conflicts,checksum_failures,blks_hit,blks_read,sessions,abandoned,fatal,killed,counting_s
      zyxdata6,30000,410000,1291845632000,0,7,812004,20311097,812,400,300,50,1893456
      @slots
      name,type,active,wal_status,synced,retained_bytes
      zyx_slot_b,physical,f,extended,f,99999999999
      @archiver
      archived,failed,archived_ago_s,failed_ago_s
      0,0,,
      @checkpoints
      timed,requested,counting_s
      6130,12,1893456
      @standbys
      name,client,state,write_s,flush_s,replay_s,behind_bytes
      zyxstandby,10.77.0.99,streaming,1,1,4000,99999999999
      @collations
      database,recorded,actual
      zyxdata7,2.31,2.36
      @mistakes
      file,line,setting,error
      /etc/postgresql/17/main/postgresql.conf,12,zyxext2.mode,"no role ""zyxrole"" for zyx.person@mail.zyxcorp.com"
      @indexes1
      database,invalid,example
      zyxdata8,1,zyxschema2.zyx_index
      """;

  private static final String TABLES =
      """
      === 5432
      @server
      in_recovery,databases
      f,12
      @database1
      database,counting_s,hidden_sequences,unestimated
      zyxdata9,1893456,2,3
      @bloat1
      index,schema,name,bytes,wasted
      t,zyxschema3,"zyx,bloated",209715200000,204857600000
      f,public,zyx_wasted,209715200000,204857600000
      @unused1
      schema,name,table,bytes
      public,zyx_unused,zyx_table,209715200000
      @redundant1
      schema,name,covering,bytes
      public,zyx_less,zyx_more,209715200000
      @unindexed1
      schema,name,constraint,columns,referenced,bytes,deleted
      public,zyx_child,zyx_fkey,"[""zyx_column"", ""zyx \\""odd""]",zyx_parent,209715200000,70000
      @scanned1
      schema,name,bytes,rows,read
      public,zyx_scanned,209715200000,1000000,900000000000
      @stale1
      schema,name,live,dead,modified,vacuumed,analyzed
      public,zyx_stale,1000000,900000000,900000000,f,f
      @sequences1
      schema,name,used_percent,remaining,owner
      public,zyx_seq,99,1000,\"""zyx Owner"".zyx_id (integer)"
      """;

  private static final String HBA =
      """
      === 5432
      @rules
      line,file,type,databases,users,address,netmask,method,error
      118,,local,"[""all""]","[""postgres""]",,,peer,
      130,,host,"[""zyxdata10""]","[""+zyxgroup""]",.zyxcorp.com,,trust,
      131,,host,"[""all""]","[""zyx'odd, role""]",10.77.0.0,255.255.255.0,trust,
      132,,,,,,,,"could not translate host name ""zyxhost.zyxcorp.com"" in file"
      @memberships
      member,role
      zyxmember,zyxgroup2
      """;

  private static final String ACTIVITY =
      """
      === 5432
      @sessions
      client,role,database,state,waits_for,sessions
      10.77.0.31,zyxapp,zyxdata,idle,Client,5
      @databases
      name,commits,rollbacks,rows_written,active_ms,idle_in_transaction_ms
      zyxdata,1000,3,1000,1000,1000
      @standbys
      name,client,state,sync_state
      zyxstandby2,10.77.0.98,streaming,async
      @wal
      syncs,sync_ms
      500,0
      """;

  private static final String CONTAINERS =
      """
      clock 1795698982
      engine docker
      name "/zyxcontainer"
      image "postgres:15"
      image-id "sha256:1111111111111111111111111111111111111111111111111111111111111111"
      created "2026-01-10T12:00:00.123456789Z"
      state "restarting"
      started "2026-11-26T12:00:00.5Z"
      exit-code 137
      oom-killed true
      restarts 7
      restart-policy "always"
      memory 0
      nano-cpus 0
      cpu-quota 0
      cpu-period 0
      port "5432/tcp" [{"HostIp":"0.0.0.0","HostPort":"5432"}]
      network "zyxproject_default"
      project "zyxproject"
      service "zyxservice"
      file "/srv/lemmy/docker-compose.yml"
      end
      """;

  private static final String PROXY =
      """
      Name: HAProxy
      Version: 2.6.12
      CurrConns: 3
      Maxconn: 40000
      Idle_pct: 99
      DroppedLogs: 3
      Tainted: 0x20

      # pxname,svname,stot,status,addr,type,qcur,qtime,ctime,rtime,econ,wretr,mode
      zyxfront,FRONTEND,1000,OPEN,,0,,,,,,,http
      zyxback,BACKEND,1000,UP,,1,,,,,,,http
      zyxback,zyxserver,1000,DOWN,10.77.0.31:8536,2,0,0,0,5,0,0,http
      """;

  private static final String NODE =
      """
      node 172.18.0.3:8536
      pool 50 read
      links {"links":[{"rel":"x","href":"https://zyx.zyxcorp.com/nodeinfo/2.1"}]}
      body {"version":"2.1","software":{"name":"lemmy","version":"0.19.3"}}
      """;

  private static final String POOLER =
      """
      === 6432 docker zyxpooler postgres 6432 pgbouncer run
      @pools
      database,user,cl_active,cl_waiting,sv_active,sv_idle,sv_used,sv_tested,sv_login,maxwait,maxwait_us,pool_mode
      zyxpool,zyxpoolrole,1,0,1,0,0,0,0,0,0,session
      @databases
      name,host,port,database,force_user,pool_size,reserve_pool,pool_mode,max_connections,current_connections,paused,disabled
      zyxpool,10.77.0.21,5432,zyxpool,,20,0,,0,1,0,0
      @config
      key,value,default,changeable
      auth_type,hba,md5,yes
      auth_hba_file,/etc/pgbouncer/rules.conf,,yes
      @clients
      user,database,addr
      zyxclient,zyxpool,10.77.0.31
      @rules
      line,text
      3,host zyxruled zyxrulerole 10.77.0.31/32 md5
      0,read
      """;

  private static FleetRecording planted() {
    RecordedHost database = host("zyxdb1.eu.zyxcorp.com", "10.77.0.21", 1);
    RecordedHost balancer = host("zyxlb1", "zyxlb1.zyxcorp.com", 2);
    RecordedHost backend = host("ip-10-77-0-31", "10.77.0.31", 3);
    RecordedHost gone = host("zyxgone", "2a01:4f8:1:2::3", 4);
    database
        .answers(PostgresSettings.PROBE, SETTINGS)
        .answers(PostgresHealth.PROBE, HEALTH)
        .answers(PostgresTables.PROBE, TABLES)
        .answers(PostgresHba.PROBE, HBA)
        .answers(PostgresActivity.PROBE, ACTIVITY, ACTIVITY)
        .answers(Containers.PROBE, CONTAINERS)
        .listens(5432, "postgres");
    balancer
        .answers(HaProxy.PROBE, PROXY, PROXY)
        .answers(PgBouncer.PROBE, POOLER, POOLER)
        .answers(
            HaProxyConfiguration.PROBE,
            "=== /etc/haproxy/haproxy.cfg\nfrontend zyxfront2\nbind :80\ndefault_backend zyxbehind\nbackend zyxbehind\nserver zyxserver3 zyxinner.zyxcorp.com:8536\nserver zyxserver4 10.77.0.31:8537\nwhole\n")
        .answers(HaProxyLog.PROBE, "log\nserver zyxlogged/zyxserver2 12 0 0 1 2 4 5\nend SH 200\n")
        .answers(
            ServiceName.PROBE,
            ServiceName.text(
                List.of(
                    new ServiceName(
                        "lemmy.zyxcorp.com",
                        List.of(
                            new ServiceName.Entry(
                                "lemmy.zyxcorp.com",
                                Duration.ofHours(1),
                                ServiceName.Type.CNAME,
                                "zyxedge.zyxcdn.net"),
                            new ServiceName.Entry(
                                "zyxedge.zyxcdn.net",
                                Duration.ofHours(1),
                                ServiceName.Type.A,
                                "10.77.0.11")),
                        Optional.of("ns1.zyxdns.org"),
                        Optional.of("AAAA: no answer from ns2.zyxdns.org")))))
        .listens(80, "haproxy");
    backend
        .answers(LemmyNode.PROBE, NODE)
        .refuses(
            PostgresSettings.PROBE,
            "psql: FATAL: role \"zyxlogin\" does not exist; sudo: user zyxsudo is not allowed; connection to server at \"2a01:4f8::5:43210\", from lemmy_10.77.0.31, ip-10-77-0-31, at:2a01:4f8::7")
        .listens(8536, "lemmy_server");
    RecordedHost.talk(backend, database, 5432, 40_001, 25, 100);
    return new FleetRecording(
        Instant.parse("2024-02-01T10:00:00Z"),
        Duration.ofSeconds(10),
        "0.1.0",
        Depth.DEEP,
        List.of(
            database.recording(),
            balancer.recording(),
            backend.recording(),
            gone.unreachable(
                "zyxuser@zyxgone: permission denied (key /home/zyxhome/.ssh/id); ask zyxboss@zyxmail.org")),
        List.of(
            new Remote(
                "zyxremote.org",
                "zyx.zyxcorp.com",
                new Evidence.Uncollected<>("zyxremote.org did not answer"),
                new Evidence.Uncollected<>("zyxremote.org did not answer"))));
  }

  private static RecordedHost host(String name, String address, int line) {
    return new RecordedHost(
        name,
        address,
        line,
        Optional.of(
            new Place(
                Place.Source.DECLARED, Optional.of("ovh"), Optional.of("gra"), Optional.empty())),
        "servers");
  }

  private static Policy policy() {
    Origin origin = new Origin("zyxcorp.yml", 3);
    return new Policy(
        DeclaredTopology.NONE,
        Thresholds.USUAL,
        List.of(
            new Waiver(
                "postgres.crash-safety for zyxdb1.eu.zyxcorp.com",
                "postgres.crash-safety",
                new Waiver.Scope(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                "Zyxel boxes are slow",
                "zyxops@zyxcorp.com",
                LocalDate.parse("2024-02-05"),
                origin)),
        List.of(),
        List.of(
            new Policy.Note(
                "zyxlb1: declared load-balancer", Optional.of("zyx wants it"), origin)));
  }

  @Test
  void noneComesOut() throws IOException {
    FleetRecording recording = planted();
    FleetEvidence evidence = FleetEvidence.of(recording, Optional.empty());
    assertThat(evidence.troubles())
        .as("all of it was read")
        .extracting(trouble -> trouble.reason())
        .noneMatch(reason -> reason.contains("not understood"));
    Pseudonyms names = Pseudonyms.of(List.of(recording));
    FleetRecording other = names.of(recording);
    AuditReport report = report(other, names.of(policy()));

    assertThat(PLANTED.matcher(recording.toString()).results().count()).isGreaterThan(70);
    assertNone("the saved file", other.toString());
    for (ReportFormat format : ReportFormat.values()) {
      StringBuilder out = new StringBuilder();
      format.render(report, new RenderOptions(false, 200, true), out);
      assertNone(format.label(), out.toString());
    }
    AuditReport real = report(recording, policy());
    assertThat(report.summary()).isEqualTo(real.summary());
    assertThat(real.findings().stream().filter(finding -> finding.failed()).count())
        .isGreaterThan(15);
  }

  private static void assertNone(String where, String text) {
    assertThat(PLANTED.matcher(text).results().map(found -> found.group()).distinct().toList())
        .as(where)
        .isEmpty();
  }

  /// Names that are words of PostgreSQL's, or parts of them, change no verdict.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fsync",
        "trust",
        "shared",
        "on",
        "off",
        "sync",
        "commit",
        "t,",
        "f",
        "buffers",
        "max",
        "default",
        "idle",
        "reject",
        "md5",
        "scram",
        "replica",
        "streaming",
        "physical",
        "peer",
        "all\", \"postgres",
        "8192",
        "kB",
        "configuration",
        "file",
        "running",
        "UP",
        "http",
        "postgresql.conf",
        "5432,\n",
        "name",
        "setting",
        "s",
        "extended",
        "relation",
        "data"
      })
  void wordsThatParsersNeedStay(String word) {
    RecordedHost database = host("db1", "10.77.0.21", 1);
    String csv = "\"" + word.replace("\"", "\"\"") + "\"";
    database
        .answers(
            PostgresSettings.PROBE,
            SETTINGS.replace(",zyxowner,", ",%s,".formatted(csv)).replace("zyxdata,", csv + ","))
        .answers(PostgresHealth.PROBE, HEALTH.replace("zyxopen", csv).replace("zyxdata6", csv))
        .answers(PostgresHba.PROBE, HBA)
        .answers(
            PostgresActivity.PROBE,
            ACTIVITY.replace("zyxapp", csv),
            ACTIVITY.replace("zyxapp", csv))
        .answers(
            Containers.PROBE, CONTAINERS.replace("zyxproject_default", word.replaceAll("\\W", "")))
        .listens(5432, "postgres");
    FleetRecording recording =
        new FleetRecording(
            Instant.parse("2024-02-01T10:00:00Z"),
            Duration.ofSeconds(10),
            "0.1.0",
            List.of(database.recording()));

    AuditReport real = report(recording, Policy.NONE);
    AuditReport other = report(Pseudonyms.of(List.of(recording)).of(recording), Policy.NONE);

    assertThat(verdicts(other)).isEqualTo(verdicts(real));
  }

  private static List<String> verdicts(AuditReport report) {
    return report.findings().stream()
        .map(finding -> finding.check() + " " + finding.verdict() + " " + finding.severity())
        .sorted()
        .toList();
  }

  private static AuditReport report(FleetRecording recording, Policy policy) {
    FleetEvidence evidence = FleetEvidence.of(recording, Optional.empty());
    return ReportAssembly.assemble(Fleet.of(evidence, policy), Optional.empty(), "0.1.0");
  }
}
