package dev.earshot.check.container;

import dev.earshot.check.Fleet;
import dev.earshot.evidence.Container;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.topology.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Which images the backends run under one and the same name: a tag is what the registry let it be
/// when each of them pulled.
///
/// A registry may give one image another digest, as for an index that got a further architecture:
/// what was built at the same moment is the same.
///
/// Docker's alone: Podman tells an image by the digests of its index and of its manifest, in no
/// order that could be relied on.
final class ImageDigests {

  private static final String DOCKER = "docker";

  /// `sha256:` and what engines print of the rest.
  private static final int SHORT = 19;

  private final Map<String, Map<String, Found>> byReference = new HashMap<>();

  private record Found(HostName host, Optional<Instant> built) {}

  private ImageDigests() {}

  /// @param judged the hosts that count
  static ImageDigests of(Fleet fleet, Predicate<HostEvidence> judged) {
    ImageDigests digests = new ImageDigests();
    fleet.hosts().stream()
        .filter(judged)
        .filter(host -> fleet.topology().roles(host.name()).contains(Role.BACKEND))
        .forEach(host ->
            host.containers().collected().map(Containers::up).orElse(List.of()).stream()
                .filter(container -> container.engine().equals(DOCKER))
                .forEach(container -> digests.add(host.name(), container)));
    return digests;
  }

  private void add(HostName host, Container container) {
    container
        .image()
        .digest()
        .ifPresent(digest ->
            byReference
                .computeIfAbsent(container.image().reference(), _ -> new TreeMap<>())
                .putIfAbsent(digest, new Found(host, container.image().built())));
  }

  /// Who runs another image under the same name, as a phrase.
  Optional<String> contradiction(HostEvidence host, Container container) {
    Map<String, Found> known = byReference.getOrDefault(container.image().reference(), Map.of());
    return container
        .image()
        .digest()
        .filter(digest -> container.engine().equals(DOCKER) && known.containsKey(digest))
        .flatMap(digest ->
            known.entrySet().stream()
                .filter(other -> !other.getKey().equals(digest))
                .filter(other -> !other.getValue().built().equals(container.image().built()))
                .findFirst()
                .map(other ->
                    "%s here and %s on %s under the same name"
                        .formatted(
                            shortened(digest),
                            shortened(other.getKey()),
                            other.getValue().host())));
  }

  private static String shortened(String digest) {
    return digest.substring(0, Math.min(SHORT, digest.length()));
  }
}
