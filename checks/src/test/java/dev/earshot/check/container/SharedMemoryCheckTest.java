package dev.earshot.check.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedMemoryCheckTest {

  private static final String USUAL = "67108864";

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("db1", "10.0.0.21");

  @ParameterizedTest
  @CsvSource({
    "67108864, private, max_parallel_workers_per_gather, 2, fail medium", // Docker's own
    "65536000, shareable, max_parallel_workers_per_gather, 1, fail medium", // Podman's
    "67108865, private, max_parallel_workers_per_gather, 2, pass",
    "67108864, host, max_parallel_workers_per_gather, 2, pass",
    "67108864, container:0123, max_parallel_workers_per_gather, 2, unknown",
    "67108864, private, max_parallel_workers_per_gather, 0, pass",
    "67108864, private, max_parallel_workers, 0, pass",
    "67108864, private, dynamic_shared_memory_type, mmap, pass",
    "67108864, private, dynamic_shared_memory_type, posix, fail medium"
  })
  void whereParallelQueriesNeedIt(
      String size, String ipc, String setting, String value, String verdict) {
    host.containers(database(size, ipc));
    server("max_parallel_workers_per_gather,2", "%s,%s".formatted(setting, value));

    assertThat(verdicts()).containsExactly(verdict + " db1/db");
  }

  @Test
  void theSentenceAndTheRemedyNameWhatIsToBeChanged() {
    host.containers(
        database(USUAL, "private")
            .with("project", "\"shop\"")
            .with("service", "\"database\"")
            .with("file", "\"/srv/compose.yml\""));
    server("max_parallel_workers_per_gather,2");

    Finding finding = fleet.judge(new SharedMemoryCheck()).getFirst();

    assertThat(finding.verdict().because())
        .isEqualTo(
            "db1: container db has 64.0 MiB of /dev/shm, and a query may have 2 parallel workers that need it; limit more than 64.0 MiB");
    assertThat(finding.remedy().orElseThrow().summary())
        .contains("shm_size: 256mb in /srv/compose.yml, service database");
    assertThat(finding.remedy().orElseThrow().commands())
        .containsExactly("docker exec db df -h /dev/shm   # on db1");
  }

  @Test
  void whatIsMountedThereIsNotKnown() {
    host.containers(database(USUAL, "private").with("shm-mounted", "true"));
    server("max_parallel_workers_per_gather,2");

    assertThat(verdicts()).containsExactly("unknown db1/db");
  }

  @Test
  void evidenceOfEarlierVersionsDoesNotTell() {
    host.containers(new ContainerFixture("db", "postgres:16"));
    server("max_parallel_workers_per_gather,2");

    assertThat(verdicts()).containsExactly("unknown db1/db");
  }

  @Test
  void aServerThatDoesNotAnswerIsKnownByItsImage() {
    host.containers(
            database(USUAL, "private"), new ContainerFixture("exporter", "postgres-exporter:1"))
        .doesNotTell(PostgresSettings.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1/db");
  }

  @Test
  void otherContainersHaveTheirOwn() {
    host.containers(new ContainerFixture("web", "app:1").with("shm-size", USUAL));
    server("max_parallel_workers_per_gather,2");

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void whereTheContainersAreNotShownItIsUnknown() {
    host.doesNotTell(Containers.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private static ContainerFixture database(String size, String ipc) {
    return new ContainerFixture("db", "postgres:16")
        .with("shm-size", size)
        .with("ipc", "\"%s\"".formatted(ipc));
  }

  /// The later of two values of a setting counts.
  private void server(String... settings) {
    StringBuilder rows = new StringBuilder("server_version_num,160004,default,,,f\n");
    for (String setting : List.of(settings).reversed()) {
      rows.append(setting).append(",default,,,f\n");
    }
    host.answers(
        PostgresSettings.PROBE,
        "=== 5432 docker db postgres 5432 postgres run\n@settings\nname,setting,source,sourcefile,sourceline,pending_restart\n"
            + rows
            + "@overrides\ndatabase,role,name,value\n");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new SharedMemoryCheck()));
  }
}
