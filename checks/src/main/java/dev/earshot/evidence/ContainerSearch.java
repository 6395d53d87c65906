package dev.earshot.evidence;

/// Finds servers of one kind in containers: the engine runs psql in there, as the container's user
/// `postgres` or as the user that the container runs as. It leaves nothing behind in the container,
/// and the engine notes the call in its own log.
///
/// A server of a container is told by the container's name and a port: that of the host's end where
/// it is published, which is the one that clients know; else its own.
final class ContainerSearch {

  /// The most containers with such a server that are asked: each costs a few processes.
  static final int MOST = 10;

  /// The engine is asked only where the kernel's list of processes has a server. What a container's
  /// psql prints can't begin the answers of another server.
  private static final String PROGRAM =
      """
      processes=LIST
      engines=
      case $processes in *'(dockerd)'*) engines=docker ;; esac
      PODMAN
      [ -z "$podman" ] || engines="$engines podman"
      masters=
      [ -z "$engines" ] || masters=$(printf '%s\\n' "$processes" | awk '$2 == "(NAME)" { print $1 }' | head -n 2000 | while read -r pid; do
        OF_THAT_NAME
        parent=
        read -r _ _ _ parent _ 2>/dev/null <"/proc/$pid/stat"
        case "$newline$processes" in *"$newline$parent (NAME)"*) ;; *) echo "$pid $parent" ;; esac
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
        engine exec -i ${user:+-u "$user"} "$id" sh -c 'INSIDE' psql "$@" | sed '/^=== /d'
      }
      holds() {
        printf '%s\\n' "$masters" | while read -r master parent; do
          group=
          read -r group 2>/dev/null <"/proc/$master/cgroup"
          case "$master $parent $group " in "$2 "* | *" $2 "* | *"$1"*) echo yes ;; esac
        done
      }
      asked=0
      for engine in ${masters:+$engines}; do
        unset DOCKER_HOST DOCKER_CONTEXT CONTAINER_HOST
        reach "$engine"
        if ! command -v "$engine" >/dev/null; then
          refusals="${refusals}TITLE may run in a container, but $engine is not installed: install the package that holds it; "
          continue
        fi
        if ! ids=$(engine ps -q --no-trunc 2>/dev/null); then
          refusals="${refusals}TITLE may run in a container, and $engine did not answer: allow the login user 'sudo $engine', or audit with become; "
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
            refusals="${refusals}TITLE in $engine's container $name: only MOST containers are asked; "
            continue
          fi
          add_contained "$id" - "$name" "$*"
        done
        unset IFS
      done
      """
          .replace("PODMAN\n", ContainerEngines.PODMAN)
          .replace("OF_THAT_NAME", Processes.elseContinue("NAME"))
          .replace("CALL\n", ContainerEngines.CALL)
          .replace("LIST", Processes.LIST)
          .replace("MOST", String.valueOf(MOST));

  private ContainerSearch() {}

  /// Shell code that defines `contained SOCKET ARGUMENT...`, which runs psql in a container, and
  /// calls `add_contained ID - NAME PUBLISHED` for each that holds such a server, with `engine`
  /// set: the caller's function, which adds to `refusals` where it does not answer. `SOCKET` begins
  /// with `ENGINE/ID/USER/`. Needs `newline` and `refusals`.
  ///
  /// @param process its name, as the kernel has it
  /// @param title for sentences
  /// @param inside what a shell in the container does before it becomes psql, in single quotes
  static String of(String process, String title, String inside) {
    return PROGRAM
        .replace("NAME", process)
        .replace("TITLE", title)
        .replace("INSIDE", inside + " exec psql \"$@\"");
  }
}
