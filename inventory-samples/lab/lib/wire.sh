# shellcheck shell=bash
# The wire between the hosts. Sourced by lab.

start_wire() {
  local host ports=()
  for host in "${HOSTS[@]}"; do ports+=("$host@${SITE[$host]}"); done
  : >"$STATE/wire.log"
  setsid env -i "$JDK/bin/java" "${WIRE_FLAGS[@]}" -cp "$STATE/program/classes" \
    dev.earshot.lab.Wire "$STATE/impairments" "${ports[@]}" </dev/null >"$STATE/wire.log" 2>&1 &
  echo $! >"$STATE/wire.pid"
  disown
  await 10 "the wire" grep -qx ready "$STATE/wire.log"
  for host in "${HOSTS[@]}"; do plug_in "$host"; done
}

# Gives the host its end of the wire as eth0.
plug_in() {
  local host=$1 namespace
  namespace=$(namespace_of "$host")
  # Without IPv6 the wire is silent when nobody speaks.
  # shellcheck disable=SC2016 # for the shell within
  ip netns exec "$namespace" sh -c '
    for conf in all default; do
      [ ! -e "/proc/sys/net/ipv6/conf/$conf" ] || echo 1 >"/proc/sys/net/ipv6/conf/$conf/disable_ipv6"
    done'
  ip link set "es-$host" address "$(mac_of "$host")"
  ip link set "es-$host" netns "$namespace" name eth0
  ip -n "$namespace" address add "${ADDRESS[$host]}/24" dev eth0
  ip -n "$namespace" link set eth0 up
}

wire_is_running() {
  local pid
  pid=$(cat "$STATE/wire.pid" 2>/dev/null) &&
    tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q 'dev\.earshot\.lab\.Wire'
}

wire_is_not_running() { ! wire_is_running; }

end_wire() {
  wire_is_running || return 0
  kill "$(cat "$STATE/wire.pid")"
  await 10 "the wire to end" wire_is_not_running
}

# Lets every host speak to every other one, so that addresses are resolved and the wire is warm before
# anything is measured.
greet_all() {
  local from to pings=()
  for from in "${HOSTS[@]}"; do
    for to in "${HOSTS[@]}"; do
      [[ $from == "$to" ]] && continue
      in_host "$from" ping -q -c 3 -i 0.1 -W 2 "${ADDRESS[$to]}" >/dev/null &
      pings+=($!)
    done
  done
  local ping
  for ping in "${pings[@]}"; do
    wait "$ping" || die "a host does not reach another one; see $STATE/wire.log"
  done
}
