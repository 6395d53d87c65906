package dev.earshot.evidence;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a host is, by one source's word.
public record Place(
    Source source, Optional<String> provider, Optional<String> region, Optional<String> zone) {

  /// Who says so.
  public enum Source {
    /// Variables of the inventory.
    DECLARED,
    /// The machine's firmware.
    DMI
  }

  public boolean isEmpty() {
    return provider.isEmpty() && region.isEmpty() && zone.isEmpty();
  }

  /// `ovh/gra/a`
  @Override
  public String toString() {
    return Stream.of(provider, region, zone)
        .flatMap(Optional::stream)
        .collect(Collectors.joining("/"));
  }
}
