# shellcheck shell=bash
# Hosts as namespaces: making, entering, ending them. Sourced by lab.

# Makes the namespace and the host's own /etc, a copy in which root has no shell start-up files.
prepare_host() {
  local host=$1 state=$STATE/hosts/$1
  mkdir -p "$state"/{etc,log,run}
  cp -a /etc/. "$state/etc"
  rm -rf "$state"/etc/{postgresql,haproxy,resolv.conf,profile.d,ssh/ssh_host_*,ssh/*.d}
  printf '%s\n' "$host" >"$state/etc/hostname"
  {
    echo "127.0.0.1 localhost"
    local other
    for other in "${HOSTS[@]}"; do echo "${ADDRESS[$other]} $other"; done
  } >"$state/etc/hosts"
  : >"$state/etc/resolv.conf"
  # auditor is somebody without rights, to see what an audit can learn without them.
  sed -i '/^\(root\|lemmy\|auditor\):/d' "$state"/etc/{passwd,group,shadow}
  cat >>"$state/etc/passwd" <<'END'
root:x:0:0:root:/run/earshot-lab/home:/bin/sh
lemmy:x:977:977:the backend:/nonexistent:/usr/sbin/nologin
auditor:x:978:978:an audit without rights:/nonexistent:/bin/sh
END
  printf 'root:x:0:\nlemmy:x:977:\nauditor:x:978:\n' >>"$state/etc/group"
  printf '%s:*:20000:0:99999:7:::\n' root lemmy auditor >>"$state/etc/shadow"

  ip netns add "$(namespace_of "$host")"
  ip -n "$(namespace_of "$host")" link set lo up
}

# The process that is number 1 in the host, as the machine numbers it; fails when the host is down.
init_of() {
  local pid
  for pid in $(ip netns pids "$(namespace_of "$1")" 2>/dev/null); do
    if grep -qP '^NSpid:\t\d+\t1$' "/proc/$pid/status" 2>/dev/null; then
      echo "$pid"
      return
    fi
  done
  return 1
}

host_is_ready() {
  local init
  init=$(init_of "$1") && [[ -e /proc/$init/root/run/earshot-lab/ready ]]
}

start_host() {
  local host=$1 state=$STATE/hosts/$1
  setsid env -i PATH="$PATH" nsenter --net="/run/netns/$(namespace_of "$host")" \
    unshare --mount --propagation private --uts --pid --fork --mount-proc --kill-child \
    "$LAB/host-init" "$host" "$state" "$STATE/program" "$JDK" "$STATE/ssh" \
    </dev/null >"$state/log/init.log" 2>&1 &
  disown
}

# enter HOST COMMAND...: runs it within the host, with the environment as it is.
enter() {
  local init
  init=$(init_of "$1") || die "$1 is not up: run $0 up"
  nsenter --target "$init" --mount --uts --pid --net -- "${@:2}"
}

readonly ROOT_ENVIRONMENT=(HOME=/run/earshot-lab/home USER=root LOGNAME=root SHELL=/bin/sh)

# in_host HOST COMMAND...: runs it as root within the host; of the caller's environment it sees nothing.
in_host() { enter "$1" env -i PATH="$PATH" LANG=C.UTF-8 "${ROOT_ENVIRONMENT[@]}" "${@:2}"; }

# For the caller's own commands: with the caller's environment, and in the same working directory where
# the host has it.
in_host_here() {
  # shellcheck disable=SC2016 # for the shell within
  enter "$1" env "${ROOT_ENVIRONMENT[@]}" sh -c 'cd "$0" 2>/dev/null; exec "$@"' "$PWD" "${@:2}"
}

# daemon_in HOST NAME COMMAND...: starts it in the background, its output in /var/log/NAME.log and its
# process id in /run/NAME.pid of the host.
daemon_in() {
  local host=$1 name=$2
  shift 2
  # shellcheck disable=SC2016 # for the shell within
  in_host "$host" sh -c '
    name=$1; shift
    "$@" </dev/null >>"/var/log/$name.log" 2>&1 &
    echo $! >"/run/$name.pid"' sh "$name" setsid "$@"
}

# Whether the process of a pid file in the host is alive.
is_running_in() {
  # shellcheck disable=SC2016 # for the shell within
  in_host "$1" sh -c 'kill -0 "$(cat "/run/$1.pid" 2>/dev/null)" 2>/dev/null' sh "$2"
}

# Ends the process of a pid file in the host, and waits for it.
stop_in() {
  local host=$1 name=$2
  is_running_in "$host" "$name" || return 0
  # shellcheck disable=SC2016 # for the shell within
  in_host "$host" sh -c 'kill "$(cat "/run/$1.pid")"' sh "$name"
  await 10 "$name on $host to end" is_not_running_in "$host" "$name"
}

is_not_running_in() { ! is_running_in "$@"; }

# Ends everything in the host, then the namespace. Fine with what is not there.
end_host() {
  local namespace
  namespace=$(namespace_of "$1")
  [[ -e /run/netns/$namespace ]] || return 0
  await 10 "the processes of $1 to end" kill_all_in "$namespace"
  ip netns del "$namespace"
}

# Kills what runs in the namespace; succeeds once nothing does.
kill_all_in() {
  local pids
  pids=$(ip netns pids "$1")
  [[ -n $pids ]] || return 0
  # shellcheck disable=SC2086 # a list
  kill -KILL $pids 2>/dev/null || true
  return 1
}

# hide_in HOST COMMAND...: takes commands away from the host, as if they had never been installed.
hide_in() {
  local host=$1
  shift
  # shellcheck disable=SC2016 # for the shell within
  in_host "$host" sh -euc '
    for name; do
      while path=$(command -v "$name"); do
        folder=$(readlink -f "$(dirname "$path")")
        layer=/run/earshot-lab/hidden$folder
        if [ ! -d "$layer" ]; then
          mkdir -p "$layer/upper" "$layer/work"
          mount -t overlay -o "lowerdir=$folder,upperdir=$layer/upper,workdir=$layer/work" hidden "$folder"
        fi
        rm "$folder/$name"
      done
    done' sh "$@"
}

# Gives the host back what was hidden.
unhide_in() {
  # shellcheck disable=SC2016 # for the shell within
  in_host "$1" sh -euc '
    while grep -q "^hidden " /proc/mounts; do
      umount -l "$(grep "^hidden " /proc/mounts | head -n 1 | cut -d" " -f2)"
    done
    rm -rf /run/earshot-lab/hidden'
}
