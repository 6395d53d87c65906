package dev.earshot.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.connection.Route;
import dev.earshot.dns.DnsServer;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.ServiceName;
import dev.earshot.topology.KnownName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceNamesTest {

  private static Target target(String name, String serviceName) {
    return new Target(
        new InventoryHost(
            new HostName(name),
            "10.0.0.1",
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(serviceName),
            "hosts",
            1),
        new Route.NotContacted("for the test"),
        Optional.empty());
  }

  private static HostRecording recording(Target target) {
    return new HostRecording(target.host(), Optional.empty(), Optional.empty(), Map.of());
  }

  @Test
  void eachNameIsLookedUpOnceAndKeptAsAnAnswer() throws Exception {
    Target first = target("lb1", "lemmy.example.org");
    Target second = target("lb2", "lemmy.example.org");
    try (DnsServer dns = new DnsServer()) {
      dns.serves("example.org.").knows("lemmy.example.org. 300 A 10.0.0.1");
      ServiceNames names =
          new ServiceNames(
              dns::lookup, KnownName.of(evidence(recording(first), recording(second))));

      assertThat(names.concerns(first)).isTrue();
      assertThat(names.concerns(second)).isFalse();
      HostRecording answered = names.ask(first, recording(first));
      assertThat(evidence(answered).hosts().getFirst().names().collected().orElseThrow())
          .singleElement()
          .extracting(ServiceName::addresses)
          .isEqualTo(List.of(Address.of("10.0.0.1")));
    }
  }

  @Test
  void nobodyIsAskedWhereNoNameIsKnown() {
    Target none = target("lb1", "");
    ServiceNames names =
        new ServiceNames(
            () -> {
              throw new AssertionError("asked");
            },
            KnownName.of(evidence(recording(none))));

    assertThat(names.concerns(none)).isFalse();
  }

  private static FleetEvidence evidence(HostRecording... hosts) {
    return FleetEvidence.of(
        new FleetRecording(Instant.EPOCH, Duration.ofSeconds(1), "test", List.of(hosts)),
        Optional.empty());
  }
}
