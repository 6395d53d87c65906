package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The lab, for tests: its commands, and Earshot run from its controller.
final class Lab {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path INVENTORY = ROOT.resolve("inventory-samples/postmortem/hosts.yml");

  private static final Path COMMAND = ROOT.resolve("inventory-samples/lab/lab");

  /// What a request takes at most where nothing is wrong: twenty round trips of half a millisecond,
  /// and one and a half times as much for a machine that plays six hosts.
  private static final double PACE_MS = 25;

  private static final int PACE_TRIES = 6;

  private static final Path JAR = ROOT.resolve("cli/target/earshot.jar");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// How a command ended.
  record Result(int exitCode, String output, String errors) {}

  /// An audit's exit code and its JSON report.
  record Audit(int exitCode, JsonNode report, String errors) {

    /// The only finding of a check about a subject.
    JsonNode finding(String key) {
      return Lab.stream(report.get("findings"))
          .filter(finding -> finding.get("key").asText().equals(key))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no finding " + key + " in " + report));
    }

    /// The failure that the report begins with.
    JsonNode worst() {
      return Lab.stream(report.get("findings"))
          .filter(finding -> finding.get("verdict").asText().equals("fail"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("nothing failed in " + report));
    }

    List<String> failedChecks() {
      return Lab.stream(report.get("findings"))
          .filter(finding -> finding.get("verdict").asText().equals("fail"))
          .map(finding -> finding.get("check").asText())
          .toList();
    }

    JsonNode budget(String... path) {
      return Lab.stream(report.get("budgets"))
          .filter(budget -> Lab.texts(budget.get("path")).equals(List.of(path)))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no such path in " + report.get("budgets")));
    }

    /// By echo requests.
    double rttMedianMs(String from, String to) {
      return Lab.stream(report.get("links"))
          .filter(link -> link.get("method").asText().equals("icmp"))
          .filter(link -> link.get("from").asText().equals(from))
          .filter(link -> link.get("to").asText().equals(to))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no echo from %s to %s".formatted(from, to)))
          .get("rttMedianMs")
          .asDouble();
    }

    JsonNode host(String name) {
      return Lab.stream(report.get("hosts"))
          .filter(host -> host.get("name").asText().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  /// Why the lab can't be on this machine, if so.
  static Optional<String> obstacle() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("the lab needs Linux");
    } else if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("the lab makes network namespaces, which takes root");
    } else if (!Files.exists(Path.of("/dev/net/tun"))) {
      return Optional.of("the lab needs /dev/net/tun, which this machine lacks");
    }
    return Optional.empty();
  }

  /// Runs a command of the lab that has to succeed.
  String run(String... arguments) {
    Result result =
        execute(Stream.concat(Stream.of(COMMAND.toString()), Stream.of(arguments)).toList());
    assertThat(result.exitCode()).as("lab %s: %s", List.of(arguments), result.errors()).isZero();
    return result.output();
  }

  /// Posts to lb1 in the background, one request at a time.
  Process load(int seconds) throws IOException {
    return load(seconds, 1);
  }

  /// The same with so many senders.
  Process load(int seconds, int senders) throws IOException {
    return new ProcessBuilder(
            COMMAND.toString(), "load", String.valueOf(seconds), String.valueOf(senders))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /// The same, once the first requests are over and forgotten: they open connections and run code
  /// for the first time, and the load balancer's means, which are over hundreds of requests, would
  /// be of them above all.
  Process steadyLoad(int seconds, int senders) throws IOException {
    summary(load(3, senders));
    run("haproxy", "clear", "counters", "all");
    return load(seconds, senders);
  }

  /// Waits until requests without any trouble take about what they should: a machine that is shared
  /// may be given little time for minutes, and what is measured then is the machine. Goes on after
  /// a minute and a half all the same.
  void awaitPace() throws IOException, InterruptedException {
    for (int tries = 0; tries < PACE_TRIES; tries++) {
      summary(load(2));
      if (summary(load(2)).get("meanMs").asDouble() <= PACE_MS) {
        return;
      }
      Thread.sleep(10_000);
    }
  }

  /// Waits for [#load] and reads its summary.
  JsonNode summary(Process load) throws IOException {
    return JSON.readTree(load.getInputStream());
  }

  /// Audits from the controller, with the JSON report.
  Audit audit(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("audit", "--no-history", "-i", INVENTORY.toString()));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--report", "json"));
    Result result = earshot(arguments.toArray(String[]::new));
    assertThat(result.output()).as(result.errors()).startsWith("{");
    return new Audit(result.exitCode(), JSON.readTree(result.output()), result.errors());
  }

  static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  Result earshot(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                COMMAND.toString(),
                "exec",
                "ctl",
                ProcessHandle.current().info().command().orElseThrow(),
                "-jar",
                JAR.toString()));
    command.addAll(List.of(arguments));
    return execute(command);
  }

  private static Result execute(List<String> command) {
    try {
      Path errors = Files.createTempFile("earshot-lab-test", ".err");
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
      String said = Files.readString(errors);
      Files.delete(errors);
      return new Result(process.exitValue(), output, said);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  static Stream<JsonNode> stream(JsonNode array) {
    List<JsonNode> nodes = new ArrayList<>();
    array.forEach(nodes::add);
    return nodes.stream();
  }

  static List<String> texts(JsonNode array) {
    return stream(array).map(JsonNode::asText).toList();
  }
}
