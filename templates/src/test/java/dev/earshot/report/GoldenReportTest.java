package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Severity;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reports as they were seen and found good, in files named `case.exit-code.variant`.
///
/// `mvn test -Dgolden.update=true` writes them anew; look at the difference before committing it.
class GoldenReportTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  /// How a file's ending says what to render.
  private static final Map<String, Variant> VARIANTS =
      Map.ofEntries(
          Map.entry("txt", plain(ReportFormat.TERMINAL)),
          Map.entry(
              "narrow.txt",
              new Variant(ReportFormat.TERMINAL, new RenderOptions(false, 80, false))),
          Map.entry(
              "verbose.txt",
              new Variant(ReportFormat.TERMINAL, new RenderOptions(false, 120, true))),
          Map.entry(
              "ansi", new Variant(ReportFormat.TERMINAL, new RenderOptions(true, 100, false))),
          Map.entry("md", plain(ReportFormat.MARKDOWN)),
          Map.entry("mdbook.md", plain(ReportFormat.MARKDOWN_MDBOOK)),
          Map.entry("plain.md", plain(ReportFormat.MARKDOWN_PLAIN)),
          Map.entry(
              "short.md",
              new Variant(
                  ReportFormat.MARKDOWN, RenderOptions.plain().within(OptionalInt.of(10_000)))),
          Map.entry("html", plain(ReportFormat.HTML)),
          Map.entry("json", plain(ReportFormat.JSON)),
          Map.entry("junit.xml", plain(ReportFormat.JUNIT)),
          Map.entry("sarif", plain(ReportFormat.SARIF)),
          Map.entry("prom", plain(ReportFormat.PROMETHEUS)),
          Map.entry("nagios", plain(ReportFormat.NAGIOS)),
          Map.entry("csv", plain(ReportFormat.CSV)),
          Map.entry("playbook.yml", plain(ReportFormat.PLAYBOOK)));

  private record Variant(ReportFormat format, RenderOptions options) {}

  private static Variant plain(ReportFormat format) {
    return new Variant(format, RenderOptions.plain());
  }

  @BeforeAll
  static void writeAnewWhereAsked() throws IOException {
    if (!UPDATE) {
      return;
    }
    Files.createDirectories(FOLDER);
    try (Stream<Path> old = Files.list(FOLDER)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    for (String name : ReportCases.ALL.keySet()) {
      AuditReport report = ReportCases.report(name);
      for (Map.Entry<String, Variant> variant : VARIANTS.entrySet()) {
        Files.writeString(
            FOLDER.resolve("%s.%d.%s".formatted(name, exit(report), variant.getKey())),
            render(report, variant.getValue()));
      }
    }
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aReportIsAsItWasFoundGood(Path file) throws IOException {
    String[] name = String.valueOf(file.getFileName()).split("\\.", 3);
    AuditReport report = ReportCases.report(name[0]);
    Variant variant =
        Optional.ofNullable(VARIANTS.get(name[2]))
            .orElseThrow(() -> new AssertionError("no variant is named " + name[2]));

    assertThat(exit(report)).isEqualTo(Integer.parseInt(name[1]));
    assertThat(render(report, variant)).isEqualTo(Files.readString(file));
  }

  @Test
  void everyCaseIsKeptInEveryVariant() throws IOException {
    List<String> expected = new ArrayList<>();
    for (String name : ReportCases.ALL.keySet()) {
      VARIANTS
          .keySet()
          .forEach(variant ->
              expected.add("%s.%d.%s".formatted(name, exit(ReportCases.report(name)), variant)));
    }

    assertThat(files().stream().map(file -> String.valueOf(file.getFileName())))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static int exit(AuditReport report) {
    return ExitCode.of(report, Severity.HIGH).status();
  }

  private static String render(AuditReport report, Variant variant) throws IOException {
    StringBuilder out = new StringBuilder();
    variant.format().render(report, variant.options(), out);
    return out.toString();
  }
}
