package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.demo.DemoFleet;
import dev.earshot.ssh.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The sample for a job array, run by a real Slurm of one node on loopback.
@Timeout(180)
class SlurmTest {

  private static final Path SAMPLE = Path.of("..", "inventory-samples", "shards", "slurm.sh");

  @TempDir Path folder;

  @Test
  void whatAJobArrayCollectsIsTheAuditOfOneMachine() throws Exception {
    assumeTrue(
        Stream.of("slurmctld", "slurmd", "sbatch").allMatch(Programs::onPath),
        "Slurm is missing: apt-get install slurmctld slurmd slurm-client");
    Path program = Pty.earshot(folder);
    try (DemoFleet fleet = DemoFleet.start("postmortem");
        Cluster cluster = Cluster.start(Files.createDirectory(folder.resolve("slurm")))) {
      List<String> options = fleet.auditArguments().subList(1, fleet.auditArguments().size());
      List<String> rest = Stream.concat(fleet.limit().stream(), fleet.window().stream()).toList();
      String sample =
          Files.readString(SAMPLE)
              .replace("--array=1-4", "--array=1-3")
              .replace(
                  "earshot collect -i hosts.yml",
                  "%s collect %s %s"
                      .formatted(program, String.join(" ", options), String.join(" ", rest)));
      Path script = Files.writeString(folder.resolve("slurm.sh"), sample);

      cluster.run(folder, "sbatch", "--wait", script.toString());
      List<String> audit = new ArrayList<>(List.of(program.toString(), "audit"));
      audit.addAll(options);
      audit.addAll(rest);
      audit.addAll(List.of("--no-history", "-q", "--report", "json=one-machine.json"));
      run(folder, audit);
      run(
          folder,
          List.of(
              program.toString(),
              "merge",
              "--no-history",
              "parts/3.zip",
              "parts/1.zip",
              "parts/2.zip",
              "--report",
              "json=merged.json"));

      assertThat(parts()).hasSize(3);
      assertThat(withoutClocks("merged.json")).isEqualTo(withoutClocks("one-machine.json"));
    }
  }

  private List<Path> parts() throws IOException {
    try (Stream<Path> parts = Files.list(folder.resolve("parts"))) {
      return parts.toList();
    }
  }

  /// The recorded hosts play their answers again, but how far their clocks are off is measured
  /// anew.
  private JsonNode withoutClocks(String report) throws IOException {
    JsonNode all = new ObjectMapper().readTree(folder.resolve(report).toFile());
    ((ObjectNode) all).remove("takenAt");
    for (JsonNode finding : all.path("findings")) {
      if (finding.path("check").asText().equals("machine.clocks-agree")) {
        ((ObjectNode) finding).remove(List.of("because", "measured"));
      }
    }
    return all;
  }

  private static void run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
    assertThat(process.waitFor()).as("%s: %s", command, Files.readString(log)).isIn(0, 1);
  }

  /// A controller and its only node, which listen on loopback and end with the test.
  private record Cluster(Path configuration, List<Process> daemons) implements AutoCloseable {

    static Cluster start(Path folder) throws Exception {
      String host = InetAddress.getLocalHost().getHostName().replaceFirst("\\..*", "");
      String user = System.getProperty("user.name");
      Files.createDirectory(folder.resolve("state"));
      Files.createDirectory(folder.resolve("spool"));
      Path configuration =
          Files.writeString(
              folder.resolve("slurm.conf"),
              """
              ClusterName=earshot
              SlurmctldHost=%1$s(127.0.0.1)
              SlurmctldPort=%2$d
              SlurmdPort=%3$d
              CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
              SlurmUser=%4$s
              SlurmdUser=%4$s
              AuthType=auth/none
              CredType=cred/none
              ProctrackType=proctrack/pgid
              TaskPlugin=task/none
              SelectType=select/cons_tres
              SelectTypeParameters=CR_CPU
              AccountingStorageType=accounting_storage/none
              MpiDefault=none
              ReturnToService=2
              SlurmctldPidFile=%5$s/slurmctld.pid
              SlurmdPidFile=%5$s/slurmd.pid
              SlurmdSpoolDir=%5$s/spool
              StateSaveLocation=%5$s/state
              NodeName=%1$s NodeAddr=127.0.0.1 CPUs=%6$d
              PartitionName=all Nodes=%1$s Default=YES MaxTime=5
              """
                  .formatted(
                      host,
                      freePort(),
                      freePort(),
                      user,
                      folder,
                      Runtime.getRuntime().availableProcessors()));
      Cluster cluster = new Cluster(configuration, new ArrayList<>());
      for (String daemon : List.of("slurmctld", "slurmd")) {
        cluster.daemons.add(
            cluster
                .process(folder, daemon, "-D")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(daemon + ".log").toFile())
                .start());
      }
      return cluster;
    }

    /// A job waits until the node is there.
    void run(Path folder, String... command) throws IOException, InterruptedException {
      Path log = folder.resolve("sbatch.log");
      for (int attempt = 1; ; attempt++) {
        Process process =
            process(folder, command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        int exit = process.waitFor();
        if (exit == 0) {
          return;
        }
        assertThat(attempt).as("%d: %s", exit, Files.readString(log)).isLessThan(30);
        Thread.sleep(500);
      }
    }

    private ProcessBuilder process(Path folder, String... command) {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("SLURM_CONF", configuration.toString());
      return builder;
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    @Override
    public void close() {
      daemons.reversed().forEach(Process::destroy);
      daemons.forEach(daemon ->
          daemon.onExit().completeOnTimeout(daemon, 10, TimeUnit.SECONDS).join().destroyForcibly());
    }
  }
}
