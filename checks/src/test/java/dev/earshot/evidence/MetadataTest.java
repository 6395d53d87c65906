package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetadataTest {

  @ParameterizedTest
  @CsvSource({
    "aws, eu-central-1, eu-central-1a, aws/eu-central-1/eu-central-1a",
    "gcp, '', projects/1/zones/europe-west1-b, gcp/europe-west1/europe-west1-b",
    "azure, westeurope, 1, azure/westeurope/1",
    "oracle, us-phoenix-1, phx-ad-3, oracle/us-phoenix-1/phx-ad-3",
    "openstack, '', nova, ''",
    "openstack, '', eu-west-par-a, eu-west-par-a",
    "huawei, eu-west-101, eu-west-101a, huawei/eu-west-101/eu-west-101a",
    "hetzner, eu-central, hel1-dc2, hetzner/eu-central/hel1-dc2",
    "digitalocean, nyc3, '', digitalocean/nyc3",
    "scaleway, '', fr-par-1, scaleway/fr-par/fr-par-1",
    "vultr, EWR, '', vultr/EWR",
    "linode, us-ord, '', linode/us-ord",
    "exoscale, '', ch-gva-2, exoscale/ch-gva-2/ch-gva-2",
    "alibaba, eu-central-1, eu-central-1a, alibaba/eu-central-1/eu-central-1a",
    "upcloud, fi-hel2, '', upcloud/fi-hel2",
    "tencent, eu-frankfurt, eu-frankfurt-1, tencent/eu-frankfurt/eu-frankfurt-1",
    "cloudstack, '', zone-a, zone-a",
    "otc, '', eu-de-01, otc/eu-de-01",
    "sap, '', eu-de-1b, sap/eu-de-1b",
    "samsung, '', kr-east-1a, samsung/kr-east-1a",
    "outscale, '', eu-west-2a, outscale/eu-west-2/eu-west-2a",
    "outscale, '', nova, outscale",
    "brightbox, '', gb1-a, brightbox/gb1/gb1-a",
    "e24cloud, '', eu-poland-1a, e24cloud/eu-poland-1/eu-poland-1a",
    "zstack, '', zone-b, zstack/zone/zone-b",
    "zstack, '', z, zstack/z",
    "tilaa, '', nl1-a, tilaa/nl1/nl1-a",
    "scaleway, '', par1, scaleway/par1"
  })
  void placesOfAllProviders(String service, String region, String zone, String place) {
    Metadata read =
        Metadata.parse("service=%s\nregion=%s\nzone=%s\n".formatted(service, region, zone));

    assertThat(read.place()).hasToString(place);
  }

  /// AWS shuffles the letters of zones for each account.
  @Test
  void idsShowThatZonesHaveOtherNames() {
    String text = "service=aws\nregion=us-east-1\nzone=us-east-1a\nzone-id=%s\n";
    Place one = Metadata.parse(text.formatted("use1-az4")).place();
    Place other = Metadata.parse(text.formatted("use1-az6")).place();

    assertThat(one).hasToString("aws/us-east-1/us-east-1a (use1-az4)");
    Place renamed =
        Metadata.parse(text.formatted("use1-az4").replace("us-east-1a", "us-east-1c")).place();
    Place another =
        Metadata.parse(text.formatted("use1-az6").replace("us-east-1a", "us-east-1c")).place();
    assertThat(one.namesZonesUnlike(other)).isTrue();
    assertThat(one.namesZonesUnlike(renamed)).isTrue();
    assertThat(one.namesZonesUnlike(another)).isFalse();
    assertThat(one.namesZonesUnlike(one)).isFalse();
    assertThat(one.namesZonesUnlike(Metadata.parse(text.formatted("")).place())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "aws, us-east-2, us-east-2b, aws/us-east-2/us-east-2b",
    "azure, westeurope, 0, azure/westeurope",
    "digitalocean, '', nyc3, digitalocean/nyc3",
    "upcloud, '', fi-hel2, upcloud/fi-hel2",
    "vultr, us, '', vultr",
    "hetzner, '', '', hetzner",
    "openstack, nov, nova, ''",
    "outscale, eu-west-2, eu-west-2a, outscale/eu-west-2/eu-west-2a",
    "brightbox, gb1-, gb1-a, brightbox/gb1/gb1-a",
    "tilaa, nov, nova, tilaa",
    "gce, europe-west1, europe-west1-b, gcp/europe-west1/europe-west1-b"
  })
  void cloudInitMeansOtherThingsByItsFieldsOnEachCloud(
      String cloud, String region, String zone, String place) {
    CloudInit read =
        CloudInit.parse(
            "  \"availability_zone\": \"%s\",\n  \"cloud_name\": \"%s\",\n  \"region\": \"%s\",\n"
                .formatted(zone, cloud, region));

    assertThat(read.place()).hasToString(place);
  }

  static Stream<Arguments> instanceData() {
    String head =
        """
        {
         "base64_encoded_keys": [],
         "ds": {
          "_doc": "EXPERIMENTAL",
          "meta_data": {
           "hostname": "a",
           "image-id": "secret",
           "network": {
            "region-id": "nowhere"
           },
           "region-id": "eu-central-1",
           "zone-id": "eu-central-1a"
          },
          "region-id": "nowhere"
         },
         "v1": {
        """;
    return ShellRun.shells().stream()
        .flatMap(shell ->
            Stream.of(
                Arguments.of(
                    shell,
                    head
                        + """
                          "availability_zone": null,
                          "cloud_name": "aliyun",
                          "region": null
                         }
                        }
                        """,
                    "alibaba/eu-central-1/eu-central-1a"),
                Arguments.of(
                    shell,
                    head
                        + """
                          "availability_zone": "us-east-2b",
                          "cloud_name": "aws",
                          "region": "us-east-2"
                         }
                        }
                        """,
                    "aws/us-east-2/us-east-2b")));
  }

  @ParameterizedTest
  @MethodSource("instanceData")
  void cloudInitsInstanceData(List<String> shell, String document, String place, @TempDir Path home)
      throws Exception {
    Path file = Files.writeString(home.resolve("instance-data.json"), document);
    List<String> command = new ArrayList<>(shell);
    command.addAll(
        List.of(
            "-c",
            CloudInit.PROBE
                .command()
                .replace("/run/cloud-init/instance-data.json", file.toString())));

    CommandResult result = ShellRun.run(command, Map.of());

    assertThat(result.output()).doesNotContain("secret", "nowhere");
    assertThat(CloudInit.PROBE.read(result).map(CloudInit::place).collected().map(Place::toString))
        .hasValue(place);
  }
}
