package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.fixture.FleetFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetEvidenceTest {

  @Test
  void theHostsByNameAreTheHosts() {
    FleetFixture fleet = new FleetFixture();
    fleet.host("b", "10.0.0.2");
    fleet.host("a", "10.0.0.1");
    FleetEvidence evidence = fleet.evidence();

    assertThat(evidence.byName().keySet()).containsExactly(new HostName("b"), new HostName("a"));
    assertThatThrownBy(() ->
            new FleetEvidence(
                evidence.takenAt(),
                evidence.window(),
                evidence.depth(),
                evidence.arrivals(),
                evidence.hosts(),
                evidence.remotes(),
                evidence.troubles(),
                Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
