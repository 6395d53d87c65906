package dev.earshot.evidence;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the firmware says the machine is, from `/sys/class/dmi/id`.
///
/// @param xenOfAmazon whether the Xen under it is EC2's: those machines' firmware names Xen alone
/// @param serialOfBrightbox whether its serial number is a name under `brightbox.com`, which root
///   alone may read
public record Dmi(
    String systemVendor,
    String productName,
    String chassisAssetTag,
    String biosVendor,
    boolean xenOfAmazon,
    boolean serialOfBrightbox) {

  public static final Probe<Dmi> PROBE =
      Probe.of(
              "machine.dmi",
              "Which provider's machine this is, from the firmware's own words; asks no network service.",
              """
              if [ -d /sys/class/dmi/id ] || [ -r /sys/hypervisor/uuid ]; then
                for field in sys_vendor product_name chassis_asset_tag bios_vendor; do
                  value=
                  [ ! -r "/sys/class/dmi/id/$field" ] || read -r value <"/sys/class/dmi/id/$field"
                  echo "$field=$value"
                done
                value=
                [ ! -r /sys/hypervisor/uuid ] || read -r value </sys/hypervisor/uuid
                case $value in [Ee][Cc]2*) echo hypervisor=ec2 ;; esac
                value=
                [ ! -r /sys/class/dmi/id/product_serial ] || read -r value </sys/class/dmi/id/product_serial
                case $value in *.brightbox.com) echo serial=brightbox ;; esac
              else
                (exit 44)
              fi
              """,
              Dmi::parse)
          .atOnce();

  /// The tags by which cloud-init, too, tells these apart.
  private static final String AZURE_TAG = "7783-7084-3265-9085-8269-3286-77";

  static Dmi parse(String output) {
    Map<String, String> fields = new HashMap<>();
    output
        .lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(line ->
            fields.put(
                line.substring(0, line.indexOf('=')),
                line.substring(line.indexOf('=') + 1).strip()));
    if (!fields.containsKey("sys_vendor")) {
      throw new UnreadableOutput("no DMI field in: " + Text.firstLine(output));
    }
    return new Dmi(
        fields.getOrDefault("sys_vendor", ""),
        fields.getOrDefault("product_name", ""),
        fields.getOrDefault("chassis_asset_tag", ""),
        fields.getOrDefault("bios_vendor", ""),
        fields.getOrDefault("hypervisor", "").equals("ec2"),
        fields.getOrDefault("serial", "").equals("brightbox"));
  }

  /// The provider that these words belong to, where they belong to one alone. Plain OpenStack, KVM
  /// and hardware vendors tell nothing about the provider.
  public Optional<String> provider() {
    String vendor = systemVendor.toLowerCase(Locale.ROOT);
    String product = productName.toLowerCase(Locale.ROOT);
    String bios = biosVendor.toLowerCase(Locale.ROOT);
    if (vendor.contains("amazon") || bios.contains("amazon")) {
      return Optional.of("aws");
    } else if (product.equals("google compute engine")) {
      return Optional.of("gcp");
    } else if (chassisAssetTag.equals(AZURE_TAG)) {
      return Optional.of("azure");
    } else if (chassisAssetTag.equals("OracleCloud.com")) {
      return Optional.of("oracle");
    } else if (chassisAssetTag.equals("OpenTelekomCloud")) {
      return Optional.of("otc");
    } else if (chassisAssetTag.equals("HUAWEICLOUD")) {
      return Optional.of("huawei");
    } else if (chassisAssetTag.equals("SAP CCloud VM")) {
      return Optional.of("sap");
    } else if (chassisAssetTag.equals("Samsung Cloud Platform")) {
      return Optional.of("samsung");
    } else if (chassisAssetTag.endsWith(".zstack.io")) {
      return Optional.of("zstack");
    } else if (serialOfBrightbox) {
      return Optional.of("brightbox");
    } else if (vendor.contains("akamai")) {
      return Optional.of("linode");
    } else if (vendor.contains("alibaba") || product.startsWith("alibaba")) {
      return Optional.of("alibaba");
    } else if (product.startsWith("exoscale")) {
      return Optional.of("exoscale");
    } else if (vendor.equals("tencent cloud")) {
      return Optional.of("tencent");
    }
    return Stream.of(
            "hetzner",
            "digitalocean",
            "scaleway",
            "vultr",
            "linode",
            "upcloud",
            "outscale",
            "e24cloud",
            "tilaa")
        .filter(vendor::contains)
        .findFirst()
        .or(() -> Optional.of("aws").filter(_ -> xenOfAmazon));
  }
}
