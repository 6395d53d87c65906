package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Plans on the incident's recorded hosts, whose reports are kept as they were found good;
/// `-Dgolden.update=true` writes them anew.
class PlanCommandTest {

  private static final Path RECORDED = Path.of("../inventory-samples/postmortem/recorded");
  private static final Path FOLDER = Path.of("src/test/resources/plan");

  /// By the ending of the file.
  private static final Map<String, String> FORMATS =
      Map.of("txt", "terminal", "md", "markdown", "json", "json");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /// The incident's hosts as a plan leaves them: their new host was asked to connect to what the
  /// old one asks.
  @BeforeEach
  void theNewHostWasAskedToConnect() throws IOException {
    try (Stream<Path> files = Files.walk(RECORDED)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, asked().resolve(RECORDED.relativize(file).toString()));
      }
    }
    Files.writeString(
        asked().resolve("backend2/network.tunnels.txt"),
        """
        exit: 0
        truncated: no
        at: 1795868415

        @to 10.77.0.21 5432 db1
        @ssh 0.41 0.44 0.52
        @opened 0.84 0.86 0.91
        """);
  }

  /// Another client of the database, which stays near it.
  private void backend2IsConnected() throws IOException {
    for (String moment : List.of("start", "end")) {
      String sockets = "network.sockets.%s.txt".formatted(moment);
      append(asked().resolve("backend2").resolve(sockets), "10.77.0.32:49330 10.77.0.21:5432");
      append(asked().resolve("db1").resolve(sockets), "10.77.0.21:5432 10.77.0.32:49330");
    }
  }

  private static void append(Path sockets, String ends) throws IOException {
    Files.writeString(
        sockets,
        "0 0 %s bbr rto:204 rtt:0.506/0.029 mss:1448 bytes_sent:103845 bytes_received:90913 data_segs_out:1804 data_segs_in:1804 minrtt:0.345\n"
            .formatted(ends),
        StandardOpenOption.APPEND);
  }

  private Path asked() {
    return folder.resolve("asked");
  }

  @Test
  void anAuditsEvidenceDoesNotTellWhetherPortsAreOpen() {
    assertThat(earshot("plan", "--evidence", RECORDED.toString(), "--move", "backend1=backend2"))
        .isEqualTo(3);
    assertThat(out.toString())
        .contains("UNKNOWN", "plan.reach", "</dev/tcp/10.77.0.21/5432' && echo open");
  }

  @ParameterizedTest
  @CsvSource({
    "backend1=backend2, 0, txt",
    "backend1=backend2, 0, md",
    "backend1=backend2, 0, json",
    "backend1=db1, 0, txt",
    "db1=backend1, 1, txt",
    "db1=backend1, 1, md",
    "lb1=backend1, 3, txt"
  })
  void aPlanIsAsItWasFoundGood(String move, int exit, String ending) throws IOException {
    if (!move.startsWith("backend1")) {
      backend2IsConnected();
    }
    assertThat(plan(move, "--report", FORMATS.getOrDefault(ending, ""))).isEqualTo(exit);

    Path file = FOLDER.resolve("%s.%d.%s".formatted(move, exit, ending));
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, out.toString());
    }
    assertThat(out).hasToString(Files.readString(file));
  }

  @Test
  void theJsonHasTheMoveTheVerdictAndTheArithmetic() throws IOException {
    plan("backend1=backend2", "--report", "json");
    JsonNode report = new ObjectMapper().readTree(out.toString());

    assertThat(report.get("schema").asText()).isEqualTo("earshot.plan/1");
    assertThat(report.get("move").get("to").asText()).isEqualTo("backend2");
    assertThat(report.get("verdict").asText()).isEqualTo("go");
    assertThat(report.get("routes").get(0).get("difference").asText())
        .isEqualTo("−25 ms on 20 calls");
  }

  @Test
  void severalReportsGoToFiles() throws IOException {
    Path markdown = folder.resolve("plan.md");
    assertThat(plan("backend1=backend2", "--report", "markdown=" + markdown)).isZero();

    assertThat(Files.readString(markdown)).startsWith("# Earshot plan: backend1 → backend2");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "backend1, '--move names two hosts, as in --move backend1=backend2'",
    "=backend1, '--move names two hosts'",
    "backend1=backend1, '--move names the same host twice: backend1'",
    "bakend1=backend2, 'there is no host bakend1 in the evidence (did you mean backend1?)'",
    "backend1=nowhere, 'there is no host nowhere in the evidence'",
  })
  void wrongMovesAreToldWithWhatMayBeMeant(String move, String message) {
    assertThat(plan(move)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void theHostsOfAnInventoryAreCheckedBeforeAnyIsAsked() throws IOException {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "web1 ansible_host=192.0.2.1\nweb2 ansible_host=192.0.2.2\n");

    assertThat(earshot("plan", "-i", hosts.toString(), "--move", "web1=wbe2")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no host wbe2 in the inventory").contains("web2");
  }

  @Test
  void aMoveIsWanted() {
    assertThat(earshot("plan", "--evidence", RECORDED.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--move");
  }

  @Test
  void evidenceFromBeforeGoesWithAfter() {
    assertThat(plan("backend1=backend2", "--before", RECORDED.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--before goes with --after");
  }

  @Test
  void aMoveThatWasNotMadeIsNotAccepted() {
    assertThat(plan("backend1=backend2", "--after", "--before", RECORDED.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("NO-GO").contains("no connection");
  }

  @ParameterizedTest
  @CsvSource({"2099-12-31, 3, UNKNOWN", "2026-11-28, 3, UNKNOWN", "2026-11-27, 1, NO-GO"})
  void aReasonIsWaivedUntilItsDay(String expires, int exit, String verdict) throws IOException {
    backend2IsConnected();
    Path config = folder.resolve("earshot.yml");
    Files.writeString(
        config,
        """
        waivers:
          - check: plan.distance
            from: backend2
            reason: it is retired next week
            owner: ops@example.org
            expires: %s
        """
            .formatted(expires));

    assertThat(plan("db1=backend1", "--config", config.toString())).isEqualTo(exit);
    assertThat(out.toString()).contains(verdict);
    assertThat(out.toString().contains("it is retired next week")).isEqualTo(exit != 1);
  }

  @Test
  void anAnonymousPlanNamesNobody() {
    assertThat(plan("backend1=backend2", "--anonymise")).isZero();
    assertThat(out.toString())
        .contains("backend-1 → backend-2", "database-1")
        .doesNotContain("backend1", "backend2", "db1", "10.77.");
  }

  private int plan(String move, String... more) {
    String[] arguments = new String[more.length + 5];
    System.arraycopy(
        new String[] {"plan", "--evidence", asked().toString(), "--move", move},
        0,
        arguments,
        0,
        5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return earshot(arguments);
  }

  private int earshot(String... arguments) {
    return Main.run(
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false, 100),
        new Surroundings(Map.of(), Path.of("").toAbsolutePath(), folder),
        arguments);
  }
}
