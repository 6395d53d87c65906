package dev.earshot.check.colocation;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The names that people give to providers: `AWS`, `Amazon`, `aws-prod`, `hcloud`.
///
/// Variables with a provider's name are often borrowed from people who mean something else by them:
/// Kubespray's `cloud_provider` is `external`. What is no provider's name names none.
final class Providers {

  /// Shorter names are words of their own; `do` begins too many others.
  private static final int LONG = 5;

  private static final Map<String, List<String>> NAMES =
      Map.ofEntries(
          entry("alibaba", List.of("alibaba", "aliyun", "alicloud")),
          entry("aws", List.of("aws", "amazon", "ec2")),
          entry("azure", List.of("azure", "microsoft", "msft")),
          entry("brightbox", List.of("brightbox")),
          entry("contabo", List.of("contabo")),
          entry("digitalocean", List.of("digitalocean", "digital ocean", "do")),
          entry("e24cloud", List.of("e24cloud", "e24")),
          entry("exoscale", List.of("exoscale")),
          entry("gcp", List.of("gcp", "google", "gce")),
          entry("hetzner", List.of("hetzner", "hcloud")),
          entry("huawei", List.of("huawei")),
          entry("ibm", List.of("ibm", "softlayer")),
          entry("ionos", List.of("ionos")),
          entry("leaseweb", List.of("leaseweb")),
          entry("linode", List.of("linode", "akamai")),
          entry("netcup", List.of("netcup")),
          entry("oracle", List.of("oracle", "oci")),
          entry(
              "otc",
              List.of("otc", "opentelekom", "open telekom", "telekom", "tsystems", "t systems")),
          entry("outscale", List.of("outscale", "3ds")),
          entry("ovh", List.of("ovh", "ovhcloud", "kimsufi", "soyoustart")),
          entry("rackspace", List.of("rackspace")),
          entry("samsung", List.of("samsung")),
          entry("sap", List.of("sap")),
          entry("scaleway", List.of("scaleway", "scw", "online net")),
          entry("tencent", List.of("tencent", "qcloud")),
          entry("tilaa", List.of("tilaa")),
          entry("upcloud", List.of("upcloud")),
          entry("vultr", List.of("vultr")),
          entry("zstack", List.of("zstack")));

  private Providers() {}

  /// Those that a text names, as firmware and metadata services are called here; none where it
  /// names nobody that is known.
  static Set<String> named(String text) {
    String words = " %s ".formatted(lower(text).replaceAll("[^a-z0-9]+", " ").strip());
    return NAMES.entrySet().stream()
        .filter(provider ->
            provider.getValue().stream()
                .anyMatch(
                    name -> words.contains(name.length() < LONG ? " " + name + " " : " " + name)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The same word for all spellings of one provider, and for one that is not known the text.
  static String key(String text) {
    Set<String> named = named(text);
    return Optional.of(named).filter(names -> names.size() == 1).stream()
        .flatMap(Set::stream)
        .findFirst()
        .orElseGet(() -> lower(text));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
