# shellcheck shell=bash
# The lab's hosts and folders. Sourced by lab.

readonly STATE=/run/earshot-lab     # everything but the database's files
readonly DISK=/var/lib/earshot-lab  # the database's files: a disk, so that a flush costs something
readonly INVENTORY=$SAMPLES/postmortem/hosts.yml

declare -A ADDRESS=() SITE=()
HOSTS=()
while read -r name address site; do
  [[ -z $name || $name == '#'* ]] && continue
  HOSTS+=("$name")
  ADDRESS[$name]=$address
  SITE[$name]=$site
done <"$LAB/hosts.conf"
readonly HOSTS ADDRESS SITE

require_host() {
  [[ -n ${1-} && -n ${ADDRESS[$1]-} ]] || die "no host '${1-}': the lab has ${HOSTS[*]}"
}

namespace_of() { echo "earshot-$1"; }

# A hardware address made of the IPv4 address, so that captures can be read.
mac_of() {
  local IFS=.
  # shellcheck disable=SC2086 # cut at the dots on purpose
  printf '02:00:%02x:%02x:%02x:%02x' ${ADDRESS[$1]}
}
