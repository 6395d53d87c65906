package dev.earshot.evidence;

/// Shell code by which probes find out whose Podman there is to ask, and ask an engine.
final class ContainerEngines {

  /// Shell code that leaves in `podman` the number of the user whose containers run, `0` where that
  /// can't be told, `several`, or nothing. Each user of Podman has a store of its own: to ask
  /// another one's would show no container, and make that store where there is none.
  static final String PODMAN =
      """
      podman=
      case LIST in *'(conmon)'*)
        podman=0
        owners=$(printf '%s\\n' "LIST" | while read -r pid name _; do
          [ "$name" = '(conmon)' ] || continue
          while read -r field owner _; do
            [ "$field" != Uid: ] || { echo "$owner"; break; }
          done 2>/dev/null <"/proc/$pid/status"
        done)
        first=
        for owner in $owners; do
          case ${first:-$owner} in "$owner") first=$owner podman=$owner ;; *) podman=several; break ;; esac
        done
      esac
      """
          .replace("LIST", Processes.LIST);

  /// Defines `reach docker|podman`, which says whom `engine ARGUMENT...` asks from then on. Needs
  /// `podman`, as [#PODMAN] leaves it.
  static final String CALL =
      """
      engine() {
        if [ "$engine" = docker ]; then
          $sudo docker -H unix:///run/docker.sock "$@"
        else
          $sudo podman "$@"
        fi
      }
      reach() {
        engine=$1
        if [ "${EARSHOT_UID-$(id -u)}" = 0 ] || { [ "$engine" = docker ] && [ -w /run/docker.sock ]; } || { [ "$engine" = podman ] && [ "$podman" != 0 ]; }; then sudo=; else sudo='sudo -n'; fi
      }
      """;

  private ContainerEngines() {}
}
