package dev.earshot.evidence;

/// How the PostgreSQL probes reach the servers of a host: through their Unix sockets, as the system
/// user `postgres` where root or sudo allows it, else as the login user; those in containers
/// through their engine; every session read-only and bounded in time.
final class Psql {

  /// Begins the line that tells which servers did not answer where others did.
  static final String LEFT_OUT = "left out: ";

  static final String PRIVILEGE =
      "root, or `sudo -n -u postgres psql`, or a database role of the login user's name in pg_monitor";

  /// Finds the `sockets` (paths, a line each). Those of PgBouncer are none: it makes no lock file
  /// beside them, as every server does.
  static final String GUARD =
      """
      newline='
      '
      sockets=
      pooler=
      case LIST in *'(pgbouncer)'*) pooler=yes ;; esac
      for socket in /run/postgresql/.s.PGSQL.* /tmp/.s.PGSQL.*; do
        case ${socket##*/.s.PGSQL.} in '' | *[!0-9]*) continue ;; esac
        [ -z "$pooler" ] || [ -e "$socket.lock" ] || continue
        [ ! -S "$socket" ] || sockets="$sockets${sockets:+$newline}$socket"
      done
      if [ -z "$sockets" ]; then
      """
              .replace("LIST", Processes.LIST)
          + Processes.elseReturn("postgres)")
          + "fi\n";

  /// Sets `psql` to the program to run. Debian's is a script in Perl that looks for it, at five
  /// times the processor time of psql itself; rules of sudo are about that script, though.
  static final String FIND =
      """
      psql=$(command -v psql)
      [ "$psql" != /usr/bin/psql ] || for real in /usr/lib/postgresql/[1-9][0-9]/bin/psql; do
        [ ! -x "$real" ] || psql=$real
      done
      """;

  /// Sets `owner` to the user whom a `socket` belongs to, and takes the shell's arguments away.
  static final String OWNER =
      """
      unset IFS
      set -f
      set -- $(ls -ld "$socket" 2>/dev/null)
      set +f
      owner=${3-}
      """;

  /// The branches of a `case` that run psql ([#FIND]), with the shell's arguments, as the user that
  /// a server runs as: how depends on who asks.
  ///
  /// @param user as a word of the shell
  static String as(String user) {
    return """
    root) if command -v runuser >/dev/null; then runuser -u USER -- "$psql" "$@"; else su -s /bin/sh USER -c 'exec "$0" "$@"' "$psql" "$@"; fi ;;
    sudo) sudo -n -u USER psql "$@" ;;
    self) "$psql" "$@" ;;
    """
        .replace("USER", user);
  }

  /// Takes `sockets` from the guard, leaves in it those of servers that let us in, adds those of
  /// containers ([PsqlContainers]), and defines `query SOCKET DATABASE` (SQL on standard input) and
  /// `server SOCKET`, which prints how a server's answers begin; or ends the probe. In psql,
  /// `connection` tells how it connects, but for the database.
  ///
  /// Only sockets with a port for a name count, and of those that belong to the server's user:
  /// anybody may make one in `/tmp`, and `requirepeer` keeps such a one from posing as the server.
  /// The database's name goes into a quoted connection string: given bare, one that contains `=`
  /// would be read as connection parameters. `search_path` is pinned, since a database's owner
  /// could set one on which functions of the owner's own stand before PostgreSQL's, and we may be
  /// its superuser. Who is superuser keeps our statements out of `pg_stat_statements`: beside those
  /// of a few requests they would be a part of what is measured.
  static final String PRELUDE =
      """
      cd /
      FIND
      unset PGHOSTADDR PGSERVICE PGOPTIONS PGPASSWORD PGPASSFILE
      query() {
        name=$2
        case $name in *[\\\\\\']*) name=$(printf '%s' "$name" | sed "s/[\\\\\\\\']/\\\\\\\\&/g") ;; esac
        connection="connect_timeout=5 application_name=earshot options='-c search_path=pg_catalog -c default_transaction_read_only=on -c statement_timeout=5s -c lock_timeout=50ms'"
        case $1 in
          /*) if [ "$as" = self ] && [ -O "$1" ]; then owner=$(id -un); else owner=postgres; fi
            connection="host=${1%/*} port=${1##*.} requirepeer=$owner passfile=/nonexistent $connection"
            way=$as ;;
          *) way=contained ;;
        esac
        at=$1
        set -- -X -q -w --csv -f - -v "connection=$connection" -d "$connection dbname='$name'"
        {
          printf '%s\\n' "select case current_setting('is_superuser') when 'on' then set_config('pg_stat_statements.track', 'none', false) end as tracked \\\\gset"
          cat
        } | case $way in
          contained) contained "$at" "$@" ;;
          WAYS
        esac
      }
      server() {
        case $1 in
          /*) echo "=== ${1##*/.s.PGSQL.}" ;;
          *) inside=${1%/.s.PGSQL.*}; echo "=== ${1##*/.s.PGSQL.} ${1%%/*} ${inside##*/}" ;;
        esac
      }
      refusals=
      denied=
      if [ "${EARSHOT_UID-$(id -u)}" = 0 ]; then ways=root; else ways='sudo self'; fi
      candidates=$sockets
      sockets=
      IFS=$newline
      for socket in $candidates; do
        OWNER
        if [ "$owner" != postgres ] && ! [ -O "$socket" ]; then
          refusals="${refusals}the socket $socket is not the user postgres's, and is not asked; "
        else
          sockets="$sockets${sockets:+$newline}$socket"
        fi
      done
      candidates=$sockets
      unset IFS
      if [ -n "$candidates" ] && ! command -v psql >/dev/null; then
        sockets=
        refusals="${refusals}PostgreSQL runs here, but psql is not installed: install the package postgresql-client; "
      elif [ -n "$candidates" ]; then
        sockets=
        for as in $ways; do
          refused=
          IFS=$newline
          for socket in $candidates; do
            unset IFS
            if answer=$(echo 'select 1' | query "$socket" postgres 2>&1); then
              sockets="$sockets${sockets:+$newline}$socket"
            else
              refused="$refused$as: $(printf '%s' "$answer" | head -n 1); "
            fi
          done
          unset IFS
          [ -z "$sockets" ] || break
          denied="$denied$refused"
        done
        refused=$denied$refused
        [ -z "$refused" ] || refusals="${refusals}PostgreSQL did not let us in (${refused%; }): allow the login user 'sudo -u postgres psql', or create it as a database role with: GRANT pg_monitor; "
      fi
      """
              .replace("FIND\n", FIND)
              .replace("  OWNER\n", OWNER.indent(2))
              .replace("    WAYS\n", as("postgres").indent(4))
          + PsqlContainers.FIND
          + """
          if [ -z "$sockets" ]; then
            refusals=${refusals:-"PostgreSQL runs here, but there is no socket of it in /run/postgresql or /tmp, and no container of Docker or Podman that holds it"}
            printf '%s\\n' "${refusals%; }"
            exit 45
          fi
          [ -z "$refusals" ] || printf '%s\\n' "LEFT_OUT${refusals%; }"
          """
              .replace("LEFT_OUT", LEFT_OUT);

  /// A condition on a setting's name: its value may hold a secret and never leaves the host.
  static final String MAY_HOLD_SECRET = "~* '(conninfo|command|passphrase|passw|secret|token|key)'";

  /// A command that puts the same statements to each server.
  static String ask(String statements) {
    return PRELUDE
        + """
        printf '%s\\n' "$sockets" | while read -r socket; do
          server "$socket"
          printf '%s\\n' STATEMENTS | query "$socket" postgres 2>/dev/null
        done
        """
            .replace("STATEMENTS", word(statements));
  }

  /// Statements as one word of a shell, in double quotes.
  ///
  /// @param statements SQL and psql's own commands that Earshot itself wrote
  static String word(String statements) {
    return "\"" + statements.strip().replaceAll("([\\\\\"$`])", "\\\\$1") + "\"";
  }

  private Psql() {}
}
