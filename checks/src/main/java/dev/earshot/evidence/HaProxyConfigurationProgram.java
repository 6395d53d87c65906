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

  /// Its first process that belongs to root, else to the user that the packages and the official
  /// image make: anybody may name a program so, and have it begin with a file that is not its own.
  static final String COMMAND =
      """
      own=$(id -u haproxy 2>/dev/null) || own=99
      pids=$(printf '%s\\n' "LIST" | awk '$2 == "(haproxy)" { print $1 }' | head -n 100)
      chosen=
      for wanted in 0 "$own" 99; do
        for pid in $pids; do
          [ -z "$chosen" ] || continue
          owner=
          while read -r field owner _; do
            [ "$field" != Uid: ] || break
          done 2>/dev/null <"/proc/$pid/status"
          [ "$owner" != "$wanted" ] || chosen=$pid
        done
      done
      if [ -z "$chosen" ]; then
        echo "no process of HAProxy that belongs to root or to the user haproxy shows how it was started"
        exit 45
      fi
      root=
      [ "$(id -u)" != 0 ] || root=/proc/$chosen/root
      if [ -z "$root" ] && grep -qE 'docker|libpod|containerd' "/proc/$chosen/cgroup" 2>/dev/null; then
        echo 'HAProxy runs in a container, where only root can read its configuration: audit with become'
        exit 45
      fi
      files=$(tr '\\000\\n' '\\n ' 2>/dev/null <"/proc/$chosen/cmdline" | awk 'FILES_OF')
      files=${files:-/etc/haproxy/haproxy.cfg}
      readable() {
        cat "$root$1" 2>/dev/null || { [ -z "$root" ] && sudo -n cat "$1" 2>/dev/null; }
      }
      printf '%s\\n' "$files" | head -n 100 | while read -r file; do
        if [ -d "$root$file" ]; then
          for part in "$root$file"/*.cfg; do
            printf '%s\\n' "${part#"$root"}"
          done
        else
          printf '%s\\n' "$file"
        fi
      done | while read -r file; do
        printf '=== %s\\n' "$file"
        case $file in
          /*) readable "$file" | head -c $((BYTES + 1)) | awk 'CHOOSE' ;;
          *) echo unread ;;
        esac
      done
      """
          .replace("FILES_OF", FILES_OF.strip())
          .replace("CHOOSE", CHOOSE.strip())
          .replace("LIST", Processes.LIST)
          .replace("BYTES", String.valueOf(BYTES))
          .replace("MOST", String.valueOf(MOST));

  private HaProxyConfigurationProgram() {}
}
