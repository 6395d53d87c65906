# shellcheck shell=bash
# What the lab needs of the machine. Sourced by lab.

# The wire runs long and hot, so it gets the optimizing compiler; the others start fast.
readonly WIRE_FLAGS=(-XX:+UseSerialGC -Xmx64m --enable-native-access=ALL-UNNAMED)
readonly JAVA_FLAGS=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m)

# A command that a package brings, and the package.
readonly NEEDED=(
  sshd:openssh-server ssh:openssh-client ssh-keygen:openssh-client ip:iproute2 ss:iproute2
  ping:iputils-ping haproxy:haproxy pg_createcluster:postgresql psql:postgresql
  sudo:sudo nsenter:util-linux unshare:util-linux setpriv:util-linux runuser:util-linux perl:perl-base
  curl:curl
)

require_root() {
  ((EUID == 0)) || die "the lab makes network namespaces, which takes root: run it as root"
}

require_machine() {
  [[ $(uname -s) == Linux ]] || die "the lab needs Linux"
  [[ -c /dev/net/tun ]] || die "the lab's wire needs /dev/net/tun, which this kernel or container lacks"
  local packages
  packages=$(missing_packages)
  [[ -z $packages ]] || die "missing here: $packages. Install with: $0 install"
}

require_programs() {
  if [[ ! -f $SAMPLES/target/classes/dev/earshot/lab/Wire.class ]] ||
    ! compgen -G "$SAMPLES/target/lab-lib/postgresql-*.jar" >/dev/null; then
    die "the lab's programs are not built. In $(dirname "$SAMPLES") run: mvn -q -DskipTests package"
  fi
}

missing_packages() {
  named_missing | sort -u | paste -sd' '
}

named_missing() {
  local need
  for need in "${NEEDED[@]}"; do
    command -v "${need%%:*}" >/dev/null || echo "${need#*:}"
  done
  # Remedies are applied in the lab, which has no network to fetch it by.
  /usr/bin/python3 -c 'import psycopg2' 2>/dev/null || echo python3-psycopg2
}

# Installs without letting the packages start their servers on this machine.
install_packages() {
  local packages policy=/usr/sbin/policy-rc.d
  packages=$(missing_packages)
  [[ -n $packages ]] || { echo "nothing is missing"; return; }
  command -v apt-get >/dev/null || die "no apt-get here: install $packages by other means"
  if [[ ! -e $policy ]]; then
    # shellcheck disable=SC2064 # the path as it is now
    trap "rm -f $policy" EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  apt-get update -q
  # shellcheck disable=SC2086 # a list
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
}

# The home of a JDK 25 or newer.
find_jdk() {
  local java home version
  for java in "${JAVA_HOME-}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
    [[ -x $java ]] || continue
    home=$(dirname "$(dirname "$(readlink -f "$java")")")
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null || true)
    if ((${version:-0} >= 25)); then
      echo "$home"
      return
    fi
  done
  die "the lab's programs need a JDK 25: set JAVA_HOME to one"
}
