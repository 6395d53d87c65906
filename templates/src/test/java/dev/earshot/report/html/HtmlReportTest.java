package dev.earshot.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.AuditReport;
import dev.earshot.report.Rendered;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {

  private static final Pattern TAG = Pattern.compile("<[a-zA-Z][^<>]*>");

  static Set<String> cases() {
    return ReportCases.names();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thePolicyAdmitsTheStyleAndTheScriptOfThePageAndNothingElse(String name) throws Exception {
    String html = Rendered.of(name, ReportFormat.HTML);

    assertThat(html)
        .containsOnlyOnce(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src %s; script-src %s; img-src data:; base-uri 'none'; form-action 'none'\">"
                .formatted(hash(inside(html, "style")), hash(inside(html, "script"))));
  }

  /// The policy would forbid what is found here; it should not be what keeps it from running.
  @ParameterizedTest
  @MethodSource("cases")
  void nothingButThePagesOwnScriptCanRunAndNothingIsFetched(String name) throws IOException {
    String html = Rendered.of(name, ReportFormat.HTML);

    assertThat(TAG.matcher(html).results().map(match -> match.group()))
        .filteredOn(tag -> tag.matches("(?s)<(script|style|iframe|object|embed|img|base)\\b.*"))
        .containsExactly("<style>", "<script>");
    assertThat(TAG.matcher(html).results().map(match -> match.group()))
        .noneMatch(tag -> tag.matches("(?s).*\\s(on\\w+|style|src|srcset|action)\\s*=.*"))
        .noneMatch(tag -> tag.matches("(?s).*\\shref=\"(?!#|data:,).*"));
  }

  @Test
  void hostileNamesStayText() throws IOException {
    assertThat(Rendered.of("hostile", ReportFormat.HTML))
        .doesNotContain("<script>alert", "<img src=x", "</details><h1>")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postmortem", "hostile"})
  void everyFindingIsThereWithItsEvidence(String name) throws IOException {
    AuditReport report = ReportCases.report(name);
    String html = Rendered.of(name, ReportFormat.HTML);

    assertThat(
            Pattern.compile("<li data-severity[^>]* data-count=\"(\\d+)\"")
                .matcher(html)
                .results()
                .mapToInt(row -> Integer.parseInt(row.group(1)))
                .sum())
        .isEqualTo(report.findings().size());
    assertThat(report.findings().stream().filter(AuditReport.FindingRow::failed))
        .allSatisfy(finding -> assertThat(html).contains(finding.why()));
  }

  @Test
  void manyHostsAreShownByTheirSitesAndThePageSaysSo() throws IOException {
    assertThat(render(LargeReport.of(500, 5000)))
        .contains("500 hosts make 249500 pairs")
        .contains("are too many to draw one by one");
  }

  @Test
  void whatMendsAllFailuresOfACheckIsSaidOnce() throws IOException {
    String html = render(LargeReport.of(50, 1000));

    assertThat(html.split("<p class=\"do\">"))
        .hasSameSizeAs(html.split("<article class=\"check fail\""));
    assertThat(html.split("<li data-severity")).hasSizeGreaterThan(200);
    assertThat(Rendered.of("thirty-hosts", ReportFormat.HTML))
        .contains("</b> Run node19 in the datacenter", "</b> Run node20 in the datacenter");
  }

  @Test
  void whereEvenTheSitesAreTooManyThePairsAreThere() throws IOException {
    assertThat(render(LargeReport.scattered(100, 200)))
        .contains(
            "100 hosts make 9900 pairs",
            "too many for a table: below are the pairs that talk to each other; the JSON report has all",
            "99 pairs of hosts that talk to each other, the slowest first")
        .doesNotContain("id=\"heatmap\"", "No round trip was measured.");
    assertThat(Rendered.of("empty-fleet", ReportFormat.HTML))
        .contains("No round trip was measured.")
        .doesNotContain("A database may be 2 ms away.");
  }

  @Test
  void aThousandHostsAndFiveThousandFindingsAreLessThanSixMegabytes() throws IOException {
    assertThat(render(LargeReport.of(1000, 5000)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(6_000_000);
  }

  private static String inside(String html, String tag) {
    int start = html.indexOf("<" + tag + ">") + tag.length() + 2;
    return html.substring(start, html.indexOf("</" + tag + ">", start));
  }

  private static String hash(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  private static String render(AuditReport report) throws IOException {
    StringBuilder out = new StringBuilder();
    ReportFormat.HTML.render(report, RenderOptions.plain(), out);
    return out.toString();
  }
}
