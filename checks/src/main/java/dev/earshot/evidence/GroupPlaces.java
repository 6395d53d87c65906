package dev.earshot.evidence;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Groups that are named after places: `eu_west_1`, `fsn1`, `dc_gra`.
///
/// Most groups are not, and no list of names tells which: `web` might be somebody's datacenter. So
/// a group is a place only where somebody who should know, for any host, names a region or zone
/// like it.
final class GroupPlaces {

  private final Map<String, String> regions = new LinkedHashMap<>();
  private final Map<String, String> zones = new LinkedHashMap<>();

  /// @param known what variables, cloud-init and metadata services say of all hosts
  GroupPlaces(Collection<Place> known) {
    for (Place place : known) {
      place.region().ifPresent(name -> regions.putIfAbsent(plain(name), name));
      place.zone().ifPresent(name -> zones.putIfAbsent(plain(name), name));
    }
    regions.remove("");
    zones.remove("");
  }

  /// The place that a host's groups name, as others spell it; the first of several.
  Optional<Place> of(List<String> groups) {
    Optional<String> region = first(groups, regions);
    Optional<String> zone = first(groups, zones);
    return region.isEmpty() && zone.isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(Place.Source.GROUP, Optional.empty(), region, zone));
  }

  private static Optional<String> first(List<String> groups, Map<String, String> known) {
    return groups.stream()
        .flatMap(group ->
            Optional.ofNullable(known.get(plain(group)))
                .or(() -> Optional.ofNullable(known.get(plain(withoutKind(group)))))
                .stream())
        .findFirst();
  }

  /// `region_`, `dc_` and their like, which `constructed` inventories put before the name.
  private static String withoutKind(String group) {
    return group.replaceFirst("(?i)^(region|zone|datacenter|dc|site|location|az)[_-]", "");
  }

  /// A group's name has no hyphens.
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
