package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    "exoscale, '', ch-gva-2, exoscale/ch-gva-2/ch-gva-2"
  })
  void placesOfAllProviders(String service, String region, String zone, String place) {
    Metadata read =
        Metadata.parse("service=%s\nregion=%s\nzone=%s\n".formatted(service, region, zone));

    assertThat(read.place()).hasToString(place);
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
}
