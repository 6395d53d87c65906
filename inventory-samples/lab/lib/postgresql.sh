# shellcheck shell=bash
# PostgreSQL on db1: a cluster as Debian makes it. Sourced by lab.

postgresql_version() {
  find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -V | tail -n 1
}

postgresql_folder() { echo "/etc/postgresql/$(postgresql_version)/main"; }

start_postgresql() {
  local version conf
  version=$(postgresql_version)
  conf=$STATE/hosts/db1$(postgresql_folder)
  install -d -o postgres -g postgres "$DISK/postgresql" "$STATE/hosts/db1/etc/postgresql"
  in_host db1 mount --bind "$DISK/postgresql" /var/lib/postgresql
  in_host db1 install -d -o postgres -g postgres -m 2775 /run/postgresql /var/log/postgresql
  in_host db1 pg_createcluster --locale C.UTF-8 --port 5432 "$version" main -- --no-sync >/dev/null
  install -m 644 "$LAB/etc/postgresql.conf" "$conf/conf.d/lab.conf"
  install -m 644 "$LAB/etc/incident.conf" "$conf/conf.d/incident.conf"
  install -m 640 -o postgres -g postgres "$LAB/etc/pg_hba.conf" "$conf/pg_hba.conf"
  in_host db1 pg_ctlcluster "$version" main start
  create_database
}

# psql as the superuser, for statements on standard input.
psql_on_db1() { in_host db1 runuser -u postgres -- psql -XqAt -v ON_ERROR_STOP=1; }

# The password goes from a file to psql's standard input, never through an argument.
create_database() {
  local host password
  password=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')
  for host in backend1 backend2; do
    install -d -m 755 "$STATE/hosts/$host/etc/lemmy"
    install -m 400 -o 977 -g 977 /dev/stdin "$STATE/hosts/$host/etc/lemmy/password" <<<"$password"
  done
  {
    echo "CREATE ROLE lemmy LOGIN PASSWORD '$password';"
    echo "CREATE DATABASE lemmy OWNER lemmy;"
    echo "\\connect lemmy"
    echo "CREATE EXTENSION pg_stat_statements;"
    echo "SET ROLE lemmy;"
    cat "$LAB/etc/schema.sql"
    echo "RESET ROLE; ANALYZE; CHECKPOINT;"
  } | psql_on_db1
}

# The server's setting, which live sessions follow, or that of the backend's role, which takes a new
# connection.
synchronous_commit() {
  case $* in
    'file on' | 'file off')
      sed -i "s/^synchronous_commit = .*/synchronous_commit = $2/" \
        "$STATE/hosts/db1$(postgresql_folder)/conf.d/incident.conf"
      in_host db1 pg_ctlcluster "$(postgresql_version)" main reload
      await 5 "PostgreSQL to read its files again" synchronous_commit_is "$2"
      ;;
    'role on' | 'role off')
      psql_on_db1 <<<"ALTER ROLE lemmy SET synchronous_commit = $2"
      reconnect_backends
      ;;
    'role reset')
      psql_on_db1 <<<"ALTER ROLE lemmy RESET synchronous_commit"
      reconnect_backends
      ;;
    *) die "usage: $0 synchronous-commit file on|off, or role on|off|reset" ;;
  esac
}

synchronous_commit_is() { [[ $(psql_on_db1 <<<"SHOW synchronous_commit") == "$1" ]]; }

# Whose addresses pg_hba.conf names: some hosts' only, or the whole network as at the start.
admit() {
  local host file
  (($# > 0)) || die "usage: $0 admit HOST... or all"
  file=$STATE/hosts/db1$(postgresql_folder)/pg_hba.conf
  if [[ $* == all ]]; then
    cat "$LAB/etc/pg_hba.conf" >"$file"
  else
    for host in "$@"; do require_host "$host"; done
    {
      grep -v '^host ' "$LAB/etc/pg_hba.conf"
      for host in "$@"; do echo "host lemmy lemmy ${ADDRESS[$host]}/32 scram-sha-256"; done
    } >"$file"
  fi
  in_host db1 pg_ctlcluster "$(postgresql_version)" main reload
}
