package dev.earshot.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The containers of a host, stopped ones included.
///
/// @param asked when, by the host's clock
/// @param engines that answered: `docker`, `podman`
/// @param leftOut which there may be beside these, and what to do about it
public record Containers(
    Instant asked, Set<String> engines, List<Container> all, Optional<String> leftOut) {

  /// Only engines that run: asking Docker's socket would start one that does not. A running Podman
  /// container has a `conmon`.
  private static final String GUARD =
      Processes.elseReturn("dockerd)", "conmon)")
          + """
          engines=
          processes=LIST
          case $processes in *"(dockerd)"*) engines=docker ;; esac
          """
              .replace("LIST", Processes.LIST)
          + ContainerEngines.PODMAN
          + """
          [ -z "$podman" ] || engines="$engines podman"
          left=
          case $others in
            '') ;;
            *' '*) left="Podman runs containers of several users ($others), each of whom has a store of its own: audit as each of them (ansible_user, without become)" ;;
            *) left="Podman runs containers of the user $others, who alone has them in store: audit as that user (ansible_user, without become)" ;;
          esac
          case $engines$left in
            '') return 44 ;;
            "$left") echo "$left"; return 45 ;;
          esac
          """;

  /// Values are printed as JSON, so that none can be taken for a line of its own. The names of some
  /// differ by engine, and Podman 3 has another one for the health.
  private static final String TEMPLATE =
      """
      name {{json .Name}}
      image {{json .Config.Image}}
      image-id {{json .Image}}
      created {{json .Created}}
      state {{json .State.Status}}
      started {{json .State.StartedAt}}
      exit-code {{json .State.ExitCode}}
      oom-killed {{json .State.OOMKilled}}
      restarts {{json .RestartCount}}
      restart-policy {{json .HostConfig.RestartPolicy.Name}}
      memory {{json .HostConfig.Memory}}
      nano-cpus {{json .HostConfig.NANO}}
      cpu-quota {{json .HostConfig.CPUquota}}
      cpu-period {{json .HostConfig.CPUperiod}}
      shm-size {{json .HostConfig.ShmSize}}
      ipc {{json .HostConfig.IpcMode}}
      {{range .Mounts}}{{if eq .Destination "/dev/shm"}}shm-mounted true
      {{end}}{{end}}{{range $at, $_ := .HostConfig.Tmpfs}}{{if eq $at "/dev/shm"}}shm-mounted true
      {{end}}{{end}}{{with .State.HEALTH}}health {{json .Status}}
      {{end}}{{range $port, $at := .NetworkSettings.Ports}}port {{json $port}} {{json $at}}
      {{end}}{{range $name, $_ := .NetworkSettings.Networks}}network {{json $name}}
      {{end}}{{with .Config.Labels}}version {{json (index . "org.opencontainers.image.version")}}
      project {{json (index . "com.docker.compose.project")}}
      service {{json (index . "com.docker.compose.service")}}
      file {{json (index . "com.docker.compose.project.config_files")}}
      {{end}}end\
      """;

  public static final Probe<Containers> PROBE =
      Probe.of(
              "containers.list",
              "Docker's and Podman's containers: image, state, published ports, networks, Compose project, limits and the size of /dev/shm; neither their environment nor their command lines, which may hold secrets.",
              """
              unset DOCKER_HOST DOCKER_CONTEXT CONTAINER_HOST
              CALL
              leave_out() {
                left="$left${left:+; }$1"
              }
              echo "clock $(date +%s)"
              answered=
              for engine in $engines; do
                command -v "$engine" >/dev/null || { leave_out "$engine runs here, but its command is not installed: install the package that holds '$engine'"; continue; }
                reach "$engine"
                if ! ids=$(engine ps -a -q 2>/dev/null); then
                  why=$(engine ps -a -q 2>&1 | head -n 1)
                  leave_out "$engine did not answer ($why): allow the login user 'sudo $engine', or audit with become; membership in the group docker does as well (each is as good as root)"
                  continue
                fi
                answered=yes
                echo "engine $engine"
                ids=$(printf '%s\\n' "$ids" | head -n 500)
                case $ids in '' | *[!0-9a-f[:space:]]*) continue ;; esac
                if [ "$engine" = docker ]; then
                  engine inspect --type container --format 'OF_DOCKER' $ids 2>/dev/null
                else
                  engine inspect --type container --format 'OF_PODMAN' $ids 2>/dev/null || engine inspect --type container --format 'OF_OLD_PODMAN' $ids 2>/dev/null
                fi
                images=$(engine inspect --type container --format '{{.Image}}' $ids 2>/dev/null | sort -u)
                case $images in '' | *[!0-9a-z:[:space:]]*) continue ;; esac
                engine image inspect --format 'about {{.Id}} {{json .Created}} {{json .RepoDigests}}' $images 2>/dev/null
              done
              [ -n "$answered" ] || { printf '%s\\n' "$left"; exit 45; }
              [ -z "$left" ] || printf 'left-out %s\\n' "$left"
              exit 0
              """
                  .replace("CALL\n", ContainerEngines.CALL)
                  .replace("OF_DOCKER", template("NanoCPUs", "CPU", "Health"))
                  .replace("OF_PODMAN", template("NanoCpus", "Cpu", "Health"))
                  .replace("OF_OLD_PODMAN", template("NanoCpus", "Cpu", "Healthcheck")),
              Containers::parse)
          .needing("root, or the group docker, or `sudo -n docker` and `sudo -n podman`")
          .guardedBy(GUARD);

  public Containers {
    engines = Set.copyOf(engines);
    all = List.copyOf(all);
  }

  /// Those that run or are being restarted.
  public List<Container> up() {
    return all.stream().filter(container -> container.run().isUp()).toList();
  }

  private static String template(String nano, String cpu, String health) {
    return TEMPLATE
        .replace("NANO", nano)
        .replace("CPUquota", cpu + "Quota")
        .replace("CPUperiod", cpu + "Period")
        .replace("HEALTH", health);
  }

  static Containers parse(String output) {
    return new ContainerReading(output).containers();
  }
}
