# shellcheck shell=bash
# What can be made to go wrong in the lab, and setting it right again. Sourced by lab.

sql() { { echo '\connect lemmy'; printf '%s\n' "$1"; } | psql_on_db1; }

reload_postgresql() { in_host db1 pg_ctlcluster "$(postgresql_version)" main reload; }

# Keeps all processors of the machine busy from within a host. Each burner has a session to itself:
# the kernel shares processors among sessions.
burn() {
  local burner
  for ((burner = 0; burner < $(nproc) * 4; burner++)); do
    daemon_in "$1" burn timeout "$2" perl -e '$0 = "burn"; 1 while 1'
  done
}

stop_burning() { in_host "$1" sh -c 'for pid in $(pgrep -x burn); do kill "$pid"; done'; }

# Locks a table of the backend's database again and again, for half of the time.
hold_table() {
  daemon_in db1 hold timeout "$2" runuser -u postgres -- sh -c '
    while :; do
      echo "BEGIN; LOCK TABLE $0; SELECT pg_sleep(0.4); COMMIT; SELECT pg_sleep(0.1);"
    done | psql -Xq -d lemmy >/dev/null' "$1"
}

# impair lose|delay FROM TO PERCENT|MILLISECONDS
impair() {
  require_host "$2"
  require_host "$3"
  echo "$*" >>"$STATE/impairments"
  sleep 1 # the wire looks twice a second
}

# A synchronous standby as far as commits are concerned: it takes the write-ahead log and flushes it.
start_standby() {
  local host=$1 password
  password=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')
  install -m 600 /dev/stdin "$STATE/hosts/$host/etc/standby.pgpass" <<<"*:*:*:standby:$password"
  echo "CREATE ROLE standby REPLICATION LOGIN PASSWORD '$password';" | psql_on_db1
  echo "host replication standby ${ADDRESS[$host]}/32 scram-sha-256" \
    >>"$STATE/hosts/db1$(postgresql_folder)/pg_hba.conf"
  reload_postgresql
  in_host "$host" mkdir -p /tmp/standby
  daemon_in "$host" standby env PGPASSFILE=/etc/standby.pgpass pg_receivewal \
    --directory /tmp/standby --synchronous --host "${ADDRESS[db1]}" --username standby --no-password
  echo "ALTER SYSTEM SET synchronous_standby_names = 'pg_receivewal'" | psql_on_db1
  reload_postgresql
  await 10 "the standby on $host" standby_is_synchronous
}

standby_is_synchronous() {
  [[ $(psql_on_db1 <<<"SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == 1 ]]
}

# Ends every trouble, and has backend2 do the work as if nothing had been.
reset_lab() {
  local host daemon
  echo 'ALTER SYSTEM RESET ALL;' | psql_on_db1
  sed -i '/ standby /d' "$STATE/hosts/db1$(postgresql_folder)/pg_hba.conf"
  reload_postgresql
  for host in "${HOSTS[@]}"; do
    stop_burning "$host"
    for daemon in hold standby; do stop_in "$host" "$daemon"; done
    uncontain "$host"
  done
  rm -f "$STATE/impairments"
  {
    echo 'DROP ROLE IF EXISTS standby;'
    echo '\connect lemmy'
    echo 'SELECT pg_stat_statements_reset();'
    echo 'DROP FUNCTION IF EXISTS public.slow CASCADE;'
    echo 'DROP OWNED BY lemmy CASCADE; GRANT ALL ON DATABASE lemmy TO lemmy;'
    echo 'GRANT ALL ON SCHEMA public TO lemmy; SET ROLE lemmy;'
    cat "$LAB/etc/schema.sql"
    echo 'RESET ROLE; ANALYZE; CHECKPOINT;'
  } | psql_on_db1 >/dev/null
  stop_in backend1 lemmy
  stop_in backend2 lemmy
  start_backend backend2 pool=5
  await 30 backend2 backend_listens backend2
  restart_haproxy
}
