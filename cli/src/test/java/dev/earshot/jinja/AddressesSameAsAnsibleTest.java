package dev.earshot.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.inventory.AnsiblePeer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The filters of the collection `ansible.utils`, held against the real ones.
class AddressesSameAsAnsibleTest {

  private static final List<String> QUERIES =
      words(
          """
          address ip address/prefix gateway gw host/prefix hostnet router bool broadcast cidr host
          first_usable last_usable next_usable previous_usable range_usable size size_usable peer
          hostmask wildcard int ip/prefix ip_netmask ipv4 ipv6 v4 v6 link-local lo loopback
          multicast unicast private public net netmask network network_id network/prefix subnet
          network_netmask network_wildcard prefix revdns type version wrap 0 -2 10.0.0.0/8 ::/0
          """);

  /// At the edges: first and last addresses, networks of one, two and four, each kind of address.
  private static final List<String> VALUES =
      words(
          """
          10.0.0.1 10.0.0.0/24 10.0.0.7/24 10.0.0.255/24 10.0.0.4/31 10.0.0.5/31 10.0.0.9/32
          10.0.0.1/30 10.0.0.3/30 0.0.0.0/0 8.8.8.8 127.0.0.1/8 224.0.0.1 239.1.1.1 169.254.1.1
          255.255.255.0 255.255.255.255/24 ::1 ::/64 ::1/64 ::/128 2001:db8::/32 2001:db8::1/64
          2001:db8::/127 2001:db8::1/126 fe80::1/10 fc00::1 ff02::1 ::ffff:10.0.0.0/120
          ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/64 5 300/33 db.example.org
          """);

  @TempDir private Path empty;

  @BeforeAll
  static void theCollectionIsInstalled() throws Exception {
    AnsiblePeer.assumeInstalled("ansible-inventory");
    AnsiblePeer.assumeModules("ansible_collections.ansible.utils", "netaddr");
  }

  @Test
  void renders_what_ansible_renders() throws Exception {
    var templates = TemplatePair.templates("addresses.txt");
    assertThat(templates).hasSizeGreaterThan(100);
    TemplatePair.assertSame(templates, empty);
  }

  @Test
  void every_query_answers_alike_for_every_kind_of_value() throws Exception {
    var templates =
        VALUES.stream()
            .flatMap(value ->
                QUERIES.stream()
                    .map(query -> "{{ ['%s' | ipaddr('%s')] }}".formatted(value, query)))
            .toList();
    TemplatePair.assertSame(templates, empty);
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }
}
