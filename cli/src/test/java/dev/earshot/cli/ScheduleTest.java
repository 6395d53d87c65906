package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.demo.DemoFleet;
import dev.earshot.ssh.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The samples for cron and systemd, as these run or read them.
@Timeout(180)
class ScheduleTest {

  private static final Path SAMPLES = Path.of("..", "inventory-samples", "schedule");

  @TempDir Path folder;

  @Test
  void cronsLineWorksInCronsSurroundingsAndIsSilentWhereNothingChanged() throws Exception {
    Path program = Pty.earshot(folder);
    try (DemoFleet fleet = DemoFleet.start("postmortem")) {
      List<String> arguments = fleet.auditArguments();
      String command =
          (cronsCommand() + " --known-hosts " + arguments.getLast())
              .replace("/opt/earshot/earshot", program.toString())
              .replace("/etc/ansible/hosts.yml", arguments.get(arguments.lastIndexOf("-i") + 1))
              .replace("/var/lib/earshot", folder.toString());

      assertThat(asCron(command))
          .isEqualTo(
              new Said(
                  2,
                  "earshot: there is no baseline %s/good.zip: --update makes the first one\n"
                      .formatted(folder)));
      assertThat(asCron(command + " --update")).isEqualTo(new Said(0, ""));
      assertThat(asCron(command)).isEqualTo(new Said(0, ""));
    }
  }

  @Test
  void systemdReadsTheUnitsAndFindsTheServiceConfined() throws Exception {
    assumeTrue(
        Programs.onPath("systemd-analyze"), "systemd-analyze is missing: apt-get install systemd");
    Path program = Files.writeString(folder.resolve("earshot"), "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path service = folder.resolve("earshot-drift.service");
    Files.writeString(
        service, read("earshot-drift.service").replace("/opt/earshot/earshot", program.toString()));
    Path timer =
        Files.copy(SAMPLES.resolve("earshot-drift.timer"), folder.resolve("earshot-drift.timer"));

    assertThat(run("systemd-analyze", "verify", "--man=no", service.toString(), timer.toString()))
        .isEqualTo(new Said(0, ""));
    // of 100, where most services have more than 90
    Said confined =
        run("systemd-analyze", "security", "--offline=true", "--threshold=20", service.toString());
    assertThat(confined.exit()).as(confined.output()).isZero();
  }

  @Test
  void bothRunTheSameAndTheReadmeShowsIt() throws IOException {
    assertThat(read("earshot-drift.service").lines()).contains("ExecStart=" + cronsCommand());
    assertThat(Files.readString(Path.of("..", "README.md")).lines())
        .containsAll(cronTable().toList());
  }

  private static Stream<String> cronTable() throws IOException {
    return read("earshot-drift.cron").lines().filter(line -> !line.startsWith("#"));
  }

  /// Behind five fields of time and the user.
  private static String cronsCommand() throws IOException {
    return cronTable()
        .filter(line -> line.matches("\\d.*"))
        .map(line -> line.split(" +", 7)[6])
        .findFirst()
        .orElseThrow();
  }

  private static String read(String sample) throws IOException {
    return Files.readString(SAMPLES.resolve(sample));
  }

  private Said asCron(String command) throws IOException, InterruptedException {
    return run(
        "env",
        "-i",
        "HOME=" + folder,
        "LOGNAME=" + System.getProperty("user.name"),
        "SHELL=/bin/sh",
        "PATH=/usr/bin:/bin",
        "/bin/sh",
        "-c",
        command);
  }

  private record Said(int exit, String output) {}

  private Said run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), output);
  }
}
