package dev.earshot.check.colocation;

import dev.earshot.evidence.Dmi;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Place;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a host is declared to be, spelt so that it can be held against another's.
///
/// @param provider the firmware's word where nobody declares one
record Locality(Optional<String> provider, Optional<String> region, Optional<String> zone) {

  /// Hetzner's regions are its networks: `eu-central` is in Falkenstein, Nuremberg and Helsinki, 25
  /// ms from each other.
  private static final Set<String> OF_SEVERAL_SITES =
      Set.of("eu-central", "us-east", "us-west", "ap-southeast");

  static Locality of(HostEvidence host, Place declared) {
    return new Locality(
        declared
            .provider()
            .or(() -> host.dmi().collected().flatMap(Dmi::provider))
            .map(Providers::key),
        declared.region().map(Locality::plain),
        declared.zone().map(Locality::plain));
  }

  /// Whether anything tells more than whose machine it is.
  boolean isKnown() {
    return region.isPresent() || zone.isPresent();
  }

  /// Whether only a zone would tell which of several cities it is.
  boolean isOfSeveralSites() {
    return zone.isEmpty()
        && provider.filter("hetzner"::equals).isPresent()
        && region.filter(OF_SEVERAL_SITES::contains).isPresent();
  }

  /// Whether hosts at both should be near each other. The region alone decides where one of them
  /// tells no zone.
  boolean isLike(Locality other) {
    return isKnown()
        && provider.equals(other.provider)
        && region.equals(other.region)
        && (zone.equals(other.zone)
            || (region.isPresent() && (zone.isEmpty() || other.zone.isEmpty())))
        && !isOfSeveralSites()
        && !other.isOfSeveralSites();
  }

  /// Whether that is so because of the zone, too.
  boolean isOfOneZone(Locality other) {
    return isLike(other) && zone.isPresent() && other.zone.isPresent();
  }

  /// Whether hosts at both can't share a room. Zones of a region can be close, and so can regions
  /// of two providers.
  boolean isFarFrom(Locality other) {
    return region.isPresent()
        && other.region.isPresent()
        && (provider.isEmpty() || other.provider.isEmpty() || provider.equals(other.provider))
        && PlaceNames.areFarApart(region.get(), other.region.get());
  }

  /// Whether both regions are ones that providers have, which are in different towns; people's own
  /// names may stand for two sites of one.
  boolean isOfProviders(Locality other) {
    return region.filter(PlaceNames::isOfProvider).isPresent()
        && other.region.filter(PlaceNames::isOfProvider).isPresent();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).strip();
  }
}
