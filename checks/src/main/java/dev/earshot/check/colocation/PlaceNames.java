package dev.earshot.check.colocation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Names of regions and zones, as providers and people write them.
final class PlaceNames {

  /// `fsn1`, `nyc3`: a city and a number, as providers name their sites; `dc1` and `az2` are what
  /// people number.
  private static final Pattern SITE = Pattern.compile("[a-z]{3}[0-9]{1,2}");

  private static final Pattern NUMBERED = Pattern.compile("([a-z]+)[0-9]*");

  /// `gra`, `waw1`: letters as of an airport, with or without a number; what people call their own
  /// halls and data centers (`dca`, `rz1`) is left out.
  private static final Pattern CITY = Pattern.compile("(?!dc|rz|az)[a-z]{3}[0-9]{0,2}");

  /// `eu-west-1`, `europe-west4`, `fi-hel1`, `fr-par`: a country or a part of the world, with a
  /// direction or a city.
  private static final Pattern OF_PROVIDER =
      Pattern.compile(
          "(africa|asia|australia|europe|me|northamerica|southamerica|us|eu|ap|ca|sa|af|il|cn|mx|uk)"
              + "-((north|south|east|west|central)+|gov-(east|west)|[a-z]{3,}(?=-?[0-9]))(-?[0-9]{1,2})?"
              + "|(at|au|bg|br|ch|de|es|fi|fr|in|it|jp|nl|pl|se|sg)-[a-z]{3}(-?[0-9]{1,2})?");

  /// `use1-az4`, as AWS names a zone for all accounts.
  private static final Pattern ZONE_ID = Pattern.compile("[a-z]{2,6}[0-9]{1,2}-az[0-9]{1,2}");

  private PlaceNames() {}

  static boolean isZoneId(String zone) {
    return ZONE_ID.matcher(zone.toLowerCase(Locale.ROOT)).matches();
  }

  /// Whether a region is one that providers have, as far as its name tells. Of others, nobody knows
  /// how far apart they are: `dc-a` and `dc-b` may be two sites of one town.
  static boolean isOfProvider(String region) {
    String name = String.join("-", parts(region));
    return CITY.matcher(name).matches() || OF_PROVIDER.matcher(name).matches();
  }

  /// Whether both are known, and neither is in the other: `EU-Central-1` is `eu_central_1`, and
  /// `fsn1` has `fsn1-dc14` in it.
  static boolean differ(Optional<String> a, Optional<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    String one = String.join("", parts(a.get()));
    String other = String.join("", parts(b.get()));
    return !one.contains(other) && !other.contains(one);
  }

  /// Whether the one could be meant where the other stands: `eu-west-1` and `us-east-2` have as
  /// many parts, with digits in the same.
  static boolean similar(Optional<String> a, Optional<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    List<String> one = parts(a.get());
    List<String> other = parts(b.get());
    return shape(one).equals(shape(other)) || nameSites(one, other);
  }

  /// Whether both are names of sites, as far as the shorter one goes: `fsn1` is as much as `hel1`
  /// of `hel1-dc2`.
  static boolean nameSites(Optional<String> a, Optional<String> b) {
    return a.isPresent() && b.isPresent() && nameSites(parts(a.get()), parts(b.get()));
  }

  /// Whether two regions are not even of one city: `GRA7` and `GRA11` are, as are `nyc1` and
  /// `nyc3`.
  static boolean areFarApart(String a, String b) {
    Optional<String> one = Optional.of(city(a));
    Optional<String> other = Optional.of(city(b));
    return similar(one, other) && differ(one, other);
  }

  private static String city(String region) {
    var numbered = NUMBERED.matcher(region.toLowerCase(Locale.ROOT));
    return numbered.matches() ? numbered.group(1) : region;
  }

  private static boolean nameSites(List<String> one, List<String> other) {
    int common = Math.min(one.size(), other.size());
    List<String> a = one.subList(0, common);
    List<String> b = other.subList(0, common);
    return shape(a).equals(shape(b)) && nameSite(a) && nameSite(b);
  }

  /// Words without a digit may be about anything: `web-prod` is as long as `fr-par`.
  private static boolean nameSite(List<String> parts) {
    return parts.size() == 1
        ? SITE.matcher(parts.getFirst()).matches()
        : parts.stream().anyMatch(part -> part.matches(".*[0-9]"));
  }

  private static String shape(List<String> parts) {
    return String.join("-", parts).replaceAll("[a-z]+", "a").replaceAll("[0-9]+", "0");
  }

  private static List<String> parts(String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
