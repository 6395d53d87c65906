package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that was suspected in the incident, and more, made the real cause in turn: the
/// diagnosis has to name it first and to clear the others.
@ExtendWith(LabUp.class)
class ScenarioIT {

  private static final Lab LAB = new Lab();

  /// What is reached over what is predicted. In twelve runs it was 0.83 to 1.29, and within 15 % in
  /// nine: on two processors that play six hosts, the same state served 69 to 95 requests a second.
  private static final double LOWEST = 0.7;

  private static final double HIGHEST = 1.45;

  static Stream<Scenario> scenarios() {
    return Scenario.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void namesTheCauseFirstAndClearsTheOthers(Scenario scenario)
      throws IOException, InterruptedException {
    LAB.run("reset");
    LAB.awaitPace();
    run(scenario.lab());
    LAB.summary(LAB.load(3, scenario.senders()));
    // The load balancer's means are to forget the first requests, which ran code for the first
    // time.
    LAB.run("haproxy", "clear", "counters", "all");
    Process load = LAB.load(scenario.seconds(), scenario.senders());
    Thread.sleep(3_000);
    List<String> options = new ArrayList<>(List.of("--window", "7s"));
    scenario.arriving().ifPresent(rate -> options.addAll(List.of("--arrival-rate", rate)));
    Lab.Audit audit = LAB.audit(options.toArray(String[]::new));
    LAB.summary(load);

    JsonNode budget = audit.budget(scenario.path().toArray(String[]::new));
    List<JsonNode> suspects = Lab.stream(budget.get("suspects")).toList();
    assertThat(suspects.getFirst().get("id").asText())
        .as("the first of %s", suspects)
        .isEqualTo(scenario.cause());
    assertThat(suspects.getFirst().get("judgement").asText()).isEqualTo("cause");
    Map<String, String> judgements =
        suspects.stream()
            .collect(
                Collectors.toMap(
                    suspect -> suspect.get("id").asText(),
                    suspect -> suspect.get("judgement").asText()));
    assertThat(scenario.cleared())
        .as("of %s", suspects)
        .allSatisfy(suspect -> assertThat(judgements).containsEntry(suspect, "cleared"));
    assertThat(scenario.findings())
        .allSatisfy(
            key -> assertThat(audit.finding(key).get("verdict").asText()).isEqualTo("fail"));
    scenario.first().ifPresent(key -> assertThat(audit.worst().get("key").asText()).isEqualTo(key));
    scenario
        .head()
        .ifPresent(words -> assertThat(audit.report().get("headline").asText()).contains(words));
    if (scenario.mending().isPresent()) {
      compare(scenario, scenario.mending().get(), audit, budget);
    }
  }

  /// Requests take the time behind the load balancer that was predicted; the sender's own way to it
  /// is taken off.
  private static void compare(
      Scenario scenario, Scenario.Mending mending, Lab.Audit audit, JsonNode budget)
      throws IOException {
    double predicted =
        Lab.stream(budget.get("whatIfs"))
            .filter(whatIf -> whatIf.get("id").asText().equals(mending.whatIf()))
            .findFirst()
            .orElseThrow()
            .get("requestMs")
            .asDouble();
    run(mending.lab());
    double reached =
        LAB.summary(LAB.load(7, 1)).get("meanMs").asDouble() - audit.rttMedianMs("ctl", "lb1");
    System.out.printf(
        "%s: %.1f requests/s predicted, %.1f reached%n",
        scenario, 1000 / predicted, 1000 / reached);
    assertThat(reached / predicted).as("reached to predicted").isBetween(LOWEST, HIGHEST);
  }

  private static void run(List<List<String>> commands) {
    commands.forEach(command -> LAB.run(command.toArray(String[]::new)));
  }
}
