package dev.earshot.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.history.KeptRun.Failed;
import dev.earshot.report.AuditReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrendSeriesTest {

  private final List<KeptRun> runs =
      LongStream.rangeClosed(1, TrendSeries.RUNS).mapToObj(TrendSeriesTest::run).toList();
  private final List<Long> read = new ArrayList<>();

  @Test
  void noReportIsReadBeyondThoseThatFillTheLines() {
    AuditReport full = Incident.withLinks(TrendSeries.MOST + 1);

    assertThat(TrendSeries.links(full, runs, this::none))
        .hasSize(TrendSeries.MOST)
        .allSatisfy((_, last) -> assertThat(last).isEqualTo(runs.size() - 1));
    assertThat(read).isEmpty();
  }

  @Test
  void anEarlierReportFillsWhatIsLeft() {
    AuditReport few = Incident.withLinks(TrendSeries.MOST - 1);
    AuditReport full = Incident.withLinks(TrendSeries.MOST + 1);

    assertThat(
            TrendSeries.links(
                few,
                runs,
                run -> {
                  read.add(run.id());
                  return Optional.of(full);
                }))
        .hasSize(TrendSeries.MOST)
        .hasEntrySatisfying(
            new TrendSeries.Measured("client49", "server", "icmp"),
            last -> assertThat(last).isEqualTo(runs.size() - 2));
    assertThat(read).containsExactly(runs.size() - 1L);
  }

  @Test
  void whereLinesAreLeftAllReportsAreRead() {
    assertThat(TrendSeries.links(Incident.withLinks(3), runs, this::none)).hasSize(3);
    assertThat(read).hasSize(runs.size() - 1);
  }

  private Optional<AuditReport> none(KeptRun run) {
    read.add(run.id());
    return Optional.empty();
  }

  private static KeptRun run(long id) {
    return new KeptRun(
        id, Instant.EPOCH, Incident.INVENTORY, "test", 0, 1, new Failed(0, 0, 0, 0, 0));
  }
}
