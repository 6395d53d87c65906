package dev.earshot.report.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.AuditReport;
import dev.earshot.report.Rendered;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JunitReportTest {

  static Set<String> cases() {
    return ReportCases.names();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countsWhatItHolds(String name) throws Exception {
    AuditReport report = ReportCases.report(name);
    Element root = parsed(name);

    assertThat(elements(root, "testcase")).hasSize(number(root, "tests"));
    assertThat(number(root, "tests"))
        .isEqualTo(report.findings().size() + report.troubles().size());
    assertThat(elements(root, "failure"))
        .hasSize(number(root, "failures"))
        .hasSize(report.summary().failed());
    assertThat(elements(root, "error"))
        .hasSize(number(root, "errors"))
        .hasSize(report.troubles().size());
    assertThat(elements(root, "skipped"))
        .hasSize(number(root, "skipped"))
        .hasSize(
            report.summary().unknown()
                + report.summary().notApplicable()
                + report.summary().waived());
    assertThat(elements(root, "testsuite").map(suite -> suite.getAttribute("tests")))
        .allSatisfy(tests -> assertThat(Integer.parseInt(tests)).isNotNegative());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachHostHasItsSuite(String name) throws Exception {
    assertThat(
            elements(parsed(name), "testsuite")
                .map(suite -> suite.getAttribute("hostname"))
                .filter(host -> !host.equals("fleet")))
        .hasSize(ReportCases.report(name).hosts().size())
        .doesNotHaveDuplicates();
  }

  private static int number(Element element, String attribute) {
    return Integer.parseInt(element.getAttribute(attribute));
  }

  private static Stream<Element> elements(Element root, String tag) {
    NodeList found = root.getElementsByTagName(tag);
    return IntStream.range(0, found.getLength()).mapToObj(at -> (Element) found.item(at));
  }

  private static Element parsed(String name) throws Exception {
    byte[] xml = Rendered.of(name, ReportFormat.JUNIT).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml))
        .getDocumentElement();
  }
}
