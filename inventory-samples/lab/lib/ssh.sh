# shellcheck shell=bash
# Keys, OpenSSH servers, and ctl's way to them. Sourced by lab.

make_keys() {
  local host type etc
  mkdir -m 700 "$STATE/ssh"
  ssh-keygen -q -t ed25519 -N '' -C 'earshot lab' -f "$STATE/ssh/id_ed25519"
  for host in "${HOSTS[@]}"; do
    etc=$STATE/hosts/$host/etc/ssh
    for type in ed25519 ecdsa; do
      ssh-keygen -q -t "$type" -N '' -C "$host" -f "$etc/ssh_host_${type}_key"
      echo "$host,${ADDRESS[$host]} $(cut -d' ' -f1,2 "$etc/ssh_host_${type}_key.pub")" \
        >>"$STATE/ssh/known_hosts"
    done
    install -m 644 "$LAB/etc/sshd_config" "$etc/sshd_config"
    install -m 644 "$STATE/ssh/id_ed25519.pub" "$etc/authorized_keys"
  done
  etc=$STATE/hosts/ctl/etc/ssh
  install -m 644 "$LAB/etc/ssh_config" "$etc/ssh_config"
  install -m 644 "$STATE/ssh/known_hosts" "$etc/ssh_known_hosts"
}

start_sshd() { is_running_in "$1" sshd || in_host "$1" /usr/sbin/sshd; }

stop_sshd() { stop_in "$1" sshd; }
