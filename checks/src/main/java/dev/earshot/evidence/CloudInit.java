package dev.earshot.evidence;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where cloud-init found the machine to be when it booted first, from the part of its instance
/// data that everybody may read.
public record CloudInit(String cloud, Optional<String> region, Optional<String> zone) {

  /// Where Alibaba has both: cloud-init takes neither over.
  private static final String OWN_REGION = "region-id";

  private static final String OWN_ZONE = "zone-id";

  public static final Probe<CloudInit> PROBE =
      Probe.of(
              "place.cloud-init",
              "Cloud, region and zone as cloud-init noted them at boot: a few lines of its world-readable instance data, no network.",
              """
              sed -n -e '/^ "v1": {/,/^ }/{' -e '/^  "cloud_name": "/p' -e '/^  "region": "/p' -e '/^  "availability_zone": "/p' -e '}' -e '/^ "ds": {/,/^ }/{' -e '/^  "meta_data": {/,/^  }/{' -e '/^   "region-id": "/p' -e '/^   "zone-id": "/p' -e '}' -e '}' /run/cloud-init/instance-data.json
              """,
              CloudInit::parse)
          .guardedBy("[ -r /run/cloud-init/instance-data.json ] || return 44\n");

  static CloudInit parse(String output) {
    return new CloudInit(
        field(output, "cloud_name")
            .orElseThrow(() ->
                new UnreadableOutput("cloud-init's instance data says " + Text.firstLine(output))),
        field(output, "region").or(() -> field(output, OWN_REGION)),
        field(output, "availability_zone").or(() -> field(output, OWN_ZONE)));
  }

  private static Optional<String> field(String output, String name) {
    var found =
        Pattern.compile("(?m)^ {2,3}\"" + name + "\": \"([A-Za-z0-9._ -]{1,64})\",?\\s*$")
            .matcher(output);
    return found.find() ? Text.unlessBlank(found.group(1)) : Optional.empty();
  }

  /// What its fields mean, cloud by cloud: DigitalOcean's and UpCloud's regions stand in the zone's
  /// field; Azure's zone is a fault domain; Vultr's region is a country; any cloud like EC2 gets a
  /// zone less its last letter for a region, which makes `nov` of `nova` and `gb1-` of `gb1-a`.
  public Place place() {
    Optional<String> noRegion = Optional.empty();
    return switch (cloud) {
      case "digitalocean", "upcloud" -> place(cloud, zone.or(() -> region), Optional.empty());
      case "azure" -> place(cloud, region, Optional.empty());
      case "vultr" -> place(cloud, region.filter(name -> name.length() > 2), Optional.empty());
      case "gce" -> place("gcp", region, zone);
      case "akamai" -> place("linode", region, zone);
      case "aliyun" -> place("alibaba", region, zone);
      case "aws", "hetzner", "scaleway", "oracle", "exoscale" -> place(cloud, region, zone);
      case "outscale", "brightbox", "e24cloud", "zstack", "tilaa" ->
          place(cloud, zone.flatMap(Place::regionOf), zone.filter(name -> !name.equals("nova")));
      default ->
          new Place(
              Place.Source.CLOUD_INIT,
              Optional.empty(),
              noRegion,
              zone.filter(name -> !name.equals("nova")));
    };
  }

  private static Place place(String provider, Optional<String> region, Optional<String> zone) {
    return new Place(Place.Source.CLOUD_INIT, Optional.of(provider), region, zone);
  }
}
