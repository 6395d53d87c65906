package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Severity;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// The reports on 500 hosts as they were found good. All of them together have fifty megabytes,
/// which nobody reads in a pull request and every clone would carry: kept are what can be reviewed,
/// the counts, and, of each format, its size and a digest, by which any change is noticed. What a
/// change looks like shows in the small cases of [GoldenReportTest].
///
/// `mvn test -Dgolden.update=true` writes them anew.
class GoldenFiveHundredHostsTest {

  private static final Path GOLDEN = Path.of("src/test/resources/large/five-hundred-hosts.txt");

  @Test
  void everyFormatIsAsItWasFoundGood() throws IOException {
    AuditReport report = ReportCases.fiveHundredHosts().report();
    StringBuilder told = new StringBuilder(counts(report));
    for (ReportFormat format : ReportFormat.values()) {
      StringBuilder text = new StringBuilder();
      format.render(report, RenderOptions.plain(), text);
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      told.append(
          String.format(
              Locale.ROOT,
              "%-16s %9d bytes %7d lines  sha256 %s\n",
              format.label(),
              bytes.length,
              text.chars().filter(c -> c == '\n').count(),
              sha256(bytes)));
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, told);
    }
    assertThat(told.toString())
        .as("look at what changed in a small case, then write this anew with -Dgolden.update=true")
        .isEqualTo(Files.readString(GOLDEN));
  }

  private static String counts(AuditReport report) {
    return """
    %s
    exit code %d, %s
    %d hosts, %d sites, %d links, %d flows, %d budgets, %d findings, %d troubles

    """
        .formatted(
            report.headline(),
            ExitCode.of(report, Severity.HIGH).status(),
            report.summary(),
            report.hosts().size(),
            report.sites().size(),
            report.links().size(),
            report.flows().size(),
            report.budgets().size(),
            report.findings().size(),
            report.troubles().size());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
