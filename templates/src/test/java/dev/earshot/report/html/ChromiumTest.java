package dev.earshot.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.report.AuditReport;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// The page where people read it: in a browser, which must have nothing to complain of.
class ChromiumTest {

  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  @TempDir static Path folder;
  private static Optional<ChromeDriver> started = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(
        Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
        "needs Debian's packages chromium and chromium-driver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toString());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    started =
        Optional.of(
            new ChromeDriver(
                new ChromeDriverService.Builder()
                    .usingDriverExecutable(DRIVER.toFile())
                    .usingAnyFreePort()
                    .build(),
                options));
  }

  @AfterAll
  static void stop() {
    started.ifPresent(ChromeDriver::quit);
  }

  static Stream<String> cases() {
    return ReportCases.names().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theBrowserHasNothingToComplainOfAndAsksNobody(String name) throws IOException {
    ChromeDriver browser = open(ReportCases.report(name));

    assertThat(browser.getTitle()).startsWith("Earshot report: ");
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    assertThat(
            browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .filter(message -> !message.contains("\"url\":\"file:///"))
                .filter(message -> !message.contains("\"url\":\"data:")))
        .isEmpty();
  }

  @Test
  void hostileNamesStayText() throws IOException {
    ChromeDriver browser = open(ReportCases.report("hostile"));

    assertThat(browser.findElements(By.tagName("script"))).hasSize(1);
    assertThat(browser.findElements(By.tagName("h1"))).hasSize(1);
    assertThat(browser.findElements(By.cssSelector("img, iframe, a[href^='javascript']")))
        .isEmpty();
    assertThat(browser.findElements(By.cssSelector("table.hosts tbody th")))
        .extracting(WebElement::getText)
        .contains("<script>alert(1)</script>", "[x](javascript:alert(1))");
  }

  @Test
  void failuresAreShownFirstAndTheRestIsAClickAway() throws IOException {
    AuditReport report = ReportCases.report("postmortem");
    ChromeDriver browser = open(report);
    int open = report.summary().failed() + report.summary().unknown();

    assertThat(shown(browser)).isEqualTo(open);
    choice(browser, "pass").sendKeys(Keys.SPACE);
    assertThat(shown(browser)).isEqualTo(open + report.summary().pass());
    choice(browser, "fail").sendKeys(Keys.SPACE);
    choice(browser, "unknown").sendKeys(Keys.SPACE);
    assertThat(shown(browser)).isEqualTo(report.summary().pass());
    browser.findElement(By.cssSelector("#filters button")).click();
    assertThat(shown(browser)).isEqualTo(open);
    choice(browser, "critical").sendKeys(Keys.SPACE);
    assertThat(visibleTags(browser)).doesNotContain("critical").contains("medium");
  }

  @Test
  void whatIsWaivedStaysVisible() throws IOException {
    AuditReport report = ReportCases.report("waived");
    ChromeDriver browser = open(report);

    assertThat(report.summary().waived()).isPositive();
    assertThat(shown(browser))
        .isEqualTo(
            report.summary().failed() + report.summary().waived() + report.summary().unknown());
    assertThat(visibleTags(browser)).contains("waived");
  }

  @Test
  void hostsAndWordsNarrowTheFindings() throws IOException {
    ChromeDriver browser = open(ReportCases.report("postmortem"));

    field(browser, "host").sendKeys("db1");
    assertThat(visibleSubjects(browser)).isNotEmpty().allMatch(subject -> subject.contains("db1"));
    field(browser, "host").clear();
    field(browser, "host").sendKeys("backend");
    assertThat(visibleSubjects(browser)).contains("backend1", "backend1 → db1");
    field(browser, "text").sendKeys("SERIAL ceiling");
    assertThat(visibleSubjects(browser)).first().isEqualTo("lb1 → backend1 → db1");
    field(browser, "text").sendKeys(" nothing-is-called-so");
    assertThat(shown(browser)).isZero();
    assertThat(browser.findElement(By.id("none")).isDisplayed()).isTrue();
  }

  @Test
  void theKeyboardReachesSkipLinkSectionsAndFilters() throws IOException {
    ChromeDriver browser = open(ReportCases.report("postmortem"));
    List<String> stops = new ArrayList<>();
    for (int presses = 0; presses < 40; presses++) {
      browser.switchTo().activeElement().sendKeys(Keys.TAB);
      WebElement at = browser.switchTo().activeElement();
      stops.add(
          Stream.of("name", "href", "aria-label")
              .map(at::getDomAttribute)
              .filter(value -> value != null)
              .findFirst()
              .orElse(at.getTagName()));
    }

    assertThat(stops).startsWith("#findings", "#diagnosis");
    assertThat(stops).containsSubsequence("order", "verdict", "severity", "host", "text");
  }

  @Test
  void theHeatmapIsSorted() throws IOException {
    ChromeDriver browser = open(ReportCases.report("postmortem"));

    assertThat(rowsFromTheTop(browser))
        .containsExactly("lb1", "lb2", "backend2", "db1", "backend1");
    sort(browser, "name");
    assertThat(rowsFromTheTop(browser))
        .containsExactly("backend1", "backend2", "db1", "lb1", "lb2");
    sort(browser, "slow");
    assertThat(rowsFromTheTop(browser)).startsWith("backend1");
    sort(browser, "site");
    assertThat(rowsFromTheTop(browser)).endsWith("backend1");
  }

  @Test
  void thousandsOfFindingsAreFilteredAtOnce() throws IOException {
    ChromeDriver browser = open(LargeReport.of(500, 5000));
    double milliseconds =
        number(
            browser,
            """
            const filters = document.getElementById('filters');
            const start = performance.now();
            filters.elements.text.value = 'commit';
            filters.elements.host.value = 'node-01';
            filters.dispatchEvent(new Event('input'));
            document.body.getBoundingClientRect();
            return performance.now() - start;
            """);

    assertThat(shown(browser)).isPositive().isLessThan(5000);
    assertThat(milliseconds).isLessThan(1000);
  }

  @Test
  void nothingIsWiderThanANarrowScreen() throws IOException {
    ChromeDriver browser = open(ReportCases.report("postmortem"));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 400, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    double width = number(browser, "return document.documentElement.scrollWidth");
    browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());

    assertThat(width).isLessThanOrEqualTo(400);
  }

  /// Thirty hosts that fail alike would fill a page each.
  @Test
  void onPaperTheFirstOfAChecksFailuresHasItsEvidence() throws IOException {
    ChromeDriver browser = open(ReportCases.report("thirty-hosts"));
    String visible =
        "return [...document.querySelectorAll('.check.fail .rows > li%s details')].filter(one => one.checkVisibility()).length";
    double checks = number(browser, "return document.querySelectorAll('.check.fail').length");
    double all = number(browser, visible.formatted(""));
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    double onPaper = number(browser, visible.formatted(""));
    double first = number(browser, visible.formatted(":first-child"));
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));

    assertThat(all).isGreaterThan(checks);
    assertThat(onPaper).isEqualTo(checks).isEqualTo(first);
  }

  private static ChromeDriver open(AuditReport report) throws IOException {
    ChromeDriver browser = started.orElseThrow();
    StringBuilder html = new StringBuilder();
    ReportFormat.HTML.render(report, RenderOptions.plain(), html);
    Path file = folder.resolve("report.html");
    Files.writeString(file, html);
    browser.get("about:blank");
    browser.manage().logs().get(LogType.BROWSER);
    browser.manage().logs().get(LogType.PERFORMANCE);
    browser.get(file.toUri().toString());
    return browser;
  }

  private static double number(ChromeDriver browser, String script) {
    return browser.executeScript(script) instanceof Number number
        ? number.doubleValue()
        : Double.NaN;
  }

  private static int shown(ChromeDriver browser) {
    String text = browser.findElement(By.id("shown")).getText();
    return Integer.parseInt(text.substring(0, text.indexOf(' ')));
  }

  private static WebElement choice(ChromeDriver browser, String value) {
    return browser.findElement(By.cssSelector("#filters input[value='%s']".formatted(value)));
  }

  private static WebElement field(ChromeDriver browser, String name) {
    return browser.findElement(By.name(name));
  }

  private static void sort(ChromeDriver browser, String order) {
    browser.findElement(By.cssSelector("#order option[value='%s']".formatted(order))).click();
  }

  private static List<String> visibleSubjects(ChromeDriver browser) {
    return browser
        .findElements(By.cssSelector("article:not([hidden]) li:not([hidden]) .subject"))
        .stream()
        .map(WebElement::getText)
        .toList();
  }

  private static List<String> visibleTags(ChromeDriver browser) {
    return browser.findElements(By.cssSelector("article.check:not([hidden]) h3 .tag")).stream()
        .map(WebElement::getText)
        .toList();
  }

  private static List<String> rowsFromTheTop(ChromeDriver browser) {
    return browser.findElements(By.cssSelector("#rows > g > text")).stream()
        .sorted((a, b) -> Integer.compare(a.getLocation().getY(), b.getLocation().getY()))
        .map(WebElement::getText)
        .toList();
  }
}
