package dev.earshot.check.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Filesystem;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskSpaceCheckTest {

  private static final String DF = "Filesystem 1024-blocks Used Available Capacity Mounted on\n";
  private static final String INODES =
      "=== inodes\nFilesystem Inodes IUsed IFree IUse% Mounted on\n";

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("a", "10.0.0.1");

  @ParameterizedTest
  @CsvSource({
    "/, 900, 100, pass",
    "/, 901, 99, fail medium",
    "/, 951, 49, fail high",
    "/var/lib/docker, 1000, 0, fail high",
    "/boot, 901, 99, fail low",
    "/boot, 1000, 0, fail medium",
    "/variety, 1000, 0, fail medium",
    "/, 0, 0, pass",
    "/, 2000000000, 60000000, pass" // 57 GiB
  })
  void bytes(String mountPoint, long used, long free, String verdict) {
    host.answers(
        Filesystem.PROBE,
        DF + "/dev/vda 2060000000 %d %d x %s\n".formatted(used, free, mountPoint));

    assertThat(verdicts()).containsExactly(verdict + " a");
  }

  @ParameterizedTest
  @CsvSource({
    "100, 10, pass",
    "100, 9, fail medium",
    "100, 4, fail high",
    "0, 0, pass",
    "-, -, pass"
  })
  void inodes(String total, String free, String verdict) {
    host.answers(
        Filesystem.PROBE,
        DF
            + "/dev/vda 1000 1 999 1% /\n"
            + INODES
            + "/dev/vda %s 1 %s x /\n".formatted(total, free));

    assertThat(verdicts()).containsExactly(verdict + " a");
  }

  @ParameterizedTest
  @CsvSource({"/, fail high", "/srv, fail high", "/usr, pass"})
  void readOnly(String mountPoint, String verdict) {
    host.answers(
        Filesystem.PROBE,
        DF
            + "/dev/vda 1000 1 999 1%% %1$s\n=== inodes\n=== mounts\nro %1$s\n"
                .formatted(mountPoint));

    assertThat(verdicts()).containsExactly(verdict + " a");
  }

  @Test
  void whereTheDatabaseHasItsDataItMatters() {
    host.postgres(new PostgresFixture().set("data_directory", "/pg/15/main"))
        .answers(
            Filesystem.PROBE,
            DF
                + "/dev/vda 1000 100 900 10% /\n/dev/vdb 1000 970 30 97% /pg\n/dev/vdc 1000 970 30 97% /pgbackup\n");

    assertThat(verdicts()).containsExactly("fail high a");
    assertThat(fleet.judge(new DiskSpaceCheck()).getFirst().verdict().because())
        .isEqualTo(
            "a: /pg (PostgreSQL's data) has 30.0 KiB free, 970.0 KiB used (3.0 % free); at least 10 % is wanted; /pgbackup has 30.0 KiB free, 970.0 KiB used (3.0 % free); at least 10 % is wanted");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new DiskSpaceCheck()));
  }
}
