package dev.earshot.check.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Cpu;
import dev.earshot.evidence.Disk;
import dev.earshot.evidence.Memory;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaturationCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("a", "10.0.0.1");

  @Test
  void anIdleHostIsClearedWithItsNumbers() {
    assertThat(verdicts()).containsExactly("pass a");
    assertThat(because())
        .isEqualTo("a: CPU 5.0 % busy, 2.9 GiB of 3.8 GiB memory available, disk 1.0 % busy");
  }

  @ParameterizedTest
  @CsvSource({
    "0.85, 0.85, pass",
    "0.86, 0.1, fail medium",
    "0.1, 0.86, fail medium",
    "1, 1, fail medium",
    "0, 0, pass"
  })
  void busyProcessorsAndDisks(double cpu, double disk, String verdict) {
    host.busy(cpu, disk);

    assertThat(verdicts()).containsExactly(verdict + " a");
  }

  @ParameterizedTest
  @CsvSource({"50, pass", "49, fail high", "0, fail high"})
  void memoryThatIsLeft(int available, String verdict) {
    host.answers(Memory.PROBE, "MemTotal: 1000 kB\nMemAvailable: %d kB\n".formatted(available));

    assertThat(verdicts()).containsExactly(verdict + " a");
  }

  @Test
  void theWorstShortageGivesTheSeverityAndAllAreNamed() {
    host.busy(0.99, 0).answers(Memory.PROBE, "MemTotal: 1000 kB\nMemAvailable: 1 kB\n");

    assertThat(verdicts()).containsExactly("fail high a");
    assertThat(because())
        .contains(
            "CPU 99 % busy over the window; limit 85 %", "1.0 KiB of 1000.0 KiB memory available");
  }

  @Test
  void whatCouldNotBeReadIsUnknownUnlessSomethingElseFails() {
    host.doesNotTell(Memory.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown a");
    assertThat(because()).startsWith("a: not known: memory (denied); otherwise CPU 5.0 % busy");

    host.busy(0.99, 0);
    assertThat(verdicts()).containsExactly("fail medium a");
  }

  @Test
  void aHostWithoutDisksIsNotCreditedWithIdleOnes() {
    host.answers(Disk.PROBE, "1000.0 1\n");
    assertThat(verdicts()).containsExactly("unknown a");

    host.lacks(Disk.PROBE);
    assertThat(verdicts()).containsExactly("pass a");
    assertThat(because()).doesNotContain("disk");
  }

  @Test
  void aRestartInTheWindowIsUnknown() {
    host.answers(Cpu.PROBE, "5.0 1\n0.1 0.1 0.1 1/99 5\ncpu 1 1 1 1 1\ncpu0 1 1 1 1 1\n");

    assertThat(verdicts()).containsExactly("unknown a");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new SaturationCheck()));
  }

  private String because() {
    return fleet.judge(new SaturationCheck()).getFirst().verdict().because();
  }
}
