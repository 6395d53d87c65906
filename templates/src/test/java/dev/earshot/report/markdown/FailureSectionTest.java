package dev.earshot.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostSubject;
import dev.earshot.report.AuditReport.RemedyRow;
import freemarker.template.TemplateModelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureSectionTest {

  @Test
  void playbooksThatDifferInHostsAloneAreShownOnce() throws TemplateModelException {
    List<FailureSection> sections =
        FailureSection.of(List.of(failed("a", "swap"), failed("b", "clock"), failed("c", "swap")));

    assertThat(sections)
        .extracting(FailureSection::playbookTitle)
        .startsWith("Playbook for a, c", "Playbook");
    assertThat(sections)
        .extracting(FailureSection::playbookOf)
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of("a"));
    assertThat(sections.get(2).playbook()).isEmpty();
    assertThat(
            MarkdownEscaping.INSTANCE.getMarkupString(sections.getFirst().playbook().orElseThrow()))
        .contains("hosts: [a, c]");
  }

  /// The second says nothing that the first does not.
  @Test
  void findingsThatAreTheSameShowTheirPlaybookOnce() {
    assertThat(FailureSection.of(List.of(failed("a", "swap"), failed("a", "swap"))))
        .extracting(section -> section.playbook().isPresent())
        .containsExactly(true, false);
  }

  @Test
  void whatHasNoPlaybookPointsToNone() {
    assertThat(FailureSection.of(List.of(failed("a", ""), failed("b", ""))))
        .allSatisfy(section -> {
          assertThat(section.playbook()).isEmpty();
          assertThat(section.playbookOf()).isEmpty();
        });
  }

  /// None of them is held against all others.
  @Test
  void manyThatAreAlikeTakeNoLongerThanOthers() {
    List<FindingRow> failed =
        IntStream.range(0, 20_000).mapToObj(at -> failed("host" + at, "swap")).toList();

    List<FailureSection> sections =
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> FailureSection.of(failed));

    assertThat(sections).hasSameSizeAs(failed);
    assertThat(sections.getFirst().playbookTitle()).endsWith(", host11 and 19988 more");
  }

  /// @param mends what the playbook is for; nothing where there is none
  private static FindingRow failed(String host, String mends) {
    return new FindingRow(
        "machine.swap",
        "low",
        "fail",
        new HostSubject(host, host, Optional.empty()),
        "The machine does not swap.",
        host + ": it swaps",
        "",
        "machine.swap/" + host,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(
            new RemedyRow(
                "Mend it.",
                mends.isEmpty()
                    ? ""
                    : "- name: %s\n  hosts: %s\n  tasks: []\n".formatted(mends, host),
                List.of())));
  }
}
