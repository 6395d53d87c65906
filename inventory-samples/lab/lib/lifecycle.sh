# shellcheck shell=bash
# Up, down, status. Sourced by lab.

# Runs this command again under a lock, so that two never build or remove the lab at once.
alone() {
  [[ -z ${EARSHOT_LAB_ALONE-} ]] || return 0
  EARSHOT_LAB_ALONE=1 exec flock --close --timeout 120 "$LAB/lab" "$LAB/lab" "$@"
}

# Closes what the caller left open, so that the lab's daemons hold no lock or pipe of the caller's. Bash
# reads this script from 255.
close_inherited_files() {
  local path fd
  for path in "/proc/$BASHPID/fd"/*; do
    fd=${path##*/}
    if ((fd > 2 && fd != 255)); then eval "exec $fd>&-"; fi
  done
}

bring_up() {
  close_inherited_files
  require_machine
  require_programs
  if is_whole; then
    echo "the lab is up already"
    return
  fi
  JDK=$(find_jdk)
  take_down
  trap 'give_up' EXIT
  local host start=$SECONDS
  mkdir -p "$STATE/program/lib" "$DISK"
  mkdir -m 700 "$STATE/hosts"
  # Copies, so that a build does not pull them from under the lab.
  cp -r "$SAMPLES/target/classes" "$LAB/haproxy-command" "$LAB/docker-command" "$STATE/program"
  cp "$SAMPLES"/target/lab-lib/postgresql-*.jar "$STATE/program/lib"
  for host in "${HOSTS[@]}"; do prepare_host "$host"; done
  make_keys
  start_wire
  for host in "${HOSTS[@]}"; do start_host "$host"; done
  for host in "${HOSTS[@]}"; do await 10 "$host" host_is_ready "$host"; done
  greet_all
  for host in "${HOSTS[@]}"; do start_sshd "$host"; done
  start_postgresql
  for host in backend1 backend2; do start_backend "$host"; done
  for host in backend1 backend2; do await 30 "$host" backend_listens "$host"; done
  start_haproxy
  for host in backend1 backend2; do await 10 "HAProxy to see $host" server_is_up "$host"; done
  touch "$STATE/up"
  trap - EXIT
  echo "the lab is up after $((SECONDS - start)) s; try: $0 exec ctl ansible -i $INVENTORY all -m ping"
}

# After a failure on the way up: says what the logs end with and leaves nothing behind.
give_up() {
  trap - EXIT
  echo "lab: it did not come up; the logs end with:" >&2
  find "$STATE" -path '*/etc' -prune -o -name '*.log' -size +0 -exec tail -v -n 5 {} + >&2 || true
  take_down
  exit 1
}

# Whether it came up once and nothing of it has died since.
is_whole() {
  local host
  [[ -e $STATE/up ]] && wire_is_running || return 1
  for host in "${HOSTS[@]}"; do host_is_ready "$host" || return 1; done
}

take_down() {
  local host
  for host in "${HOSTS[@]}"; do end_host "$host"; done
  end_wire
  rm -rf --one-file-system "$STATE" "$DISK"
}

show_status() {
  if [[ ! -e $STATE/up ]]; then
    echo "the lab is down"
    exit 3
  fi
  local host runs daemon
  for host in "${HOSTS[@]}"; do
    runs=
    if host_is_ready "$host"; then
      for daemon in sshd haproxy lemmy; do
        is_running_in "$host" "$daemon" && runs+=" $daemon"
      done
      [[ $host != db1 ]] || runs+=" postgresql"
    else
      runs=" DOWN"
    fi
    printf '%-9s %-11s %s %s\n' "$host" "${ADDRESS[$host]}" "${SITE[$host]}" "$runs"
  done
  wire_is_running && echo "wire      running" || echo "wire      DOWN"
  for host in backend1 backend2; do
    echo "haproxy   $host $(server_field "$host" status)"
  done
}
