package dev.earshot.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import freemarker.template.TemplateModelException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownBlocksTest {

  @Test
  void columnsAreAlignedInTheSource() throws TemplateModelException {
    assertThat(
            MarkdownEscaping.INSTANCE.getMarkupString(
                Table.of(
                    List.of("Host", " ms"),
                    List.of(List.of("a|b", "0.3"), List.of("backend1", "25.3"), List.of("名", "")))))
        .isEqualTo(
            """
            | Host     |   ms |
            | -------- | ---: |
            | a\\|b     |  0.3 |
            | backend1 | 25.3 |
            | 名       |      |\
            """);
  }

  @ParameterizedTest
  @CsvSource({"x, 3", "a `b` c, 3", "```, 4", "a ````` b, 6"})
  void aFenceIsLongerThanAnythingInside(String code, int ticks) throws TemplateModelException {
    String fence = "`".repeat(ticks);

    assertThat(MarkdownEscaping.INSTANCE.getMarkupString(Fence.of("sh", code)))
        .isEqualTo(fence + "sh\n" + code + "\n" + fence);
  }
}
