package dev.earshot.evidence;

/// The command of [PgBouncer#PROBE]: it asks the console of each PgBouncer through its Unix socket,
/// or with the psql of its container.
///
/// Every server has a lock file beside its socket; a pooler has none.
final class PgBouncerProgram {

  /// Of clients and rules one more is printed, so that whoever reads them knows that there are
  /// more.
  static final int MOST = 1000;

  /// The most characters of a rule that are printed.
  static final int LONGEST = 1000;

  /// A longer file is read no further.
  private static final int BYTES = 65_536;

  private static final String POOLS =
      """
      \\echo @pools
      show pools;
      \\echo @databases
      show databases;
      \\echo @stats
      show stats;
      \\echo @lists
      show lists;
      """;

  /// Clients come last: thousands of them become a few roles, databases and addresses on the host.
  private static final String REST =
      """
      \\echo @config
      show config;
      \\pset format unaligned
      \\pset footer off
      \\pset fieldsep '\\037'
      \\echo @clients
      show clients;
      """;

  private static final String QUOTE =
      "function quoted(text) { gsub(/\"/, \"\\\"\\\"\", text); return \"\\\"\" text \"\\\"\" }\n";

  private static final String CHOOSE =
      QUOTE
          + """
          BEGIN { FS = "\\037" }
          $0 == "@config" && !part { part = 1; print; next }
          $0 == "@clients" && part == 1 { part = 2; next }
          part == 1 && /^(key|max_client_conn|conffile|auth_type|auth_hba_file),/ { print }
          part == 2 && !columns {
            columns = NF
            for (i = 1; i <= NF; i++) at[$i] = i
            if (!at["user"] || !at["database"] || !at["addr"]) exit
            print "@clients"
            print "user,database,addr"
            next
          }
          part == 2 && NF == columns && kept <= MOST {
            client = quoted($at["user"]) "," quoted($at["database"]) "," quoted($at["addr"])
            if (!seen[client]++) { kept++; print client }
          }
          """;

  /// Of a rule that PgBouncer understands, no more than its method is printed, then `-` where
  /// something follows: passwords may stand in options and comments. Names with `=` in them, which
  /// may be options in the wrong place, become `@`, a name that nobody can tell.
  private static final String RULES =
      QUOTE
          + """
          function token() {
            sub(/^[ \\t\\r\\f\\v]+/, "", rest)
            word = ""
            if (match(rest, /^,/) || match(rest, /^"([^"]*"")*[^"]*"/) || match(rest, /^[^ \\t\\r\\f\\v,"#]+/)) {
              word = substr(rest, 1, RLENGTH)
              rest = substr(rest, RLENGTH + 1)
            }
            return word
          }
          function names(   all, before) {
            all = ""
            while (token() != "" && word != ",") {
              all = all word
              before = rest
              if (token() != ",") {
                rest = before
                return all ~ /=/ ? "@" : all
              }
              all = all ","
            }
            return ""
          }
          function rule(   type, databases, users, address) {
            type = token()
            databases = names()
            users = names()
            if (databases == "" || users == "") return ""
            address = ""
            if (type != "local") {
              if (token() !~ /^(all|[0-9a-fA-F.:]+(\\/[0-9]+)?)$/) return ""
              address = word " "
              if (word != "all" && word !~ /\\//) {
                if (token() !~ /^[0-9a-fA-F.:]+$/) return ""
                address = address word " "
              }
            }
            if (token() !~ /^(KNOWN)$/) return ""
            return type " " databases " " users " " address word (rest ~ /^[ \\t\\r\\f\\v]*(#|$)/ ? "" : " -")
          }
          BEGIN { print "line,text" }
          { bytes += length($0) + 1 }
          $0 == "#earshot read it" { read = bytes <= BYTES; next }
          /^[ \\t]*(local|host|hostssl|hostnossl)[ \\t]/ && kept <= MOST {
            rest = substr($0, 1, LONGEST)
            text = rule()
            if (text != "") { kept++; print NR "," quoted(text) }
            else if (length($0) > LONGEST) cut = 1
          }
          END { print "0," (read && !cut ? "read" : "cut") }
          """;

  /// By the first socket of a pooler that is there.
  private static final String INSIDE =
      """
      cd /; unset PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGSERVICE PGOPTIONS PGPASSWORD; export LC_ALL=C PSQL_HISTORY=/dev/null PGPASSFILE=/nonexistent; for socket in /var/run/postgresql/.s.PGSQL.* /tmp/.s.PGSQL.*; do if [ -S "$socket" ] && ! [ -e "$socket.lock" ]; then export PGHOST="${socket%/*}" PGPORT="${socket##*.}"; break; fi; done;\
      """;

  /// The rules are read by psql's own shell: as the user that PgBouncer runs as, where PgBouncer
  /// reads them, with no more rights than to ask the console takes.
  private static final String ASK =
      """
      cd /
      unset PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGSERVICE PGOPTIONS PGPASSWORD PGPASSFILE
      FIND
      newline='
      '
      ask() {
        connection="user=$3 dbname=pgbouncer connect_timeout=5 application_name=earshot"
        case $2 in /*) connection="$connection host=${2%/*} port=${2##*.} requirepeer=$owner passfile=/nonexistent" ;; esac
        set -- "$1" "$2" -X -q -w --csv -f - -d "$connection"
        way=$1
        at=$2
        shift 2
        case $way in
          contained) contained "$at" "$@" ;;
          WAYS
        esac
      }
      tell() {
        mark=$1
        shift
        pools=$(printf '%s\\n' POOLS | ask "$@" 2>&1) || return
        found=yes
        rest=$(printf '%s\\n' REST | ask "$@" 2>/dev/null | awk 'CHOOSE')
        answers="$answers=== $mark$newline$pools$newline$rest$newline"
        case "$newline$rest" in *"${newline}auth_type,hba,"*) ;; *) return 0 ;; esac
        file=$(printf '%s\\n' "$rest" | sed -n 's/^auth_hba_file,\\([^,]*\\),.*/\\1/p')
        case $file in
          *[!A-Za-z0-9._/-]*) ;;
          /*) answers="$answers@rules$newline$(printf '%s\\n' "\\\\! head -c $((BYTES + 1)) $file && echo && echo '#earshot read it'" | ask "$@" 2>/dev/null | awk 'RULES')$newline" ;;
        esac
      }
      answers=
      found=
      refused=
      refusals=
      """
          .replace("FIND\n", Psql.FIND)
          .replace("    WAYS\n", Psql.as("\"$owner\"").indent(4))
          .replace("POOLS", Psql.word(POOLS))
          .replace("REST", Psql.word(REST))
          .replace("CHOOSE", CHOOSE.strip())
          .replace("RULES", RULES.strip())
          .replace("KNOWN", String.join("|", PgBouncerRule.methods()))
          .replace("LONGEST", String.valueOf(LONGEST - " -".length()))
          .replace("BYTES", String.valueOf(BYTES))
          .replace("MOST", String.valueOf(MOST));

  private static final String ON_HOST =
      """
      if [ "${EARSHOT_UID-$(id -u)}" = 0 ]; then ways=root; else ways='sudo self'; fi
      for socket in /run/postgresql/.s.PGSQL.* /run/pgbouncer/.s.PGSQL.* /tmp/.s.PGSQL.*; do
        case ${socket##*/.s.PGSQL.} in '' | *[!0-9]*) continue ;; esac
        [ -S "$socket" ] && [ ! -e "$socket.lock" ] || continue
        OWNER
        role=pgbouncer
        case $owner in
          postgres | pgbouncer) ;;
          *) if [ -O "$socket" ]; then owner=$(id -un); else continue; fi ;;
        esac
        if ! command -v psql >/dev/null; then
          refusals='PgBouncer runs here, but psql is not installed: install the package postgresql-client; '
          break
        fi
        for as in $ways; do
          if [ "$as" = self ] && ! [ -O "$socket" ]; then role=$(id -un); fi
          case $role in *[!A-Za-z0-9_.-]*) continue ;; esac
          if tell "${socket##*.}" "$as" "$socket" "$role"; then refused= && break; fi
          case $pools in *'Connection refused'*) continue ;; esac
          refused="$refused$as: $(printf '%s\\n' "$pools" | grep -v '^@' | head -n 1); "
        done
        [ -z "$refused" ] || refusals="${refusals}allow the login user 'sudo -u postgres psql', or name it in stats_users of pgbouncer.ini with auth_type = peer: PgBouncer's console did not let us in (${refused%; }); "
        refused=
      done
      """
          .replace("  OWNER\n", Psql.OWNER.indent(2));

  private static final String ADD =
      """
      add_contained() {
        case $3 in '' | *[!A-Za-z0-9_.-]*) return ;; esac
        for user in default postgres; do
          at=$engine/$1/$user/$3
          told=$(printf '%s\\n' '\\echo directory,:HOST' 'show config;' | ask contained "$at" pgbouncer 2>&1)
          inside=$(printf '%s\\n' "$told" | sed -n 's/^listen_port,\\([0-9]*\\),.*/\\1/p')
          case "$told" in "directory,/"*) ;; *) inside= ;; esac
          [ -n "$inside" ] || continue
          directory=run
          case $told in "directory,/tmp$newline"*) directory=tmp ;; esac
          port=$inside
          for published in $4; do
            [ "${published%=*}" != "$inside/tcp" ] || port=${published#*=}
          done
          case $port in '' | *[!0-9]*) return ;; esac
          if tell "$port $engine $3 $user $inside pgbouncer $directory" contained "$at" pgbouncer; then return; fi
        done
        refusals="${refusals}PgBouncer in $engine's container $3 did not answer ($(printf '%s\\n' "$told" | grep -v '^directory,' | head -n 1)); "
      }
      """;

  private static final String END =
      """
      if [ -z "$found" ]; then
        refusals=${refusals:-'PgBouncer runs here, but there is no socket of it in /run/postgresql, /run/pgbouncer or /tmp, and no container of Docker or Podman that holds it: set unix_socket_dir to one of them'}
        printf '%s\\n' "${refusals%; }"
        exit 45
      fi
      [ -z "$refusals" ] || printf '%s\\n' "LEFT_OUT${refusals%; }" | tr '"' "'"
      printf '%s' "$answers"
      """
          .replace("LEFT_OUT", Psql.LEFT_OUT);

  static final String COMMAND =
      ASK + ON_HOST + ADD + ContainerSearch.of("pgbouncer", "PgBouncer", INSIDE) + END;

  private PgBouncerProgram() {}
}
