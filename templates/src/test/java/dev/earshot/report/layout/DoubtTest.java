package dev.earshot.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.ReportCases;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoubtTest {

  private static final List<FindingRow> OPEN = Findings.of(ReportCases.report("half-blind")).open();

  @Test
  void oneReasonIsToldOnceForEachSubject() {
    List<Doubt> doubts = Doubt.of(OPEN);

    assertThat(doubts)
        .extracting(doubt -> doubt.subject() + doubt.because())
        .doesNotHaveDuplicates();
    assertThat(doubts).hasSizeLessThan(OPEN.size());
    assertThat(doubts.stream().mapToInt(doubt -> doubt.checks().size()).sum())
        .as("no check is left out")
        .isEqualTo(OPEN.size());
  }

  @Test
  void manyAreToldByTheirSubjectAndFewByName() {
    Doubt many =
        new Doubt(List.of("postgres.a", "postgres.b", "latency.c", "postgres.d"), "db1", "db1: no");
    Doubt few = new Doubt(List.of("postgres.a", "postgres.b"), "db1", "db1 was not asked");
    Doubt one = new Doubt(List.of("postgres.a"), "db1", "db1: no");

    assertThat(many.sentence(many.brief()))
        .isEqualTo("postgres.*, latency.* on db1: 4 checks could not judge: no");
    assertThat(many.inFull()).isEqualTo("postgres: a, b, d; latency: c");
    assertThat(few.sentence(few.brief()))
        .isEqualTo("postgres.a, postgres.b on db1: 2 checks could not judge: db1 was not asked");
    assertThat(one.sentence(one.brief())).isEqualTo("postgres.a: db1: no");
    assertThat(one.inFull()).isEqualTo("postgres.a");
  }
}
