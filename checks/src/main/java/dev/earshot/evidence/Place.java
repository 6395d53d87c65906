package dev.earshot.evidence;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a host is, by one source's word.
///
/// @param zoneId the zone's name that all accounts share, where its usual one is shuffled for each
///   (AWS: one's `us-east-1a` may be another's `us-east-1c`, `use1-az4` is the same for both)
public record Place(
    Source source,
    Optional<String> provider,
    Optional<String> region,
    Optional<String> zone,
    Optional<String> zoneId) {

  private static final Pattern ZONE_LETTER = Pattern.compile("(-|(?<=[0-9]))[a-z]$");

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

  public Place(
      Source source, Optional<String> provider, Optional<String> region, Optional<String> zone) {
    this(source, provider, region, zone, Optional.empty());
  }

  public boolean isEmpty() {
    return provider.isEmpty() && region.isEmpty() && zone.isEmpty();
  }

  /// Whether zones have other names there, as ids show that are the same under different names, or
  /// different under the same: then like names mean nothing.
  public boolean namesZonesUnlike(Place other) {
    return zone.isPresent()
        && other.zone.isPresent()
        && zoneId.isPresent()
        && other.zoneId.isPresent()
        && zone.equals(other.zone) != zoneId.equals(other.zoneId);
  }

  /// The region that a zone's name begins with, where it ends in a letter of its own: `eu-west-2`
  /// of `eu-west-2a`, `gb1` of `gb1-a`. The `a` of `nova` is none.
  static Optional<String> regionOf(String zone) {
    Matcher letter = ZONE_LETTER.matcher(zone);
    return letter.find() && letter.start() > 0
        ? Optional.of(zone.substring(0, letter.start()))
        : Optional.empty();
  }

  /// `ovh/gra/a`, `aws/us-east-1/us-east-1a (use1-az4)`
  @Override
  public String toString() {
    return Stream.of(provider, region, zone)
            .flatMap(Optional::stream)
            .collect(Collectors.joining("/"))
        + zoneId.map(" (%s)"::formatted).orElse("");
  }
}
