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
    DECLARED("the inventory"),
    /// The name of a group of the inventory that others know as a region or zone.
    GROUP("a group's name"),
    /// What cloud-init noted at boot.
    CLOUD_INIT("cloud-init"),
    /// The provider's metadata service.
    METADATA("the metadata service"),
    /// The machine's firmware.
    DMI("the firmware");

    private final String label;

    Source(String label) {
      this.label = label;
    }

    /// `the metadata service`, as the subject of a sentence.
    public String label() {
      return label;
    }
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
