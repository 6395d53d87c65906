package dev.earshot.check.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodsAgreeCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  MethodsAgreeCheckTest() {
    fleet.host("a", "10.0.0.1");
    fleet.host("b", "10.0.0.2").listens(5432, "postgres");
  }

  @ParameterizedTest
  @CsvSource({
    "25, 25, pass, ''",
    "0.1, 1.0, pass, ''",
    "0.1, 25, fail low, the connections end nearer",
    "25, 0.3, fail low, the connections take another way",
    "30, 25, pass, ''"
  })
  void bothAreOfOneSize(double kernel, double icmp, String verdict, String suspicion) {
    fleet.connection("a", "b", 5432).rtt(kernel);
    fleet.pings("a", "b", icmp);

    Finding finding = fleet.judge(new MethodsAgreeCheck()).getFirst();
    assertThat(Verdicts.of(List.of(finding))).containsExactly(verdict + " a/b");
    assertThat(finding.verdict().because()).contains("port 5432", suspicion);
  }

  @Test
  void oneKindAloneIsNotCompared() {
    fleet.connection("a", "b", 5432).rtt(25);
    fleet.host("a").pings("b", "10.0.0.9", 25, 25);

    assertThat(Verdicts.of(fleet.judge(new MethodsAgreeCheck())))
        .containsExactly("notApplicable a/b");
  }
}
