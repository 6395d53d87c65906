package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The access logs of the nginx servers that run on a host, and how long requests took where these
/// say so.
///
/// @param names that its servers answer to (`server_name`), those that DNS may be asked for, 50 at
///   most
public record Nginx(List<Log> logs, List<String> names) {

  private static final int MOST_NAMES = 50;

  /// One access log.
  ///
  /// @param path as its configuration names it; `syslog` where it goes there
  /// @param format the name of its format
  /// @param logsRequest whether the format has `$request_time`
  /// @param logsUpstream whether it has `$upstream_response_time`
  /// @param request from a request's first byte to the answer's last, of the last requests
  /// @param upstream waiting for the servers behind it, of those that were handed on
  public record Log(
      String path,
      String format,
      boolean logsRequest,
      boolean logsUpstream,
      Optional<Times> request,
      Optional<Times> upstream) {}

  /// Nearest ranks over the last requests logged.
  ///
  /// @param mean nothing where an older Earshot asked
  public record Times(
      int count, Duration median, Duration p95, Duration most, Optional<Duration> mean) {}

  private static final String GUARD = Processes.elseReturn("nginx)");

  /// Its files are read rather than `nginx -T` asked, which opens, and where they are missing
  /// makes, the logs that they name. Formats become literal marks between variables, so that a line
  /// is taken apart as it was put together; what does not fit is left out. In a container, links
  /// are followed as the container means them, since the kernel would follow an absolute one into
  /// the host; to a device, as those of the official image's logs, they lead nowhere.
  ///
  /// Any user may call a process nginx and have it begin with any file: of one without privileges,
  /// those files alone are read that belong to its own user, which is asked of the open file.
  public static final Probe<Nginx> PROBE =
      Probe.of(
              "nginx.timings",
              "Which access logs nginx writes, whether their formats have `$request_time` and `$upstream_response_time`, and the median, 95th percentile, maximum and mean of these over the last 5000 lines (1 MB at most), worked out on the host (of an nginx that is not root's, from files of its own user's alone); and the names that its servers answer to (`server_name`, 50 at most). Nothing else of its configuration and no line of a log leaves the host.",
              """
              command -v awk >/dev/null || { echo 'nginx runs here, but awk is not installed: install the package mawk'; exit 45; }
              newline='
              '
              tab=$(printf '\\t')
              is_its_own() {
                ls -lnL /proc/self/fd/0 2>/dev/null | { IFS=' ' read -r _ _ user _ && [ "$user" = "$owner" ]; }
              }
              contents() {
                if [ "$owner" = 0 ]; then
                  cat "$@" 2>/dev/null || sudo -n cat "$@" 2>/dev/null
                else
                  for file in "$@"; do
                    { is_its_own && cat; } 2>/dev/null <"$file"
                  done
                fi
              }
              last_of() {
                if [ "$owner" != 0 ]; then
                  { is_its_own && tail -c 1048576; } 2>/dev/null <"$1"
                elif [ -r "$1" ]; then
                  tail -c 1048576 "$1" 2>/dev/null
                else
                  sudo -n tail -c 1048576 "$1" 2>/dev/null
                fi
              }
              statements() {
                contents "$@" | head -c 4194304 | awk '
                  function done_with(  i) {
                    if (n > 1 && word[1] == "include") print "include\\t" word[2]
                    if (word[1] == "server_name") {
                      for (i = 2; i <= n; i++) if (length(word[i]) < 254 && word[i] ~ /^[A-Za-z0-9][A-Za-z0-9_.-]*[.][A-Za-z][A-Za-z0-9-]*$/) print "name\\t" word[i]
                    }
                    if (n > 1 && word[1] == "access_log" && word[2] == "off") print "off"
                    else if (n > 1 && word[1] == "access_log") {
                      zipped = "plain"
                      for (i = 4; i <= n; i++) if (word[i] ~ /^gzip/) zipped = "gzip"
                      print "log\\t" word[2] "\\t" (n > 2 && word[3] !~ /=/ ? word[3] : "combined") "\\t" zipped
                    }
                    if (n > 2 && word[1] == "log_format") {
                      text = ""
                      for (i = 3; i <= n; i++) if (i > 3 || word[i] !~ /^escape=/) text = text word[i]
                      print "format\\t" word[2] "\\t" text
                    }
                  }
                  function end_word() { if (inside) { word[++n] = current; inside = 0; current = "" } }
                  {
                    for (at = 1; at <= length($0); at++) {
                      c = substr($0, at, 1)
                      if (c == "\\\\") { current = current substr($0, ++at, 1); inside = 1 }
                      else if (quote != "") { if (c == quote) { quote = ""; end_word() } else current = current c }
                      else if (c == "#" && !inside) break
                      else if (!inside && (c == "\\"" || c == "\\047")) { quote = c; inside = 1 }
                      else if (c == " " || c == "\\t") end_word()
                      else if (c == ";") { end_word(); done_with(); n = 0 }
                      else if ((c == "{" && current !~ /[$]$/) || (c == "}" && current !~ /[$][{]/)) { end_word(); n = 0 }
                      else { current = current c; inside = 1 }
                    }
                    if (quote == "") end_word(); else current = current " "
                  }'
              }
              measure() {
                FORMAT=$1 awk '
                  BEGIN {
                    format = ENVIRON["FORMAT"]
                    while (match(format, /[$][{]?[A-Za-z0-9_]+[}]?/)) {
                      name = substr(format, RSTART, RLENGTH)
                      if (name !~ /^[$][{]/) sub(/[}]$/, "", name)
                      before[++n] = substr(format, 1, RSTART - 1)
                      format = substr(format, RSTART + length(name))
                      gsub(/[${}]/, "", name)
                      variable[n] = name
                    }
                    before[n + 1] = format
                  }
                  function count(kind, seconds,  ms) {
                    ms = int(seconds * 1000 + 0.5)
                    if (ms > max[kind]) max[kind] = ms
                    seen[kind, ms < 600000 ? ms : 600000]++
                    total[kind]++
                    sum_of[kind] += ms
                  }
                  function rank(kind, ratio,  need, ms) {
                    need = int(ratio * total[kind])
                    if (need < ratio * total[kind]) need++
                    for (ms = 0; ms < 600000; ms++) if ((need -= seen[kind, ms]) <= 0) return ms
                    return max[kind]
                  }
                  {
                    if (substr($0, 1, length(before[1])) != before[1]) next
                    rest = substr($0, length(before[1]) + 1)
                    request = upstream = ""
                    for (i = 1; i <= n; i++) {
                      mark = before[i + 1]
                      if (mark == "" && i < n) next
                      at = mark == "" ? length(rest) + 1 : index(rest, mark)
                      if (!at) next
                      value = substr(rest, 1, at - 1)
                      rest = substr(rest, at + length(mark))
                      if (variable[i] == "request_time") request = value
                      if (variable[i] == "upstream_response_time") {
                        while (rest != "" && (value ~ /[,:]$/ || rest ~ /^: /)) {
                          at = index(rest, mark)
                          if (!at) at = length(rest) + 1
                          value = value " " substr(rest, 1, at - 1)
                          rest = substr(rest, at + length(mark))
                        }
                        upstream = value
                      }
                    }
                    if (request ~ /^[0-9]+[.][0-9]+$/) count("request", request)
                    if (upstream ~ /[0-9]/ && upstream !~ /[^-0-9., :]/) {
                      parts = split(upstream, part, /[ ,:]+/)
                      sum = 0
                      for (i = 1; i <= parts; i++) if (part[i] ~ /^[0-9]+[.][0-9]+$/) sum += part[i]
                      count("upstream", sum)
                    }
                  }
                  END { for (kind in total) printf "times\\t%s\\t%d\\t%d\\t%d\\t%d\\t%d\\n", kind, total[kind], rank(kind, 0.5), rank(kind, 0.95), max[kind], sum_of[kind] / total[kind] + 0.5 }'
              }
              inside() {
                real=$root$1
                [ -n "$root" ] || return 0
                real=$root
                rest=$1
                links=0
                while [ -n "$rest" ]; do
                  part=${rest%%/*}
                  case $rest in */*) rest=${rest#*/} ;; *) rest= ;; esac
                  case $part in
                    '' | .) ;;
                    ..) [ "$real" = "$root" ] || real=${real%/*} ;;
                    *)
                      if [ -L "$real/$part" ]; then
                        links=$((links + 1))
                        [ "$links" -le 20 ] && target=$(readlink "$real/$part") || return 1
                        case $target in /*) real=$root ;; esac
                        rest=$target/$rest
                      else
                        real=$real/$part
                      fi
                      ;;
                  esac
                done
              }
              found=
              known=
              for comm in /proc/[0-9]*/comm; do
                name=
                read -r name 2>/dev/null <"$comm"
                [ "$name" = nginx ] || continue
                pid=${comm#/proc/}
                pid=${pid%/comm}
                title=
                read -r title 2>/dev/null <"/proc/$pid/cmdline"
                case $title in 'nginx: master process '*) ;; *) continue ;; esac
                owner=
                while read -r field owner _; do
                  [ "$field" != Uid: ] || break
                done 2>/dev/null <"/proc/$pid/status"
                config=
                prefix=
                set -f
                set -- $title
                while [ $# -gt 1 ]; do
                  case $1 in -c) config=$2 ;; -p) prefix=${2%/} ;; esac
                  shift
                done
                set +f
                root=
                [ "/proc/$pid/root" -ef / ] || [ ! -r "/proc/$pid/root/." ] || root=/proc/$pid/root
                case $config in
                  /*) ;;
                  ?*) config=${prefix:-/usr/share/nginx}/$config ;;
                  *)
                    for config in "$root/etc/nginx/nginx.conf" "$root/usr/local/nginx/conf/nginx.conf" "$root/usr/local/openresty/nginx/conf/nginx.conf"; do
                      [ ! -e "$config" ] || break
                    done
                    config=${config#"$root"}
                    ;;
                esac
                case "$known " in *" $owner:$root$config "*) continue ;; esac
                [ -f "$root$config" ] || sudo -n test -f "$root$config" 2>/dev/null || continue
                known="$known $owner:$root$config"
                all=
                inside "$config" || continue
                files=$real
                depth=0
                IFS=$newline
                while [ -n "$files" ] && [ "$depth" -lt 5 ]; do
                  some=$(statements $files | head -n 2000)
                  all=$all$some$newline
                  files=
                  for line in $some; do
                    case $line in
                      "include$tab"*) ;;
                      *) continue ;;
                    esac
                    pattern=${line#*"$tab"}
                    case $pattern in /*) ;; *) pattern=${config%/*}/$pattern ;; esac
                    inside "${pattern%/*}" || continue
                    for file in $real/${pattern##*/}; do
                      inside "${file#"$root"}" || continue
                      [ ! -f "$real" ] || files=$files$real$newline
                    done
                  done
                  depth=$((depth + 1))
                done
                unset IFS
                case $all in *[a-z]*) found=1 ;; *) continue ;; esac
                echo nginx
                printf '%s' "$all" | awk -F '\\t' '$1 == "name" && !($2 in seen) && n++ < MOST_NAMES { seen[$2] = 1; print }'
                case $newline$all in *"${newline}log$tab"* | *"${newline}off$newline"*) ;; *) printf '%s\\n' "log${tab}its default${tab}combined${tab}-${tab}-" ;; esac
                printf '%s' "$all" | awk -F '\\t' '
                  $1 == "format" { format[$2] = $3 }
                  $1 == "log" && !(($2, $3) in seen) && logs < 20 { seen[$2, $3]; path[++logs] = $2; form[logs] = $3; zip[logs] = $4 }
                  END {
                    for (i = 1; i <= logs; i++) {
                      text = format[form[i]]
                      print path[i] "\\t" form[i] "\\t" (text ~ /[$][{]?request_time/ ? "request" : "-") "\\t" (text ~ /[$][{]?upstream_response_time/ ? "upstream" : "-") "\\t" zip[i] "\\t" text
                    }
                  }' | {
                  read_logs=0
                  while IFS=$tab read -r path name request upstream zipped text; do
                    case $path in
                      syslog:*) path=syslog ;;
                      memory:*) path=memory ;;
                      /* | *'$'*) ;;
                      *) path=${prefix:-/usr/share/nginx}/$path ;;
                    esac
                    printf '%s\\n' "log$tab$path$tab$name$tab$request$tab$upstream"
                    [ "$request$upstream" != -- ] && [ "$zipped" = plain ] && inside "$path" && [ -f "$real" ] && [ "$read_logs" -lt 4 ] || continue
                    read_logs=$((read_logs + 1))
                    last_of "$real" | tail -n 5000 | measure "$text"
                  done
                }
              done
              [ -n "$found" ] || [ "${owner:-0}" = 0 ] || { echo "nginx runs here as the user $owner: of such a one, its own user's files alone are read, and its configuration is another's"; exit 45; }
              [ -n "$found" ] || { echo "nginx runs here, but its configuration could not be read (in a container?): let the login user read it or run 'sudo cat', or audit with become"; exit 45; }
              exit 0
              """
                  .replace("MOST_NAMES", String.valueOf(MOST_NAMES)),
              Nginx::parse)
          .needing("nothing; root or `sudo -n` with cat and tail where files may not be read")
          .guardedBy(GUARD);

  public Nginx {
    logs = List.copyOf(logs);
    names = List.copyOf(names);
  }

  static Nginx parse(String output) {
    List<Log> logs = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    boolean found = false;
    for (String line : output.lines().toList()) {
      String[] words = line.split("\t", -1);
      found = found || line.equals("nginx");
      if (words[0].equals("name") && words.length == 2 && names.size() < MOST_NAMES) {
        ServiceName.spelling(words[1]).ifPresent(names::add);
      } else if (words[0].equals("log") && words.length == 5) {
        logs.add(
            new Log(
                Text.clip(words[1]),
                Text.clip(words[2]),
                words[3].equals("request"),
                words[4].equals("upstream"),
                Optional.empty(),
                Optional.empty()));
      } else if (words[0].equals("times") && words.length >= 6 && !logs.isEmpty()) {
        logs.set(logs.size() - 1, with(logs.getLast(), words));
      }
    }
    if (!found) {
      throw new UnreadableOutput("it printed " + Text.firstLine(output));
    }
    return new Nginx(logs, List.copyOf(names));
  }

  private static Log with(Log log, String[] words) {
    Optional<Times> times =
        Optional.of(
            new Times(
                Text.smallCount(words[2]),
                Text.milliseconds(words[3]),
                Text.milliseconds(words[4]),
                Text.milliseconds(words[5]),
                words.length > 6 ? Optional.of(Text.milliseconds(words[6])) : Optional.empty()));
    boolean upstream = words[1].equals("upstream");
    return new Log(
        log.path(),
        log.format(),
        log.logsRequest(),
        log.logsUpstream(),
        upstream ? log.request() : times,
        upstream ? times : log.upstream());
  }
}
