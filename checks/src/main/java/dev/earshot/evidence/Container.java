package dev.earshot.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One container of a host. Its environment, its command line and its mounts are not asked for:
/// they may hold secrets. Of mounts it is told alone whether one is at `/dev/shm`.
///
/// @param engine `docker` or `podman`
/// @param version what runs in it, where the image's label tells
/// @param sharedMemory nothing in evidence of earlier versions
public record Container(
    String engine,
    String name,
    ContainerImage image,
    Optional<String> version,
    Optional<Instant> created,
    Run run,
    List<PublishedPort> ports,
    List<String> networks,
    Optional<Compose> compose,
    Limits limits,
    Optional<SharedMemory> sharedMemory) {

  /// How it fares.
  ///
  /// @param state `running`, `restarting`, `exited`, …
  /// @param health `healthy`, `unhealthy`, `starting`; nothing where the image has no health check
  /// @param oomKilled the kernel ended a process of it for want of memory since it was last started
  /// @param restarts by the engine, since somebody last started it
  public record Run(
      String state,
      Optional<String> health,
      Optional<Instant> started,
      int exitCode,
      boolean oomKilled,
      int restarts,
      String restartPolicy) {

    public boolean isUp() {
      return state.equals("running") || state.equals("restarting") || state.equals("paused");
    }
  }

  /// A port of the container that the host's address leads to.
  ///
  /// @param port within the container
  /// @param protocol `tcp` or `udp`
  /// @param at the host's end; all of its addresses where that is `0.0.0.0` or `::`
  public record PublishedPort(int port, String protocol, Endpoint at) {}

  /// The Compose project that it belongs to.
  ///
  /// @param file the project's files, as they were given
  public record Compose(String project, String service, String file) {}

  /// What it may use up; nothing where it may use up all that the host has.
  public record Limits(Optional<Bytes> memory, Optional<Double> cpus) {}

  /// What is at its `/dev/shm`.
  ///
  /// @param size that the engine gives to one of its own
  public record SharedMemory(Whose whose, Bytes size) {

    /// Whose it is.
    public enum Whose {
      OWN,
      /// The host's, by `--ipc=host`.
      HOST,
      /// Another container's, or something that is mounted there.
      OTHER
    }
  }

  public Container {
    ports = List.copyOf(ports);
    networks = List.copyOf(networks);
  }
}
