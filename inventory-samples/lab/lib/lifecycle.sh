# shellcheck shell=bash
# Up, down, status. Sourced by lab.

# Runs this command again under a lock, so that two never build or remove the lab at once.
alone() {
  [[ -z ${EARSHOT_LAB_ALONE-} ]] || return 0
  EARSHOT_LAB_ALONE=1 exec flock --close --timeout 120 "$LAB/lab" "$LAB/lab" "$@"
}

bring_up() {
  require_machine
  require_programs
  if [[ -e $STATE/up ]]; then
    echo "the lab is up already"
    return
  fi
  JDK=$(find_jdk)
  take_down
  trap 'give_up' EXIT
  local host start=$SECONDS
  mkdir -p -m 755 "$STATE" "$STATE/program/lib" "$DISK"
  mkdir -m 700 "$STATE/hosts"
  # Copies, so that a build does not pull them from under the lab.
  cp -r "$SAMPLES/target/classes" "$LAB/haproxy-command" "$STATE/program"
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
  await 10 "HAProxy" server_is_up backend1
  touch "$STATE/up"
  trap - EXIT
  echo "the lab is up after $((SECONDS - start)) s; try: $0 exec ctl ansible -i $INVENTORY all -m ping"
}

# After a failure on the way up: says what the logs end with and leaves nothing behind.
give_up() {
  trap - EXIT
  echo "lab: it did not come up; the logs end with:" >&2
  tail -n 5 "$STATE"/*.log "$STATE"/hosts/*/log/{init.log,lemmy.log,postgresql/*.log} >&2 2>/dev/null || true
  take_down
  exit 1
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
