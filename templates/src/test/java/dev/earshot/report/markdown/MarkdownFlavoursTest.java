package dev.earshot.report.markdown;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.catalogue.Checks;
import dev.earshot.report.AuditReport;
import dev.earshot.report.Rendered;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownFlavoursTest {

  private static final List<ReportFormat> FLAVOURS =
      List.of(ReportFormat.MARKDOWN, ReportFormat.MARKDOWN_MDBOOK, ReportFormat.MARKDOWN_PLAIN);

  private static final List<Integer> SIZES = List.of(2048, 4096, 10_000, 30_000, 65_536);

  private static final String PRETTIER = "/META-INF/resources/webjars/prettier/3.6.2";

  @TempDir Path folder;

  static Stream<Arguments> bounded() {
    return ReportCases.names().stream()
        .flatMap(name ->
            FLAVOURS.stream()
                .flatMap(format -> SIZES.stream().map(size -> Arguments.of(name, format, size))));
  }

  @Test
  void onlyGitHubGetsAlerts() throws IOException {
    assertThat(Rendered.of("postmortem", ReportFormat.MARKDOWN)).contains("> [!CAUTION]");
    assertThat(Rendered.of("postmortem", ReportFormat.MARKDOWN_MDBOOK))
        .doesNotContain("[!")
        .contains("> **Failed.** backend1 is 25.3 ms away", "<details>");
  }

  @Test
  void plainMarkdownHasNoHtml() throws IOException {
    for (String name : ReportCases.names()) {
      assertThat(Rendered.of(name, ReportFormat.MARKDOWN_PLAIN))
          .doesNotContainPattern("(?m)^(> \\[!|</?(details|summary)|<!--)");
    }
  }

  @Test
  void whatTimeItWasStandsInOneLine() throws IOException {
    for (ReportFormat format : FLAVOURS) {
      assertThat(Rendered.of("postmortem", format).lines())
          .filteredOn(line -> line.contains("2024-02-01"))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("bounded")
  void aBoundedReportIsWholeInWhatItHolds(String name, ReportFormat format, int size)
      throws IOException {
    String whole = Rendered.of(name, format);
    String bounded = render(name, format, size);

    assertThat(bounded.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(size);
    if (whole.getBytes(StandardCharsets.UTF_8).length <= size) {
      assertThat(bounded).isEqualTo(whole);
    } else {
      assertThat(bounded).contains("To stay within %d bytes, this leaves out: ".formatted(size));
    }
    assertThat(count(bounded, "<details>")).isEqualTo(count(bounded, "</details>"));
    assertThat(count(bounded, "```") % 2).isZero();
    assertThat(bounded.lines().filter(line -> line.startsWith("|")))
        .allMatch(line -> line.endsWith("|"));
  }

  @Test
  void theWorstFindingIsTheLastToGo() throws IOException {
    AuditReport report = ReportCases.report("thirty-hosts");
    String worst = report.findings().getFirst().subject().label();

    assertThat(render("thirty-hosts", ReportFormat.MARKDOWN, 4096))
        .contains("### High: " + worst)
        .contains("of the less severe findings; what does not apply; what passed;");
  }

  /// Their number stays.
  @Test
  void whatIsWaivedGivesWayToo() throws IOException {
    AuditReport report = ReportCases.report("waived");
    List<AuditReport.FindingRow> findings =
        report.findings().stream()
            .flatMap(finding ->
                Collections.nCopies(finding.waiver().isPresent() ? 100 : 1, finding).stream())
            .toList();
    StringBuilder page = new StringBuilder();
    ReportFormat.MARKDOWN.render(
        ReportCases.with(report, findings),
        RenderOptions.plain().within(OptionalInt.of(20_000)),
        page);

    assertThat(page.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(20_000);
    assertThat(page).contains("what is waived", " 2 waived, ").doesNotContain("## Waived");
  }

  /// Prettier itself: what it would change, people who keep reports in a repository would commit.
  @Test
  void prettierWouldChangeNothing(@TempDir Path unpacked) throws Exception {
    Path prettier = prettier(unpacked);
    writeFlavours();

    assertThat(check(prettier, "markdown-mdbook").output())
        .contains("All matched files use Prettier code style");
    for (String flavour : List.of("markdown", "markdown-plain")) {
      assertThat(check(prettier, flavour, "--embedded-language-formatting=off").output())
          .contains("All matched files use Prettier code style");
    }
    write("markdown-mdbook/ugly.md", "* one\n* two\n");
    assertThat(check(prettier, "markdown-mdbook").exit()).isEqualTo(1);
  }

  /// People who keep reports in a repository have it spelled by a program, too.
  @Test
  void codespellFindsNoTypo() throws Exception {
    assumeTrue(isOnPath("codespell"), "codespell is missing: apt-get install codespell");
    writeFlavours();
    for (String page : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      Files.copy(Path.of("..", page), folder.resolve(page));
    }
    write(
        "cards.md",
        Checks.ALL.stream().map(check -> check.info().toString()).collect(joining("\n")));

    assertThat(codespell()).isEqualTo(new Ended(0, ""));
    write("wrong.md", "It was recieved.\n");
    assertThat(codespell().output()).contains("wrong.md:1: recieved ==> received");
  }

  /// `doas` is a program.
  private Ended codespell() throws IOException, InterruptedException {
    return run(folder, "codespell", "--ignore-words-list=doas", ".");
  }

  private void writeFlavours() throws IOException {
    for (ReportFormat format : FLAVOURS) {
      Files.createDirectory(folder.resolve(format.label()));
      for (String name : ReportCases.names()) {
        write("%s/%s.md".formatted(format.label(), name), Rendered.of(name, format));
        write("%s/%s.short.md".formatted(format.label(), name), render(name, format, 10_000));
      }
    }
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  private Ended check(Path prettier, String folderName, String... options)
      throws IOException, InterruptedException {
    return run(
        folder,
        Stream.concat(
                Stream.of("node", prettier.toString(), "--check", folderName), Stream.of(options))
            .toArray(String[]::new));
  }

  /// Out of its jar, where Node can't run it.
  private static Path prettier(Path to) throws IOException, URISyntaxException {
    assumeTrue(isOnPath("node"), "needs Node (package nodejs), which runs Prettier");
    URI packed =
        requireNonNull(MarkdownFlavoursTest.class.getResource(PRETTIER + "/package.json")).toURI();
    try (FileSystem jar = FileSystems.newFileSystem(packed, Map.of());
        Stream<Path> files = Files.walk(jar.getPath(PRETTIER))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(jar.getPath(PRETTIER).relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return to.resolve("bin/prettier.cjs");
  }

  private record Ended(int exit, String output) {}

  private static Ended run(Path in, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String render(String name, ReportFormat format, int size) throws IOException {
    StringBuilder out = new StringBuilder();
    format.render(
        ReportCases.report(name), RenderOptions.plain().within(OptionalInt.of(size)), out);
    return out.toString();
  }

  private static long count(String text, String part) {
    return IntStream.range(0, text.length()).filter(at -> text.startsWith(part, at)).count();
  }
}
