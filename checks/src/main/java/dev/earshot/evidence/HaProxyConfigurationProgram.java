package dev.earshot.evidence;

/// The command of [HaProxyConfiguration#PROBE]: it prints `=== FILE` for each file that a running
/// HAProxy was started with, then of its lines those that tell which proxy leads to which servers,
/// as far as they tell it, and last whether that is all of it.
///
/// The rest stays on the host: passwords and certificates stand there.
final class HaProxyConfigurationProgram {

  /// The most of one file.
  private static final int BYTES = 262_144;

  /// The most lines of one file.
  private static final int MOST = 5000;

  private static final String FILES_OF =
      """
      { words[NR] = $0 }
      END {
        for (i = 2; i <= NR; i++) {
          if (words[i] == "--") { for (i++; i <= NR; i++) print words[i] }
          else if (words[i] == "-f" && i < NR) print words[++i]
          else if (words[i] ~ /^-[CLSmnNpx]$/) i++
        }
      }
      """;

  private static final String CHOOSE =
      """
      { bytes += length($0) + 1 }
      bytes > BYTES || kept >= MOST { cut = 1; next }
      {
        line = $0
        sub(/^[ \\t]+/, "", line)
        if (line ~ /^#/ || line == "") next
        sub(/[ \\t]#.*$/, "", line)
        words = split(line, word, /[ \\t]+/)
      }
      word[1] ~ /^(frontend|backend|listen)$/ { proxy = 1; kept++; print word[1], word[2]; next }
      word[1] ~ /^(global|defaults|peers|resolvers|mailers|program|userlist|cache|ring|http-errors|fcgi-app|crt-store|traces|log-forward|log-profile)$/ { proxy = 0; next }
      word[1] ~ /^\\.(if|elif|else|endif)$/ { kept++; print word[1]; next }
      !proxy { next }
      word[1] == "disabled" { kept++; print word[1] }
      word[1] == "bind" || word[1] == "default_backend" { kept++; print word[1], word[2] }
      word[1] == "use_backend" { kept++; print word[1], word[2], (words > 2 ? "if" : "") }
      word[1] == "server" { kept++; print word[1], word[2], word[3] }
      word[1] == "server-template" { kept++; print word[1], word[2], word[4] }
      END { print (cut ? "cut" : bytes ? "whole" : "unread") }
      """;

  /// Of processes that belong to root or to the user that the packages make, else to that of the
  /// official image: anybody may name a program so, and have it begin with a file that is not its
  /// own. Those of containers count where there are no others.
  ///
  /// Where several were started with different files, the statistics are those of one of them: of
  /// that whose files name the socket that [HaProxy#PROBE] asks.
  static final String COMMAND =
      """
      own=$(id -u haproxy 2>/dev/null) || own=99
      user=${EARSHOT_UID-$(id -u)}
      pids=$(printf '%s\\n' "LIST" | awk '$2 == "(haproxy)" { print $1 }' | head -n 100)
      pid_namespace=$(readlink /proc/self/ns/pid 2>/dev/null)
      mounts=$(readlink /proc/self/ns/mnt 2>/dev/null)
      is_elsewhere() {
        there=$(readlink "/proc/$1/ns/pid" 2>/dev/null)
        [ "${there:-$pid_namespace}" != "$pid_namespace" ] || grep -qE 'docker|libpod|containerd|kubepods|lxc' "/proc/$1/cgroup" 2>/dev/null
      }
      started_with() {
        files=$(tr '\\000\\n' '\\n ' 2>/dev/null <"/proc/$1/cmdline" | awk 'FILES_OF')
        printf '%s\\n' "${files:-/etc/haproxy/haproxy.cfg}"
      }
      here=
      elsewhere=
      known=
      for wanted in 0 "$own" 99; do
        [ "$wanted" != 99 ] || [ -z "$here$elsewhere" ] || continue
        for pid in $pids; do
          OF_THAT_NAME
          owner=
          while read -r field owner _; do
            [ "$field" != Uid: ] || break
          done 2>/dev/null <"/proc/$pid/status"
          [ "$owner" = "$wanted" ] || continue
          where=here
          if is_elsewhere "$pid"; then where=elsewhere; fi
          there=$(readlink "/proc/$pid/ns/mnt" 2>/dev/null)
          same="|$where ${there:-$mounts} $(started_with "$pid")|"
          case $known in *"$same"*) continue ;; esac
          known=$known$same
          if [ "$where" = here ]; then here="$here $pid"; else elsewhere="$elsewhere $pid"; fi
        done
      done
      chosen=${here:-$elsewhere}
      if [ -z "$chosen" ]; then
        echo "no process of HAProxy that belongs to root or to the user haproxy shows how it was started"
        exit 45
      fi
      if [ "$user" != 0 ] && [ -z "$here" ]; then
        echo 'HAProxy runs in a container, where only root can read its configuration: audit with become'
        exit 45
      fi
      look_into() {
        root=
        [ "$user" != 0 ] || root=/proc/$1/root
      }
      readable() {
        cat "$root$1" 2>/dev/null || { [ -z "$root" ] && sudo -n cat "$1" 2>/dev/null; }
      }
      files_of() {
        started_with "$1" | head -n 100 | while read -r file; do
          if [ -d "$root$file" ]; then
            for part in "$root$file"/*.cfg; do
              printf '%s\\n' "${part#"$root"}"
            done
          else
            printf '%s\\n' "$file"
          fi
        done
      }
      sockets_of() {
        look_into "$1"
        files_of "$1" | while read -r file; do
          case $file in
            /*) readable "$file" | head -c BYTES | sed -n 's/^[[:space:]]*stats[[:space:]]\\{1,\\}socket[[:space:]]\\{1,\\}\\([^[:space:]]*\\).*/\\1/p' ;;
          esac
        done | sed "s/[\\"']//g; s/^unix@//; s,^/var/run/,/run/,"
      }
      case ${chosen# } in
        *' '*)
          SOCKET
          set +f
          found=$(printf '%s\\n' "$found" | sed 's,^/var/run/,/run/,')
          candidates=$chosen
          chosen=
          for pid in $candidates; do
            [ -n "$found" ] || continue
            if sockets_of "$pid" | grep -qxF -e "$found"; then chosen="$chosen $pid"; fi
          done
          ;;
      esac
      chosen=${chosen# }
      case $chosen in
        '' | *' '*)
          echo "several HAProxy run here; which files are those of the one whose statistics are read can't be told: have the files of one alone name the socket${found:+ $found}"
          exit 45
          ;;
      esac
      look_into "$chosen"
      files_of "$chosen" | while read -r file; do
        printf '=== %s\\n' "$file"
        case $file in
          /*) readable "$file" | head -c $((BYTES + 1)) | awk 'CHOOSE' ;;
          *) echo unread ;;
        esac
      done
      """
          .replace("    SOCKET\n", HaProxy.SOCKET.indent(4))
          .replace("FILES_OF", FILES_OF.strip())
          .replace("CHOOSE", CHOOSE.strip())
          .replace("OF_THAT_NAME", Processes.elseContinue("haproxy"))
          .replace("LIST", Processes.LIST)
          .replace("BYTES", String.valueOf(BYTES))
          .replace("MOST", String.valueOf(MOST));

  private HaProxyConfigurationProgram() {}
}
