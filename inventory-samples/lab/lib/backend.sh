# shellcheck shell=bash
# HAProxy on lb1, the backends behind it, and the load. Sourced by lab.

# How a program of the lab is run within a host.
readonly JAVA_IN_HOST=(
  /run/earshot-lab/jdk/bin/java "${JAVA_FLAGS[@]}"
  -cp '/run/earshot-lab/program/classes:/run/earshot-lab/program/lib/*'
)

start_haproxy() {
  install -D -m 644 "$LAB/etc/haproxy.cfg" "$STATE/hosts/lb1/etc/haproxy/haproxy.cfg"
  in_host lb1 mkdir -p /run/haproxy
  in_host lb1 sh -c 'haproxy -W -D -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid \
    </dev/null >/var/log/haproxy.log 2>&1'
}

haproxy_command() {
  in_host lb1 perl /run/earshot-lab/program/haproxy-command "$@"
}

# server_field BACKEND FIELD: one column of HAProxy's statistics.
server_field() {
  haproxy_command show stat | awk -F, -v server="$1" -v field="$2" '
    NR == 1 { sub(/^# /, ""); for (i = 1; i <= NF; i++) column[$i] = i }
    $column["pxname"] == "lemmy" && $column["svname"] == server { print $column[field] }'
}

# Checked and found up; a server is UP with a note like 1/3 before its first check is over.
server_is_up() { [[ $(server_field "$1" status) == UP ]]; }
server_is_idle() { [[ $(server_field "$1" scur) == 0 ]]; }

# start_backend HOST [HABIT...]: a habit is pool=N, compute=MS, pause=MS or version=VERSION.
start_backend() {
  local host=$1
  is_running_in "$host" lemmy && return
  in_host "$host" sh -c ': >/var/log/lemmy.log'
  daemon_in "$host" lemmy setpriv --reuid lemmy --regid lemmy --clear-groups \
    "${JAVA_IN_HOST[@]}" dev.earshot.lab.ChattyBackend 8536 \
    "jdbc:postgresql://${ADDRESS[db1]}/lemmy" lemmy /etc/lemmy/password "${@:2}"
}

backend_listens() { grep -qx listening "$STATE/hosts/$1/log/lemmy.log" && is_running_in "$1" lemmy; }

# Starts a backend anew with other habits.
change_backend() {
  stop_in "$1" lemmy
  start_backend "$@"
  await 30 "$1" backend_listens "$1"
  await 10 "HAProxy to see $1" server_is_up "$1"
}

restart_haproxy() {
  stop_in lb1 haproxy
  start_haproxy
  local host
  for host in backend1 backend2; do
    if is_running_in "$host" lemmy; then
      await 10 "HAProxy to see $host" server_is_up "$host"
    else
      haproxy_command set server "lemmy/$host" state maint >/dev/null
    fi
  done
}

# Sends the work to one backend and ends the other, as when a service is moved.
move_to() {
  local target=$1 other
  case $target in
    backend1) other=backend2 ;;
    backend2) other=backend1 ;;
    *) die "usage: $0 move backend1|backend2" ;;
  esac
  start_backend "$target"
  await 20 "$target" backend_listens "$target"
  haproxy_command set server "lemmy/$target" state ready >/dev/null
  await 10 "HAProxy to see $target" server_is_up "$target"
  haproxy_command set server "lemmy/$other" state maint >/dev/null
  await 10 "$other to finish its last request" server_is_idle "$other"
  stop_in "$other" lemmy
  haproxy_command clear counters all >/dev/null
  echo "$target does the work, $other is stopped"
}

# send HOST PORT SECONDS [SENDERS]: posts from ctl, each sender one request at a time.
send() {
  in_host ctl "${JAVA_IN_HOST[@]}" dev.earshot.lab.SerialSender "${ADDRESS[$1]}" "$2" "$3" "${4-1}"
}

send_load() {
  [[ ${1-} =~ ^[1-9][0-9]{0,3}$ && ${2-1} =~ ^[1-9][0-9]{0,2}$ ]] ||
    die "usage: $0 load SECONDS [SENDERS], up to 9999 and 999"
  send lb1 80 "$1" "${2-1}"
}

# Ends the backends' connections to the database and lets them open new ones.
reconnect_backends() {
  local host
  psql_on_db1 >/dev/null <<END
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'lemmy';
END
  for host in backend1 backend2; do
    ! is_running_in "$host" lemmy || send "$host" 8536 1 >/dev/null
  done
}
