package dev.earshot.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Lemmy backend that answers on its host.
///
/// @param version what it says of itself: `0.19.3`, or `0.19.3-42-g0123abc` where it was built from
///   a commit between releases
/// @param poolSize how many connections to the database it may hold, where its configuration let
///   itself be read
/// @param domain that it answers for, where it says so
public record LemmyNode(
    Endpoint at, String version, Optional<Integer> poolSize, Optional<String> domain) {

  static final String GUARD = Processes.elseReturn("lemmy_server)");

  /// Every user may read in `/proc` which addresses and ports a process has in its network
  /// namespace, so one in a container is found without asking the container engine. Port 8536 (2158
  /// in hexadecimal) is Lemmy's default and comes first; on the host itself no other is tried.
  /// Numbers alone are taken from the configuration, which holds passwords.
  public static final Probe<List<LemmyNode>> PROBE =
      Probe.of(
              "lemmy.nodeinfo",
              "Which version the Lemmy backends say they are (`/nodeinfo/2.1`), for which domain (`/.well-known/nodeinfo`), and how large their pools are; of the configuration, the pool's size alone leaves the host.",
              """
              unset http_proxy HTTP_PROXY all_proxy ALL_PROXY
              command -v awk >/dev/null || { echo 'Lemmy runs here, but awk is not installed: install the package mawk'; exit 45; }
              if command -v curl >/dev/null; then
                fetch() { curl -q -s -S -m 2 --max-filesize 65536 -A earshot "$1" 2>&1; }
              else
                case $(wget --version 2>/dev/null) in
                  'GNU Wget'*) ;;
                  *) echo 'Lemmy runs here, but there is nothing to ask it with: install the package curl'; exit 45 ;;
                esac
                fetch() { wget --no-config -q -T 2 -t 1 --max-redirect=0 -O - "$1" 2>&1; }
              fi
              sudo=
              [ "${EARSHOT_UID-$(id -u)}" = 0 ] || sudo='sudo -n'
              here=$(cat /proc/self/net/fib_trie 2>/dev/null)
              urls=
              tries=0
              for comm in /proc/[0-9]*/comm; do
                name=
                read -r name 2>/dev/null <"$comm"
                [ "$name" = lemmy_server ] || continue
                pid=${comm#/proc/}
                pid=${pid%/comm}
                there=$(cat "/proc/$pid/net/fib_trie" 2>/dev/null)
                address=127.0.0.1
                usual=
                others=
                for entry in $(awk '$4 == "0A" { print $2 }' "/proc/$pid/net/tcp" "/proc/$pid/net/tcp6" 2>/dev/null); do
                  case $entry in
                    *:2158) usual=8536; listens=${entry%:*} ;;
                    *7F:*) ;;
                    *) others="$others $((0x${entry##*:}))" ;;
                  esac
                done
                if [ "$here" = "$there" ]; then
                  others=
                  case $usual$listens in
                    8536????????)
                      a=${listens%??????} b=${listens#??} c=${listens#????} d=${listens#??????}
                      b=${b%????} c=${c%??}
                      [ "$listens" = 00000000 ] || address=$((0x$d)).$((0x$c)).$((0x$b)).$((0x$a))
                      ;;
                  esac
                else
                  address=$(printf '%s\\n' "$there" | awk '/\\|--/ { a = $2 } /host LOCAL/ && a !~ /^127\\./ { print a; exit }')
                  [ -n "$address" ] || continue
                fi
                for port in $usual $others; do
                  url=http://$address:$port
                  case "$urls " in *" $url "*) continue ;; esac
                  urls="$urls $url"
                  tries=$((tries + 1))
                  [ "$tries" -le 3 ] || break 2
                  echo "node $address:$port"
                  for config in "/proc/$pid/root/config/config.hjson" "/proc/$pid/cwd/config/config.hjson" /etc/lemmy/lemmy.hjson; do
                    [ -f "$config" ] || $sudo test -f "$config" 2>/dev/null || continue
                    pool=$($sudo head -c 1048576 "$config" 2>/dev/null | sed -n 's/^[[:space:]{,"]*pool_size"\\{0,1\\}[[:space:]]*:[[:space:]]*\\([0-9]\\{1,6\\}\\).*/\\1/p; $s/.*/read/p')
                    [ -z "$pool" ] || { echo pool $pool; break; }
                  done
                  body=$(fetch "$url/nodeinfo/2.1" | head -c 16384 | tr '\\n\\r' '  ')
                  case $body in
                    *'"lemmy"'*) echo "links $(fetch "$url/.well-known/nodeinfo" | head -c 4096 | tr '\\n\\r' '  ')" ;;
                  esac
                  echo "body $body"
                done
              done
              [ -n "$urls" ] || { echo "lemmy_server runs here, but says nothing on port 8536 (was it told --disable-http-server?)"; exit 45; }
              """,
              LemmyNode::parse)
          .needing("nothing; root or `sudo -n sed` for the size of the pool")
          .guardedBy(GUARD);

  /// Of `database.pool_size` where the configuration does not say (Lemmy's
  /// `config/defaults.hjson`).
  private static final int DEFAULT_POOL = 30;

  private static final Pattern SOFTWARE =
      Pattern.compile("\"software\"\\s{0,9}:\\s{0,9}\\{([^{}]{0,500})}");

  private static final Pattern NAME = Pattern.compile("\"name\"\\s{0,9}:\\s{0,9}\"lemmy\"");

  private static final Pattern VERSION =
      Pattern.compile("\"version\"\\s{0,9}:\\s{0,9}\"([^\"\\\\]{1,64})\"");

  private static final Pattern LINK =
      Pattern.compile(
          "\"href\"\\s{0,9}:\\s{0,9}\"https?://([^\"/\\\\:]{1,253})(?::\\d{1,5})?/nodeinfo/");

  static List<LemmyNode> parse(String output) {
    List<LemmyNode> nodes = new ArrayList<>();
    String last = "";
    Optional<Endpoint> at = Optional.empty();
    Optional<Integer> pool = Optional.empty();
    Optional<String> domain = Optional.empty();
    for (String line : output.lines().toList()) {
      if (line.startsWith("node ")) {
        at = Optional.of(Endpoint.of(line.substring(5)));
        pool = Optional.empty();
        domain = Optional.empty();
      } else if (line.startsWith("pool ")) {
        pool = Optional.of(pool(line.substring(5)));
      } else if (line.startsWith("links ")) {
        domain = domain(line.substring(6));
      } else if (line.startsWith("body ") && at.isPresent()) {
        last = line.substring(5);
        Optional<String> version = version(last);
        if (version.isPresent()) {
          nodes.add(new LemmyNode(at.get(), version.get(), pool, domain));
        }
      }
    }
    if (nodes.isEmpty()) {
      throw new UnreadableOutput(
          "Lemmy did not say its version: " + Text.firstLine(last.isBlank() ? output : last));
    }
    return nodes;
  }

  /// The size, then `read` where the whole file was read.
  private static int pool(String text) {
    String first = Text.words(text).getFirst();
    return first.equals("read") ? DEFAULT_POOL : Text.smallCount(first);
  }

  private static Optional<String> domain(String links) {
    return LINK.matcher(links)
        .results()
        .flatMap(match -> ServiceName.spelling(match.group(1)).stream())
        .findFirst();
  }

  private static Optional<String> version(String nodeinfo) {
    return SOFTWARE
        .matcher(nodeinfo)
        .results()
        .map(match -> match.group(1))
        .filter(software -> NAME.matcher(software).find())
        .flatMap(software -> VERSION.matcher(software).results())
        .map(match -> match.group(1))
        .findFirst();
  }
}
