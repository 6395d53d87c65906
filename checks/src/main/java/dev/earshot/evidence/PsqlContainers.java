package dev.earshot.evidence;

/// How [Psql] reaches servers in containers: with the psql in there, which their engine runs as
/// their user `postgres`, or as the user that the container runs as, by the first socket that is
/// there: a server need not listen at 5432. It leaves nothing behind in the container, and the
/// engine notes the call in its own log.
///
/// A server of a container is told by the container's name and a port: that of the host's end where
/// it is published, which is the one that clients know; else its own.
final class PsqlContainers {

  /// The most containers with a PostgreSQL that are asked: each costs a few processes.
  static final int MOST = 10;

  /// Defines `contained SOCKET ARGUMENT...`, which runs psql, and adds to `sockets`, as
  /// `ENGINE/ID/USER/NAME USER PORT ROLE DIRECTORY/.s.PGSQL.PORT`, or to `refusals`: the container,
  /// then how it is entered and what the server is called in there, then the port that clients
  /// know. Needs `newline` and `query`.
  ///
  /// The engine is asked only where the kernel's list of processes has a server. What a container's
  /// psql prints can't begin the answers of another server. The role is the one that the official
  /// image was told to make; `PGUSER` carries it, since `\connect` forgets `--username`.
  static final String FIND =
      """
      processes=LIST
      engines=
      case $processes in *'(dockerd)'*) engines=docker ;; esac
      PODMAN
      case $podman in 0 | "$(id -u)") engines="$engines podman" ;; esac
      postmasters=
      [ -z "$engines" ] || postmasters=$(printf '%s\\n' "$processes" | awk '$2 == "(postgres)" { print $1 }' | head -n 2000 | while read -r pid; do
        parent=
        read -r _ _ _ parent _ 2>/dev/null <"/proc/$pid/stat"
        case "$newline$processes" in *"$newline$parent (postgres)"*) ;; *) echo "$pid $parent" ;; esac
      done)
      CALL
      contained() {
        reach "${1%%/*}"
        id=${1#*/}
        user=${id#*/}
        id=${id%%/*}
        user=${user%%/*}
        [ "$user" != default ] || user=
        shift
        engine exec -i ${user:+-u "$user"} "$id" sh -c 'cd /; unset PGHOST PGHOSTADDR PGSERVICE PGOPTIONS PGPASSWORD; export PGUSER="${POSTGRES_USER:-postgres}" LC_ALL=C PSQL_HISTORY=/dev/null PGPASSFILE=/nonexistent; for socket in /var/run/postgresql/.s.PGSQL.* /tmp/.s.PGSQL.*; do if [ -S "$socket" ]; then export PGHOST="${socket%/*}" PGPORT="${socket##*.}"; break; fi; done; exec psql "$@"' psql "$@" | sed '/^=== /d'
      }
      holds() {
        printf '%s\\n' "$postmasters" | while read -r postmaster parent; do
          group=
          read -r group 2>/dev/null <"/proc/$postmaster/cgroup"
          case "$postmaster $parent $group " in "$2 "* | *" $2 "* | *"$1"*) echo yes ;; esac
        done
      }
      add_contained() {
        case $3 in '' | *[!A-Za-z0-9_.-]*) return ;; esac
        for user in postgres default; do
          told=$(echo "select current_setting('port') as port, case when current_user ~ '[^A-Za-z0-9_.-]' then '-' else current_user end as role, :'HOST' as directory" | query "$engine/$1/$user/$3/.s.PGSQL.0" postgres 2>&1)
          case $told in
            "port,role,directory$newline"[0-9]*)
              told=$(printf '%s\\n' "$told" | tail -n 1)
              inside=${told%%,*}
              role=${told#*,}
              role=${role%,*}
              directory=run
              [ "${told##*,}" != /tmp ] || directory=tmp
              port=$inside
              for published in $4; do
                [ "${published%=*}" != "$inside/tcp" ] || port=${published#*=}
              done
              case $inside$port in *[!0-9]*) return ;; esac
              case $role in '' | *[!A-Za-z0-9_.-]*) role=- ;; esac
              sockets="$sockets${sockets:+$newline}$engine/$1/$user/$3 $user $inside $role $directory/.s.PGSQL.$port"
              return
              ;;
          esac
        done
        refusals="${refusals}PostgreSQL in $engine's container $3 did not answer ($(printf '%s\\n' "$told" | head -n 1)); "
      }
      asked=0
      for engine in ${postmasters:+$engines}; do
        unset DOCKER_HOST DOCKER_CONTEXT CONTAINER_HOST
        reach "$engine"
        if ! command -v "$engine" >/dev/null; then
          refusals="${refusals}PostgreSQL may run in a container, but $engine is not installed: install the package that holds it; "
          continue
        fi
        if ! ids=$(engine ps -q --no-trunc 2>/dev/null); then
          refusals="${refusals}PostgreSQL may run in a container, and $engine did not answer: allow the login user 'sudo $engine', or audit with become; "
          continue
        fi
        ids=$(printf '%s\\n' "$ids" | head -n 500)
        case $ids in '' | *[!0-9a-f[:space:]]*) continue ;; esac
        running=$(engine inspect --type container --format '{{.Id}} {{.State.Pid}} {{.Name}}{{range $port, $at := .NetworkSettings.Ports}}{{range $at}} {{$port}}={{.HostPort}}{{end}}{{end}}' $ids 2>/dev/null)
        IFS=$newline
        for line in $running; do
          unset IFS
          set -f
          set -- $line
          set +f
          [ $# -ge 3 ] && [ -n "$(holds "$1" "$2")" ] || continue
          id=$1
          name=${3#/}
          shift 3
          asked=$((asked + 1))
          if [ "$asked" -gt MOST ]; then
            refusals="${refusals}PostgreSQL in $engine's container $name: only MOST containers are asked; "
            continue
          fi
          add_contained "$id" - "$name" "$*"
        done
        unset IFS
      done
      """
          .replace("PODMAN\n", ContainerEngines.PODMAN)
          .replace("CALL\n", ContainerEngines.CALL)
          .replace("LIST", Processes.LIST)
          .replace("MOST", String.valueOf(MOST));

  private PsqlContainers() {}
}
