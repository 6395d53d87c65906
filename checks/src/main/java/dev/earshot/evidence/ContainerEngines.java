package dev.earshot.evidence;

/// Shell code by which probes find out whose Podman there is to ask, and ask an engine.
final class ContainerEngines {

  /// Shell code that leaves in `podman` the number of the user whose containers can be asked for:
  /// our own, else root's, or nothing; and in `others` those of users who have containers beside
  /// them. Each user of Podman has a store of its own: to ask another one's would show no
  /// container, and make that store where there is none. Anybody may call a process `conmon`.
  static final String PODMAN =
      """
      podman=
      others=
      case LIST in *'(conmon)'*)
        owners=$(printf '%s\\n' "LIST" | while read -r pid name _; do
          [ "$name" = '(conmon)' ] || continue
          OF_THAT_NAME
          while read -r field owner _; do
            [ "$field" != Uid: ] || { echo "$owner"; break; }
          done 2>/dev/null <"/proc/$pid/status"
        done | sort -un | head -n 20)
        for owner in $owners; do
          case $owner in "${EARSHOT_UID-$(id -u)}") podman=$owner ;; 0) podman=0 ;; esac
        done
        for owner in $owners; do
          [ "$owner" = "$podman" ] || others="$others${others:+ }$owner"
        done
      esac
      """
          .replace("OF_THAT_NAME", Processes.elseContinue("conmon"))
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
