package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The incident's way out, planned before it was gone and accepted after it, on real hosts.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(LabUp.class)
class PlanIT {

  private static final Lab LAB = new Lab();
  private static final String LINE = "host lemmy lemmy 10.77.0.12/32 scram-sha-256";

  @TempDir static Path folder;

  @Test
  @Order(1)
  void theWayNextToTheDatabaseIsGo() throws IOException {
    Planned plan = plan("backend1=backend2", "--save", folder.resolve("before.zip").toString());

    assertThat(plan.exitCode()).as(plan.report().toString()).isZero();
    assertThat(plan.report().get("verdict").asText()).isEqualTo("go");
    assertThat(plan.finding("plan.distance/backend2/db1/port 5432").get("because").asText())
        .containsPattern("−2[4-9] ms on 20 calls");
    assertThat(plan.finding(access("backend2")).get("verdict").asText()).isEqualTo("pass");
    JsonNode forecast = plan.report().get("forecasts").get(0);
    assertThat(forecast.get("requestBeforeMs").asDouble()).isCloseTo(550, within(60.0));
    assertThat(forecast.get("requestAfterMs").asDouble()).isLessThan(60);
  }

  @Test
  @Order(2)
  void anAddressThatTheDatabaseDoesNotKnowIsNoGoWithTheLineThatMendsIt() throws IOException {
    LAB.run("admit", "backend1", "backend2");
    Planned plan = plan("backend1=lb2");

    assertThat(plan.exitCode()).isEqualTo(1);
    JsonNode refused = plan.finding(access("lb2"));
    assertThat(refused.get("verdict").asText()).isEqualTo("fail");
    assertThat(refused.get("remedy").get("summary").asText()).endsWith(LINE);

    Path playbook = folder.resolve("admit.yml");
    Files.writeString(playbook, refused.get("remedy").get("playbook").asText());
    LAB.run("exec", "ctl", "ansible-playbook", "-i", Lab.INVENTORY.toString(), playbook.toString());
    assertThat(plan("backend1=lb2").finding(access("lb2")).get("verdict").asText())
        .isEqualTo("pass");
  }

  @Test
  @Order(3)
  void afterTheMoveItIsAccepted() throws IOException {
    LAB.run("move", "backend2");
    Planned plan =
        plan("backend1=backend2", "--after", "--before", folder.resolve("before.zip").toString());

    assertThat(plan.exitCode()).as(plan.report().toString()).isZero();
    assertThat(plan.finding("plan.arrival/backend2/db1/port 5432").get("verdict").asText())
        .isEqualTo("pass");
    JsonNode time = plan.finding("plan.reached-time/lb1/backend2/db1");
    assertThat(time.get("because").asText()).contains("predicted were");
    System.out.println(time.get("because").asText());
  }

  @Test
  @Order(4)
  void theWayBackIsNoGoWithItsArithmetic() throws IOException {
    Planned plan = plan("backend2=backend1");

    assertThat(plan.exitCode()).isEqualTo(1);
    assertThat(plan.report().get("headline").asText()).containsPattern("\\+2[4-9] ms on 20 calls");
    assertThat(plan.finding("plan.request-time/lb1/backend1/db1").get("verdict").asText())
        .isEqualTo("fail");
    Lab.Result mistyped =
        LAB.earshot("plan", "-i", Lab.INVENTORY.toString(), "--move", "backend2=bakend1");
    assertThat(mistyped.exitCode()).isEqualTo(2);
    assertThat(mistyped.errors()).contains("did you mean backend1?");
  }

  /// A plan's exit code and its JSON report.
  private record Planned(int exitCode, JsonNode report) {

    JsonNode finding(String key) {
      return Lab.stream(report.get("findings"))
          .filter(finding -> finding.get("key").asText().equals(key))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no finding " + key + " in " + report));
    }
  }

  private static String access(String host) {
    return "plan.database-access/%s/db1/port 5432, role lemmy, database lemmy".formatted(host);
  }

  /// While requests come in.
  private static Planned plan(String move, String... more) throws IOException {
    Process load = LAB.steadyLoad(16, 1);
    List<String> arguments =
        new ArrayList<>(
            List.of("plan", "-i", Lab.INVENTORY.toString(), "--move", move, "--report", "json"));
    arguments.addAll(List.of(more));
    Lab.Result result = LAB.earshot(arguments.toArray(String[]::new));
    LAB.summary(load);
    assertThat(result.output()).as(result.errors()).startsWith("{");
    return new Planned(result.exitCode(), Lab.json(result.output()));
  }
}
