package dev.earshot.report.junit;

import dev.earshot.report.AuditReport;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import dev.earshot.report.layout.Template;
import freemarker.core.XMLOutputFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// JUnit's XML as Jenkins and GitLab read it.
public final class JunitRenderer implements Renderer {

  @Override
  public void render(AuditReport given, RenderOptions options, Appendable out) throws IOException {
    AuditReport report = Harmless.report(given);
    List<Suite> suites = Suite.of(report);
    StringBuilder xml = new StringBuilder();
    Templates.JUNIT.render(
        Map.of(
            "suites",
            suites,
            "total",
            Map.of(
                "tests", sum(suites, Suite::tests),
                "failures", sum(suites, Suite::failures),
                "errors", sum(suites, Suite::errors),
                "skipped", sum(suites, Suite::skipped)),
            "timestamp",
            withoutZone(report.takenAt())),
        xml);
    out.append(allowed(xml));
  }

  private static int sum(List<Suite> suites, ToIntFunction<Suite> number) {
    return suites.stream().mapToInt(number).sum();
  }

  /// JUnit's schema has no zone; it is UTC.
  private static String withoutZone(String takenAt) {
    return takenAt.replaceAll("(\\.\\d+)?Z$", "");
  }

  /// XML 1.0 has no U+FFFE and U+FFFF, not even escaped.
  private static String allowed(CharSequence xml) {
    return xml.toString().replace('\ufffe', '\ufffd').replace('\uffff', '\ufffd');
  }

  /// Made at first use: other formats do without.
  private static final class Templates {
    static final Template JUNIT =
        new Template(JunitRenderer.class, "junit.ftl", XMLOutputFormat.INSTANCE);
  }
}
