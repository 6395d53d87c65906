package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The probe as it is, in namespaces of its own: there the firmware's files and the link-local
/// addresses are ours.
class MetadataServiceTest {

  /// Answers a path's last part, or what a token is needed for only with the token.
  private static final String SERVER =
      """
      import http.server, socket, sys
      answers = dict(line.split(' ', 1) for line in sys.argv[2].split(';'))
      wanted = sys.argv[3]
      class Service(http.server.BaseHTTPRequestHandler):
          def say(self, text):
              self.send_response(302 if text == 'MOVED' else 200 if text else 404)
              self.send_header('Location', 'http://169.254.169.254/elsewhere')
              self.end_headers()
              self.wfile.write((text or '').replace('~', chr(10)).encode())
          def do_PUT(self):
              self.say('t0ken')
          def do_GET(self):
              name, _, value = wanted.partition(': ')
              self.say(answers.get(self.path) if not wanted or self.headers.get(name) == value else None)
          def log_message(self, *_):
              pass
      if ':' in sys.argv[1]:
          http.server.HTTPServer.address_family = socket.AF_INET6
      http.server.HTTPServer((sys.argv[1], 80), Service).serve_forever()
      """;

  /// Of an instance of Scaleway's, on one line as its service writes it.
  private static final String SCALEWAY =
      "{\"id\": \"8f2d6c50\", \"name\": \"a, \\\"zone\\\": \\\"nl-ams-9\\\"\", \"commercial_type\": \"DEV1-S\", \"tags\": [\"zone: pl-waw-2\"], \"location\": {\"platform_id\": \"14\", \"cluster_id\": \"27\", \"hypervisor_id\": \"501\", \"node_id\": \"11\"}, \"zone\": \"fr-par-1\", \"timezone\": \"UTC\", \"ssh_public_keys\": [{\"key\": \"secret\"}]}";

  private static final String SCALEWAY_BY_LOCATION =
      "{\"id\": \"8f2d6c50\", \"hostname\": \"a\", \"location\": {\"platform_id\": \"14\", \"node_id\": \"11\", \"zone_id\": \"nl-ams-2\"}, \"timezone\": \"UTC\", \"ssh_public_keys\": [{\"key\": \"secret\"}]}";

  /// Linode's text, since JSON is given to those alone who ask for it; a tilde ends a line.
  private static final String LINODE =
      "backups.enabled: false~host_uuid: 3a3ddd59~id: 42~label: secret, region: us-east~region: us-ord~region_name: nowhere~type: g6-nanode-1~";

  private static final String HUAWEI =
      "{\"random_seed\": \"secret\", \"region_id\": \"eu-west-101\", \"meta\": {\"vpc_id\": \"4f\", \"os_region_id\": \"nowhere\"}, \"availability_zone\": \"eu-west-101a\", \"default_availability_zone\": \"nowhere\", \"region\": \"nowhere\"}";

  private static final String ZONE = "/2009-04-04/meta-data/placement/availability-zone";

  private static final String AWS =
      "/latest/meta-data/placement/region us-east-1;/latest/meta-data/placement/availability-zone us-east-1a;/latest/meta-data/placement/availability-zone-id use1-az4";

  @TempDir private Path home;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sys_vendor=Amazon EC2|169.254.169.254|/latest/meta-data/placement/region eu-central-1;/latest/meta-data/placement/availability-zone eu-central-1a|X-aws-ec2-metadata-token: t0ken|aws/eu-central-1/eu-central-1a",
        "hypervisor/uuid=ec2e1916-9099-7caf-fd21-012345abcdef|169.254.169.254|/latest/meta-data/placement/region eu-central-1;/latest/meta-data/placement/availability-zone eu-central-1a|X-aws-ec2-metadata-token: t0ken|aws/eu-central-1/eu-central-1a",
        "product_name=Google Compute Engine|169.254.169.254|/computeMetadata/v1/instance/zone projects/7/zones/europe-west1-b|Metadata-Flavor: Google|gcp/europe-west1/europe-west1-b",
        "chassis_asset_tag=7783-7084-3265-9085-8269-3286-77|169.254.169.254|/metadata/instance/compute/location?api-version=2021-02-01&format=text westeurope|Metadata: true|azure/westeurope",
        "chassis_asset_tag=OracleCloud.com|169.254.169.254|/opc/v2/instance/canonicalRegionName us-phoenix-1;/opc/v2/instance/ociAdName phx-ad-3|Authorization: Bearer Oracle|oracle/us-phoenix-1/phx-ad-3",
        "sys_vendor=Hetzner|169.254.169.254|/hetzner/v1/metadata/region eu-central;/hetzner/v1/metadata/availability-zone hel1-dc2||hetzner/eu-central/hel1-dc2",
        "sys_vendor=DigitalOcean|169.254.169.254|/metadata/v1/region nyc3||digitalocean/nyc3",
        "sys_vendor=UpCloud|169.254.169.254|/metadata/v1/region fi-hel2||upcloud/fi-hel2",
        "sys_vendor=Vultr|169.254.169.254|/v1/region/regioncode EWR||vultr/EWR",
        "sys_vendor=Scaleway|169.254.42.42|/conf?format=json {\"ssh\": \"secret\", \"zone\": \"fr-par-1\"}||scaleway/fr-par/fr-par-1",
        "sys_vendor=Akamai|169.254.169.254|/v1/instance {\"label\": \"secret\", \"region\": \"us-ord\"}|Metadata-Token: t0ken|linode/us-ord",
        "product_name=Alibaba Cloud ECS|100.100.100.200|/latest/meta-data/region-id eu-central-1;/latest/meta-data/zone-id eu-central-1a|X-aliyun-ecs-metadata-token: t0ken|alibaba/eu-central-1/eu-central-1a",
        "product_name=Exoscale Compute Platform|169.254.169.254|/1.0/meta-data/availability-zone ch-gva-2||exoscale/ch-gva-2/ch-gva-2",
        "chassis_asset_tag=HUAWEICLOUD|169.254.169.254|/openstack/latest/meta_data.json {\"region_id\": \"eu-west-101\", \"availability_zone\": \"eu-west-101a\"}||huawei/eu-west-101/eu-west-101a",
        "sys_vendor=Amazon EC2|169.254.169.254|"
            + AWS
            + "|X-aws-ec2-metadata-token: t0ken|aws/us-east-1/us-east-1a (use1-az4)",
        "sys_vendor=Scaleway|169.254.42.42|/conf?format=json "
            + SCALEWAY
            + "||scaleway/fr-par/fr-par-1",
        "sys_vendor=Scaleway|169.254.42.42|/conf?format=json "
            + SCALEWAY_BY_LOCATION
            + "||scaleway/nl-ams/nl-ams-2",
        "sys_vendor=Linode|169.254.169.254|/v1/instance "
            + LINODE
            + "|Metadata-Token: t0ken|linode/us-ord",
        "chassis_asset_tag=HUAWEICLOUD|169.254.169.254|/openstack/latest/meta_data.json "
            + HUAWEI
            + "||huawei/eu-west-101/eu-west-101a",
        "chassis_asset_tag=SAP CCloud VM|169.254.169.254|" + ZONE + " eu-de-1b||sap/eu-de-1b",
        "chassis_asset_tag=Samsung Cloud Platform|169.254.169.254|"
            + ZONE
            + " kr-east-1a||samsung/kr-east-1a",
        "sys_vendor=3DS Outscale|169.254.169.254|"
            + ZONE
            + " eu-west-2a||outscale/eu-west-2/eu-west-2a",
        "product_name=3DS Outscale VM|169.254.169.254|" + ZONE + " nova||outscale",
        "sys_vendor=e24cloud|169.254.169.254|"
            + ZONE
            + " eu-poland-1a||e24cloud/eu-poland-1/eu-poland-1a",
        "chassis_asset_tag=123456.zstack.io|169.254.169.254|"
            + ZONE
            + " zone-b||zstack/zone/zone-b",
        "sys_vendor=Tilaa|169.254.169.254|" + ZONE + " nl1-a||tilaa/nl1/nl1-a",
        "product_name=OpenStack Nova|169.254.169.254|/2009-04-04/meta-data/placement/availability-zone eu-west-par-a||eu-west-par-a",
        "chassis_asset_tag=OpenTelekomCloud|169.254.169.254|/2009-04-04/meta-data/placement/availability-zone eu-de-01||otc/eu-de-01",
        "sys_vendor=Amazon EC2|fd00:ec2::254|/latest/meta-data/placement/region eu-central-1;/latest/meta-data/placement/availability-zone eu-central-1a|X-aws-ec2-metadata-token: t0ken|aws/eu-central-1/eu-central-1a",
        "sys_vendor=Scaleway|fd00:42::42|/conf?format=json {\"ssh\": \"secret\", \"zone\": \"fr-par-1\"}||scaleway/fr-par/fr-par-1",
        "sys_vendor=Akamai|fd00:a9fe:a9fe::1|/v1/instance {\"label\": \"secret\", \"region\": \"us-ord\"}|Metadata-Token: t0ken|linode/us-ord",
        "sys_vendor=Tencent Cloud|169.254.0.23|/latest/meta-data/placement/region eu-frankfurt;/latest/meta-data/placement/zone eu-frankfurt-1||tencent/eu-frankfurt/eu-frankfurt-1",
        "product_name=CloudStack KVM Hypervisor|10.1.1.1|/latest/meta-data/availability-zone zone-a||zone-a",
        "product_serial=srv-1a2b3.brightbox.com|169.254.169.254|/2009-04-04/meta-data/placement/availability-zone gb1-a||brightbox/gb1/gb1-a",
        "sys_vendor=Hetzner|169.254.169.254|/hetzner/v1/metadata/region MOVED;/elsewhere nowhere||",
        "sys_vendor=Hetzner|169.254.169.254|/hetzner/v1/metadata/region <html>||",
        "hypervisor/uuid=1ec2e191-9099-7caf-fd21-012345abcdef|169.254.169.254|/latest/meta-data/placement/region eu-central-1||",
        "sys_vendor=QEMU|169.254.169.254|/hetzner/v1/metadata/region eu-central||"
      })
  void asksTheProviderThatTheFirmwareNames(
      String dmi, String address, String answers, String header, String place) throws Exception {
    assumeTrue(
        ShellRun.exists("unshare")
            && ShellRun.exists("ip")
            && ShellRun.exists("python3")
            && ShellRun.exists("curl"),
        "unshare, ip, python3 or curl is not installed on this machine");
    assumeTrue(
        ShellRun.run(List.of("unshare", "-nm", "true"), Map.of()).exitStatus() == 0,
        "making namespaces needs root");
    Path server = Files.writeString(home.resolve("server.py"), SERVER);
    String[] field = dmi.split("=", 2);
    Path called = home.resolve("called");
    Path curl =
        Files.writeString(
            home.resolve("curl"),
            """
            #!/bin/sh
            printf '%%s\\n' "$@" >>'%s'
            exec '%s' "$@"
            """
                .formatted(called, ShellRun.find("curl").orElseThrow()));
    assertThat(curl.toFile().setExecutable(true)).isTrue();

    CommandResult result =
        ShellRun.run(
            List.of(
                "unshare",
                "-nm",
                "sh",
                "-c",
                """
                mount -t tmpfs none /sys && mkdir -p /sys/class/dmi/id /sys/hypervisor || exit 99
                case $1 in */*) file=/sys/$1 ;; *) file=/sys/class/dmi/id/$1 ;; esac
                printf '%s\\n' "$2" >"$file"
                case $3 in *:*) length=128 host="[$3]" ;; *) length=32 host=$3 ;; esac
                ip link set lo up && ip address add "$3/$length" dev lo || exit 99
                mount -t tmpfs none /run && mkdir -p /run/systemd/netif/leases || exit 99
                echo "SERVER_ADDRESS=$3" >/run/systemd/netif/leases/2
                echo "$3 metadata.tencentyun.com" >/run/hosts && mount --bind /run/hosts /etc/hosts || exit 99
                python3 "$4" "$3" "$5" "$6" >/dev/null 2>&1 &
                server=$!
                for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                  curl -s --noproxy '*' -o /dev/null "http://$host/" && break
                  sleep 0.2
                done
                sh -c "$7"
                status=$?
                kill $server
                exit $status
                """,
                "sh",
                field[0],
                field[1],
                address,
                server.toString(),
                answers,
                header == null ? "" : header,
                Metadata.PROBE.command()),
            Map.of("http_proxy", "http://127.0.0.1:9", "PATH", home + ":" + System.getenv("PATH")));

    assertThat(result.exitStatus()).as(result.output()).isNotEqualTo(99);
    assertThat(result.output()).doesNotContain("secret", "t0ken", "nowhere");
    assertThat(called).content().as("what any user sees").doesNotContain("t0ken");
    if (place == null) {
      assertThat(Metadata.PROBE.read(result).collected()).as(result.output()).isEmpty();
    } else {
      assertThat(Metadata.PROBE.read(result).map(Metadata::place).collected().map(Place::toString))
          .as(result.output())
          .hasValue(place);
    }
  }
}
