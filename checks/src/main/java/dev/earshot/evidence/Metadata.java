package dev.earshot.evidence;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Where the provider's own metadata service says a virtual machine is.
///
/// @param service which one was asked: the one that the firmware identifies, never another
/// @param zoneId as all accounts call the zone, where the service tells that
public record Metadata(
    String service, Optional<String> region, Optional<String> zone, Optional<String> zoneId) {

  public static final Probe<Metadata> PROBE =
      Probe.of(
              "place.metadata",
              "Region and zone, from the one metadata service that the firmware identifies; two seconds each, no redirect, no proxy, never user data or credentials.",
              MetadataProgram.ASK,
              Metadata::parse)
          .guardedBy(MetadataProgram.GUARD);

  private static final Set<String> SOFTWARE = Set.of("openstack", "cloudstack");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._ /-]{1,200}");

  static Metadata parse(String output) {
    Map<String, String> fields = new HashMap<>();
    output
        .lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(line ->
            fields.putIfAbsent(
                line.substring(0, line.indexOf('=')),
                line.substring(line.indexOf('=') + 1).strip()));
    String service = fields.getOrDefault("service", "");
    if (!service.matches("[a-z0-9]{1,20}")) {
      throw new UnreadableOutput("no metadata service in: " + Text.firstLine(output));
    }
    Metadata found =
        new Metadata(
            service, name(fields, "region"), name(fields, "zone"), name(fields, "zone-id"));
    if (found.region().isEmpty() && found.zone().isEmpty()) {
      throw new UnreadableOutput("the metadata service of %s named no place".formatted(service));
    }
    return found;
  }

  private static Optional<String> name(Map<String, String> fields, String field) {
    return Optional.ofNullable(fields.get(field))
        .filter(value -> NAME.matcher(value).matches())
        .map(value -> value.substring(value.lastIndexOf('/') + 1))
        .flatMap(Text::unlessBlank);
  }

  /// OpenStack and CloudStack are programs and not providers, and `nova`, OpenStack's zone where
  /// nobody set one, is no place. Several name the region within the zone's name alone.
  public Place place() {
    Optional<String> provider = Optional.of(service).filter(name -> !SOFTWARE.contains(name));
    Optional<String> real = zone.filter(name -> !name.equals("nova"));
    Optional<String> derived =
        switch (service) {
          case "gcp", "scaleway" -> zone.flatMap(Metadata::beforeLastDash);
          case "outscale", "brightbox", "e24cloud", "zstack", "tilaa" ->
              zone.flatMap(Place::regionOf);
          case "exoscale" -> zone;
          default -> region;
        };
    return new Place(Place.Source.METADATA, provider, derived, real, zoneId);
  }

  private static Optional<String> beforeLastDash(String zone) {
    int dash = zone.lastIndexOf('-');
    return dash > 0 ? Optional.of(zone.substring(0, dash)) : Optional.empty();
  }
}
