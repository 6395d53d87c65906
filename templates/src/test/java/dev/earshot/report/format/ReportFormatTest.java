package dev.earshot.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportFormatTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByItsLabel(ReportFormat format) {
    assertThat(ReportFormat.of(format.label())).contains(format);
  }

  @ParameterizedTest
  @EnumSource
  void isNotFoundByAnythingElse(ReportFormat format) {
    assertThat(ReportFormat.of(format.label() + " ")).isEmpty();
  }
}
