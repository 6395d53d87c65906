package dev.earshot.anonymity;

/// The constants of parsers and checks, in lower case: names of settings, states, methods. Written
/// by their test, with `-Dgolden.update=true`.
final class ParserWords {

  static final String TEXT =
      """
      --disable-activity-sending --disable-http-server --disable-scheduled-tasks -1 -exporter
      -x -xat .if .zstack.io /data /dev/loop /dev/sr /etc/pgbouncer/pgbouncer.ini /home /opt
      /proc /proc/ /proc/diskstats /proc/meminfo /proc/pressure/io /proc/pressure/memory
      /proc/stat /proc/vmstat /srv /tmp /usr/lib/ /var 0.0.0.0: 00z 01t00 0x 10s
      1980-01-01t00:00:00z 1xx 2200-01-01t00:00:00z 2xx 30min 3ds 3xx 4xx 5min 5xx
      7783-7084-3265-9085-8269-3286-77 9a :: ::1 ::ffff: _at _export _exporter aaaa abandoned
      aborted about above abrt acceptable access act action active active_ms activeopens
      activities activity actual addr address addresses admin after again age age_s agent
      agent2 agentd ages aggregate ago agree ahead akamai alibaba alicloud alike aliyun all
      allocator allow allow_system_table_mods alpha always amazon amount an analyze analyzed
      and ansible ansible_check_mode any ap ap-southeast apache2 apart app application apps
      appservers archive archive_mode archived archived_ago_s archivefailures archiver
      archivewaitingseconds arrival as asked asset asymmetry at at_ms audits auth
      auth_hba_file auth_type auto auto_explain auto_explain.log_analyze
      auto_explain.log_min_duration auto_explain.log_timing auto_explain.sample_rate
      autovacuum autovacuum_freeze_max_age autovacuum_max_workers
      autovacuum_multixact_freeze_max_age autovacuum_vacuum_cost_limit autovacuumworkersbusy
      availability availability_zone available awk aws az azure backend backends backlog
      backup balancer balancer-network bck because before begin behind behind_bytes beta bin
      bind binet6 bios bios_vendor blks blks_hit blks_read bloat block block_size blocked
      blocker blocker_state bookworm both bpid brightbox bseq btime buffers bug busy but by
      by_file by_line bypid bytes cache cachehitspercent caches cacheservers caddy calls came
      canary case cassandra cat catalog catchup cause cc cd ceiling central cert certificate
      cf change changed changed_when chassis chassis_asset_tag check check_status checking
      checkpoint checkpoint_completion_target checkpoint_timeout checkpointer checkpoints
      checkpointsrequestedpercent checkpointtimeoutseconds checksum checksum_failures
      checksumfailures checksums chk choose chosen churn cl cl_active cl_waiting class cleared
      cli cli_abrt client client_connection_check_interval clientgapms clients
      clientsusedpercent clientswaiting clock clockaheadseconds clocks clockuncertaintyseconds
      closed cloud cloud-init cloud_init cloud_name cloudstack clsmnnpx cname cntrl
      cockroachdb code collations colocate colocate-backend colocate-cache colocation
      colocation.app-cache colocation.app-database colocation.app-pict-rs
      colocation.declared-place colocation.place-sources column columns com comm command
      commit commit_delay commit_siblings commits completion compose compute compute_query_id
      conf conffile config configuration conflicts conflictsperday conmon conn connect
      connection connections connectionsusedpercent connectmeanms conninfo consistency
      constraint contabo container container.database-ports container.image-tag
      container.memory-limit container.shared-memory container.stability container: containerd
      containerd-shim containerrestarts containers containers.list containers.sockets continue
      cost costs couchdb count counters counting counting_s counts covering cpu cpu-period
      cpu-quota cpu_busy cpubusypercent cpuperiod cpuquota cpus crash created critical cs
      ctime ctime_max currconns custom custom. cut daemon damaged data data_checksums
      data_directory data_segs_in data_segs_out database databases datacenter datallowconn
      datdba datname day db dbs dbservers dc dead deadlocks deadlocksperday debian debug
      debug_discard_caches debug_parallel_query debug_print_parse debug_print_plan
      debug_print_rewritten declared deep default default_backend default_pool_size delay
      deleted denied desc detour dev devel develop developer development device devtmpfs
      digest digital digitalocean directory disable disabled discard disk disk_busy
      diskbusypercent disklatencyms diskreadms disks diskstats dist distance dmi dns dns.names
      dns.service-name do docker docker-compose docker-compose-plugin dockerd domain done down
      drain draining dropped droppedlogs ds duration dynamic dynamic_shared_memory_type e24
      e24cloud earshot east ec2 echo echo_lost econ edge effective effective_cache_size
      efivarfs egg elasticsearch elif else elsewhere empty enable enable_
      enable_partitionwise_aggregate enable_partitionwise_join encrypted encryption end ended
      ends engine engines ereq eresp error error: errors errorspercent esac estab etc eu
      eu-central every evictions evidence example exec execution execution_ms executor exit
      exit-code exited exoscale experimental experimental_action experimental_configuration
      expert expiry explain export exporter extension fa fail failed failed_ago_s
      failedpercent failing failsafe failure failures false far far_apart far_behind faster
      faster-database fatal fatal: fdatasync fe80 fe80: features federate federated
      federated_instances federation federation_queue_state feedback ffff fi fieldsep file
      files files_of filesystemfreepercent filesystems filter firmware fleet floating
      floating-address flush flush_s follows footer for force force_parallel_mode foreign
      forgotten format fping free freeze from frontend fsync full full_page_writes function
      gap gather gb gce gcp generic geqo get gib given given_up givenuppercent go good google
      grafana grep group grow grows gss gsub guard guessed half haproxy haproxy.configuration
      haproxy.connect-time haproxy.errors haproxy.log haproxy.process haproxy.response-time
      haproxy.servers-up haproxy.session-limits haproxy.stats haproxy.terminations hardly
      hardly_any has hba hba_file hcloud he head health healthcheck here hetzner hidden
      hidden_sequences high hit hits hold holds home horizon host hostip hostnogssenc
      hostnossl hostport hosts hostssl hot hot_standby_feedback how href hrsp hrsp_1xx
      hrsp_2xx hrsp_3xx hrsp_4xx hrsp_5xx hrsp_other http https huawei huaweicloud huge
      huge_pages huge_pages_status hugepages hugepagesize hypervisor ibm icinga icmp id idle
      idle_in_transaction_ms idle_in_transaction_session_timeout idle_pct idle_session_timeout
      idleintransactionseconds ids idsusedpercent if ifconfig ifs ignore
      ignore_checksum_failure ignore_system_indexes image image-id in in_hot_standby
      in_recovery index indexes info ini init inodes inodesfreepercent inside install
      installed instance instances interactive interval invalid invalidindexes inventory io
      ionos iowaitpercent ip ipc iproute2 ipv is it items its jit jit_above_cost jitter join
      journal json kb keep kernel key keydb keydb-server kib kill killed kimsufi kind known
      kubepods lab lag lagging larger larger-pool last last_chk lastchg lastrcv lastsnd late
      latency latency.asymmetry latency.client-gap latency.detour latency.jitter latency.loss
      latency.measured latency.methods-agree latency.serial-ceiling latest lb lbs ld ldap
      leaseweb left left-out left_out lemmy lemmy.database lemmy.database-certificate
      lemmy.federation-queue lemmy.nodeinfo lemmy.pool lemmy.processes lemmy.remote-queue
      lemmy.request-time lemmy.schema lemmy.version lemmy_server lemmy_version lemmyversion
      length level lib libpod libraries limit limits line linode linux list listen
      listen_addresses listeners lists little live load load-balancer load_balancer loadavg
      loadbalancer loadbalancers local localhost location lock lock_timeout locks
      lockwaitseconds log log_autovacuum_min_duration log_checkpoints log_connections
      log_executor_stats log_lock_waits log_parser_stats log_planner_stats log_statement_stats
      logged logging login logsdropped long longest loop loss lossratio lost low ls lua
      lua_shared_stuck lua_stuck machine machine.clocks-agree machine.container-readiness
      machine.cpu machine.disk-latency machine.disk-space machine.disks machine.dmi
      machine.filesystems machine.memory machine.os machine.pressure machine.processes
      machine.readiness machine.saturation machine.time-sync main maint maintenance many
      mariadbd master max max_client_conn max_connections max_locks_per_transaction
      max_parallel_workers max_parallel_workers_per_gather max_prepared_transactions
      max_slot_wal_keep_size max_wal_senders max_wal_size max_worker_processes maxconn
      maxconnreached maxwait maxwait_us may may_hold_secret mb md5 measurable measured
      medianms medium mem memavailable member memberships memcached meminfo memory
      memory_available memory_stuck memoryavailablepercent memtotal messages meta metadata
      method methods metrics mib microsoft migration min minimal minor minrtt mistakes mode
      modified mods mongodb monitor monitoring monitors most most_names mounted mounts move ms
      msft much multixact multixacts munin munin-node mysql mysqld nagios name names
      namespaces nano nano-cpus nanocpus near nearly nearly_all nearly_dropped net netcup
      netdata netmask network network.addresses network.listeners network.pings
      network.sockets network.tunnels never nf nginx nginx.timings nginx.timings-logged
      nightly no no-go no_go nobody node node-exporter node_exporter nodeinfo nolb none not
      notapplicable nothing notification notificationqueuepercent notifications nova nr nrpe
      null num numbackends number observability ocean oci of of_database of_docker
      of_extension of_old_podman of_podman of_root of_that_name off old oldest oldest_ms
      oldestunsentminutes on on-failure once online only oom oom-killed open open_s opened
      openstack opentelekom opentelekomcloud opt options or oracle oraclecloud oraclecloud.com
      order origin os otc other out outscale overcommit overlay overloaded override overrides
      ovh ovhcloud own owner p95ms package packets page pages pagesswappedinpersecond
      pagetablebytespersession pam panic parallel parent parse parser part partitionwise pass
      passphrase passw password password_encryption paused pct peer peers pending
      pending_restart per percent perhaps period persecond pg pg_class pg_constraint
      pg_database pg_hba.conf pg_index pg_locks pg_ls_archive_statusdir pg_monitor
      pg_notification_queue_usage pg_replication_slots pg_sequence pg_settings
      pg_stat_activity pg_stat_archiver pg_stat_checkpointer pg_stat_database
      pg_stat_replication pg_stat_statements pg_stat_user_indexes pg_stat_user_tables
      pgautoupgrade pgbouncer pgbouncer.pools pghero pib pict pict-rs pictrs pid ping pings
      place place.cloud-init place.metadata plan plan.arrival plan.clock plan.commit-wait
      plan.containers plan.database-access plan.database-server plan.distance plan.dns
      plan.evidence plan.other-work plan.platform plan.ports plan.reach plan.reached-time
      plan.request-time plan.resources planner platform plugin podman policy pool pool_mode
      pool_size poolbusypercent poolconnections pools poor port ports posix post
      post_auth_delay postgres postgres.activity postgres.application-roles postgres.archiver
      postgres.auto-explain postgres.autovacuum postgres.autovacuum-workers postgres.bloat
      postgres.cache-hits postgres.checkpoints postgres.checksum-failures
      postgres.client-check postgres.collations postgres.connection-churn postgres.connections
      postgres.crash-safety postgres.data-checksums postgres.deadlocks
      postgres.developer-options postgres.encryption postgres.foreign-key-indexes postgres.hba
      postgres.hba-rules postgres.health postgres.huge-pages postgres.idle-in-transaction
      postgres.invalid-indexes postgres.jit postgres.lock-waits postgres.logging
      postgres.long-transactions postgres.minor-version postgres.notification-queue
      postgres.overcommit postgres.password-encryption postgres.pending-restart
      postgres.planner-costs postgres.planner-features postgres.query-statistics
      postgres.redundant-indexes postgres.remote-sync-standby postgres.replication-slots
      postgres.role-expiry postgres.role-overrides postgres.sequences
      postgres.sequential-scans postgres.session-ends postgres.settings
      postgres.settings-alike postgres.settings-files postgres.settings-sources
      postgres.shared-buffers postgres.standby-conflicts postgres.standby-lag
      postgres.statement-timeouts postgres.supported-version postgres.sync-standby-present
      postgres.synchronous-commit postgres.table-autovacuum postgres.table-maintenance
      postgres.tables postgres.tablespaces postgres.temp-files postgres.timelines
      postgres.unused-indexes postgres.vacuum-horizon postgres.wal-flush postgres.wal-level
      postgres.wal-sync postgres.work-mem postgres.wraparound postgresql postgresql.auto.conf
      postmaster pre pre_auth_delay predicted preload prepared prerelease present pressure
      pretty pretty_name preview primary print printed printf proc process processes
      processors product product_name project prometheus prometheus- prometheus-node proxies
      proxy pset psql pswp pxname py python3 python3-requests pyyaml qch qcloud qcur qmax
      qtime queries query queue queuemeanms quorum quota quoted rackspace radius ram random
      random_page_cost rate rc reach reached read readiness real reason received receivers
      recorded recovery recovery_target_timeline recv recv-q redefined redis redis-server
      redisservers redundant redundantindexbytes referenced refusals refused region region-id
      reject release reload remaining remote remotebehindminutes replay replay_s replayed
      replayed_s replica replication req req_tot request requested requestms requests
      requestsqueued reserve reserve_pool reserve_pool_size reserved reserved_connections
      resolution resolver resources response responsemedianms responsep99ms rest restart
      restart-policy restarting restarts retained retained_bytes retrans retransmitted
      retransmittedratio retranssegs return reuse rewritten role roles rollback rollbacks root
      rows rows_written rs rtime rtt rttkernelminms rttmatrix rttmedianbackms rttmedianms
      rttminms rttms rttp90ms rule rules run running runs runuser safe safe_bytes safety said
      same samegroup samehost samenet samerole sameuser sample samsung sandbox sap saturation
      scaleway scanned scans scheduled schema scram scram-sha-256 scur scw sd se sec second
      second-load-balancer secret sed sees sees_sessions segments segs select self sender
      senders sending sent seq seq_page_cost sequence sequences sequenceusedpercent sequential
      serial serialceilingpersecond server server-template server_version server_version_num
      servers serversup service service_name servicename session session_preload_libraries
      session_replication_role sessions sessionsbrokenpercent sessionseconds
      sessionsusedpercent set setting settings sh sha sha256 sha256: shadowed shared
      shared_buffers shared_preload_libraries sharedbufferspercent sharedmemorybytes shim shm
      shm-mounted shm-size short shortest show shrink shrinks siblings since site site- size
      slice slim slot slotretainedbytes slots slow smallest smax snapshot sock socket sockets
      softlayer software some soon sort source sourcefile sourceline sources southeast
      soyoustart space split sql sr srv ss ssdri ssh sshd ssl sspi stability stage staging
      stale stallpercent standby standbyreplaylagms standbyrttms standbys start started stat
      state state_s statement statement_timeout statements statistics stats status statusdir
      stealpercent stop stopped stot stuck su sudo suffix superuser
      superuser_reserved_connections supported sv sv_active sv_idle sv_login sv_tested sv_used
      svname swap sync sync_ms sync_state synced synchronized synchronous synchronous-commit
      synchronous_commit synchronous_standby_names synchronousstandbys syncs sys sys_vendor
      system systemd systemd-timesyn systems table tables tableslate tablespaces
      tableswithoutautovacuum tag tail tainted target tasks tb tcp telekom temp temp_bytes
      temp_files tempfilesbytesperday template template0 template1 tencent terminations test
      tested testing text that the then there tib tilaa time timed timeline timelines timeout
      timeouts times timesyn timetoliveseconds timing timings title tmp tmpfs to together
      token tolerated tot total total_wait_time total_xact_count tr trace trace_sort track
      track_counts track_io_timing track_wal_io_timing transaction transaction_timeout
      transactions transactionseconds transmitted trixie trouble true trunk trust try tsystems
      tunnel tunnels turning type u2028 u2029 ubuntu udev uid unaligned unbearable unchecked
      unestimated ungrouped unhealthy unindexed unindexedforeignkeys unknown unless
      unless-stopped unread unreserved unresolved unset unstable until unused unusedindexbytes
      unvacuumed up upcloud upstream uptime uptime_sec us us-east us-west usage use
      use_backend used used_clients used_percent user userbyid users usr usual v1 vacuum
      vacuum_cost_limit vacuumed vacuumhorizontransactions valid valid_until_s valkey
      valkey-server value values var vboxservice vendor version very very_late very_long
      very_slow vm vmstat vmtoolsd vultr wait waiting waiting_long waiting_s waits waits_for
      waived wal wal_buffers wal_consistency_checking wal_level wal_status wal_sync_method
      wal_writer_delay walflushms wanted warned was wasted wastedbytes web web_server
      webservers weight west when where while who whole wholereadsperday window with words
      work work_mem worker workers workmempercent would wraparound wredis wretr write write_s
      writer writes writing writing_calls written wrote xact xat yes youngest youngest_s z0 za
      zabbix zabbix-agent zabbix_agent2 zabbix_agentd zero zero_damaged_pages zone zone-id
      zone_id zram zstack
      """;

  private ParserWords() {}
}
