# shellcheck shell=bash
# A container as far as an audit sees one: programs with the names of Docker's daemon and of Lemmy,
# and a docker that answers. The backend itself runs as it always does. Sourced by lab.

# contain HOST IMAGE VERSION BUILT: the backend's image, what it says of itself, when it was built.
contain() {
  local host=$1 name
  uncontain "$host"
  printf '%s\n' "${@:2}" >"$STATE/hosts/$host/etc/lab-container"
  # shellcheck disable=SC2016 # for the shell within
  in_host "$host" sh -euc '
    layer=/run/earshot-lab/containers
    mkdir -p "$layer/upper" "$layer/work"
    cp /run/earshot-lab/program/docker-command "$layer/upper/docker"
    mount -t overlay -o "lowerdir=/usr/local/bin,upperdir=$layer/upper,workdir=$layer/work" containers /usr/local/bin'
  for name in dockerd lemmy_server; do
    daemon_in "$host" "$name" perl -e '$0 = shift; sleep 60 while 1' "$name"
  done
}

# Fine with a host that has none.
uncontain() {
  local name
  for name in dockerd lemmy_server; do stop_in "$1" "$name"; done
  # shellcheck disable=SC2016 # for the shell within
  in_host "$1" sh -euc '
    ! grep -q "^containers " /proc/mounts || umount -l /usr/local/bin
    rm -rf /run/earshot-lab/containers /etc/lab-container'
}
