package dev.earshot.evidence;

/// The program that asks a metadata service.
///
/// Several providers answer at one address, so the firmware is asked first, and then that provider
/// alone. Each answer is a name without spaces of its own: where a service can give a single field,
/// that field is asked for, and of a document nothing but the place leaves the host.
final class MetadataProgram {

  /// Files only, read by the shell itself.
  static final String GUARD =
      """
      [ -d /sys/class/dmi/id ] || [ -r /sys/hypervisor/uuid ] || return 44
      service=
      for field in sys_vendor product_name chassis_asset_tag bios_vendor product_serial; do
        value=
        [ ! -r "/sys/class/dmi/id/$field" ] || read -r value <"/sys/class/dmi/id/$field"
        case "$field=$value" in
          sys_vendor=*[Aa]mazon* | bios_vendor=*[Aa]mazon*) service=aws ;;
          'product_name=Google Compute Engine') service=gcp ;;
          chassis_asset_tag=7783-7084-3265-9085-8269-3286-77) service=azure ;;
          chassis_asset_tag=OracleCloud.com) service=oracle ;;
          chassis_asset_tag=OpenTelekomCloud) service=otc ;;
          chassis_asset_tag=HUAWEICLOUD) service=huawei ;;
          'chassis_asset_tag=SAP CCloud VM') service=sap ;;
          'chassis_asset_tag=Samsung Cloud Platform') service=samsung ;;
          chassis_asset_tag=*.zstack.io) service=zstack ;;
          sys_vendor=Hetzner) service=hetzner ;;
          sys_vendor=DigitalOcean) service=digitalocean ;;
          sys_vendor=Scaleway) service=scaleway ;;
          sys_vendor=Vultr) service=vultr ;;
          sys_vendor=Linode | sys_vendor=Akamai*) service=linode ;;
          sys_vendor=*Alibaba* | product_name=Alibaba*) service=alibaba ;;
          product_name=Exoscale*) service=exoscale ;;
          sys_vendor=UpCloud) service=upcloud ;;
          sys_vendor=*[Oo]utscale* | product_name='3DS Outscale VM'*) service=outscale ;;
          sys_vendor=e24cloud) service=e24cloud ;;
          sys_vendor=Tilaa) service=tilaa ;;
          'sys_vendor=Tencent Cloud') service=tencent ;;
          product_name=CloudStack*) service=cloudstack ;;
          product_serial=*.brightbox.com) service=brightbox ;;
          'product_name=OpenStack '* | 'chassis_asset_tag=OpenStack '*) service=${service:-openstack} ;;
        esac
      done
      value=
      [ ! -r /sys/hypervisor/uuid ] || read -r value </sys/hypervisor/uuid
      case $value in [Ee][Cc]2*) service=${service:-aws} ;; esac
      [ -n "$service" ] || return 44
      """;

  /// Redirects are an error: without `-L` curl would take the page that announces one for the
  /// answer. BusyBox's wget follows them and can't be told not to.
  ///
  /// Every user of a host sees what programs are called with: curl reads headers, and with them the
  /// tokens, from standard input. Wget can't.
  static final String ASK =
      """
      if command -v curl >/dev/null 2>&1; then
        ask() {
          printf 'header = "%s"\\n' "${2:-Accept: */*}" | curl -q -s -f -L --max-redirs 0 -m 2 --noproxy '*' --proto '=http' -X "${3:-GET}" -K - "$1"
        }
      else
        case $(wget --version 2>/dev/null) in
          'GNU Wget'*) ;;
          *) echo "the metadata service of $service can be asked with curl only: install curl"; exit 45 ;;
        esac
        case $service in
          aws | linode | alibaba) echo "the metadata service of $service wants a token, which wget would show to all users of the host: install curl"; exit 45 ;;
        esac
        ask() {
          wget --no-config -q -O - -T 2 -t 1 --no-proxy --max-redirect=0 --method="${3:-GET}" --header="${2:-Accept: */*}" "$1"
        }
      fi
      told=
      put() {
        name=${2%%[!A-Za-z0-9._ /-]*}
        [ -z "$name" ] || { told=yes; printf '%s=%s\\n' "$1" "$name"; }
      }
      get() { put "$1" "$(ask "$2" "${3-}" 2>/dev/null | head -c 200)"; }
      read_document() { document=$(ask "$1" "${2-}" 2>/dev/null | head -c 65536); }
      token() { ask "$1" "$2" PUT 2>/dev/null | head -c 400 | tr -cd 'A-Za-z0-9+/=._~:-'; }
      # The first member of a JSON document that has this very name: quotes within values are escaped.
      field() { printf '%s\\n' "$document" | tr ',{}' '\\n\\n\\n' | sed -n "s/^[[:space:]]*\\"$1\\" *: *\\"\\([A-Za-z0-9-]*\\)\\"[[:space:]]*\\$/\\\\1/p" | head -n 1; }
      # Each address in turn until one tells the place: machines with IPv6 alone reach the second.
      each() { for at in "$@"; do $service; [ -z "$told" ] || break; done; at=$1; }
      aws() {
        header="X-aws-ec2-metadata-token: $(token $at/latest/api/token 'X-aws-ec2-metadata-token-ttl-seconds: 60')"
        get region $at/latest/meta-data/placement/region "$header"
        [ -z "$told" ] || get zone $at/latest/meta-data/placement/availability-zone "$header"
        [ -z "$told" ] || get zone-id $at/latest/meta-data/placement/availability-zone-id "$header"
      }
      linode() {
        header="Metadata-Token: $(token $at/v1/token 'Metadata-Token-Expiry-Seconds: 300')"
        read_document $at/v1/instance "$header"
        # Plain text, a line a name, unless asked for JSON.
        region=$(printf '%s\\n' "$document" | sed -n 's/^region: *\\([A-Za-z0-9-]*\\)[[:space:]]*$/\\1/p' | head -n 1)
        put region "${region:-$(field region)}"
      }
      scaleway() {
        read_document "$at/conf?format=json"
        zone=$(field zone)
        put zone "${zone:-$(field zone_id)}"
      }
      # CloudStack's service is the DHCP server, which the lease names.
      dhcp_server() {
        cat /run/systemd/netif/leases/* /var/lib/dhcp/*.leases /var/lib/NetworkManager/*.lease 2>/dev/null | head -c 65536 |
          sed -n 's/.*\\(SERVER_ADDRESS=\\|dhcp-server-identifier \\)\\([0-9][0-9.]*\\).*/\\2/p' | tail -n 1
      }
      at=http://169.254.169.254
      echo "service=$service"
      case $service in
        aws) each $at 'http://[fd00:ec2::254]' ;;
        linode) each $at 'http://[fd00:a9fe:a9fe::1]' ;;
        scaleway) each http://169.254.42.42 'http://[fd00:42::42]' ;;
        gcp) get zone $at/computeMetadata/v1/instance/zone 'Metadata-Flavor: Google' ;;
        azure)
          get region "$at/metadata/instance/compute/location?api-version=2021-02-01&format=text" 'Metadata: true'
          [ -z "$told" ] || get zone "$at/metadata/instance/compute/zone?api-version=2021-02-01&format=text" 'Metadata: true'
          ;;
        oracle)
          get region $at/opc/v2/instance/canonicalRegionName 'Authorization: Bearer Oracle'
          [ -z "$told" ] || get zone $at/opc/v2/instance/ociAdName 'Authorization: Bearer Oracle'
          ;;
        hetzner)
          get region $at/hetzner/v1/metadata/region
          [ -z "$told" ] || get zone $at/hetzner/v1/metadata/availability-zone
          ;;
        digitalocean | upcloud) get region $at/metadata/v1/region ;;
        vultr) get region $at/v1/region/regioncode ;;
        alibaba)
          at=http://100.100.100.200
          header="X-aliyun-ecs-metadata-token: $(token $at/latest/api/token 'X-aliyun-ecs-metadata-token-ttl-seconds: 60')"
          get region $at/latest/meta-data/region-id "$header"
          [ -z "$told" ] || get zone $at/latest/meta-data/zone-id "$header"
          ;;
        tencent)
          at=http://metadata.tencentyun.com
          get region $at/latest/meta-data/placement/region
          [ -z "$told" ] || get zone $at/latest/meta-data/placement/zone
          ;;
        cloudstack)
          at=http://$(dhcp_server)
          [ "$at" = http:// ] || get zone $at/latest/meta-data/availability-zone
          ;;
        exoscale) get zone $at/1.0/meta-data/availability-zone ;;
        huawei)
          read_document $at/openstack/latest/meta_data.json
          put region "$(field region_id)"
          put zone "$(field availability_zone)"
          ;;
        *) get zone $at/2009-04-04/meta-data/placement/availability-zone ;;
      esac
      [ -n "$told" ] || {
        echo "the metadata service of $service did not tell region or zone within 2 s: allow HTTP to ${at#http://} on the host, or declare earshot_region"
        exit 45
      }
      """;

  private MetadataProgram() {}
}
