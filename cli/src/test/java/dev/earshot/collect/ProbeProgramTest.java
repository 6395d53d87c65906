package dev.earshot.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.CustomCommand;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Ping;
import dev.earshot.evidence.PostgresTables;
import dev.earshot.evidence.Sampled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program on this machine, in every shell that hosts have.
class ProbeProgramTest {

  @TempDir Path folder;

  private static InventoryHost host(String name, String address) {
    return new InventoryHost(new HostName(name), address, List.of(), Optional.empty(), "hosts", 1);
  }

  private HostRecording run(ProbeProgram program, String... shell) throws Exception {
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(shell).redirectErrorStream(true).redirectOutput(out.toFile());
    // what stands there is found before the machine's own
    builder
        .environment()
        .compute("PATH", (_, path) -> folder.resolve("tools") + ":" + Objects.requireNonNull(path));
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(program.text().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return new HostRecording(
        host("me", "127.0.0.1"),
        Optional.empty(),
        Optional.empty(),
        Answers.parse(program, Files.readString(out)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash -s", "bash -s", "bash --posix -s", "busybox sh -s"})
  void everyQuestionIsAnsweredInEveryShell(String shell) throws Exception {
    String[] words = shell.split(" ");
    assumeTrue(isThere(words[0]), () -> words[0] + " is not installed");
    HostRecording recording =
        run(ProbeProgram.of(Duration.ofSeconds(1), Depth.USUAL, List.of()), words);

    assertThat(recording.answers().keySet())
        .containsExactlyInAnyOrderElementsOf(ProbeProgram.questions(Depth.USUAL));
    HostEvidence evidence = HostEvidence.of(recording);
    assertThat(evidence.os()).isInstanceOf(Evidence.Collected.class);
    assertThat(evidence.memory()).isInstanceOf(Evidence.Collected.class);
    assertThat(evidence.filesystems()).isInstanceOf(Evidence.Collected.class);
    assertThat(evidence.cpu().change().collected().orElseThrow().window())
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(30));
    assertThat(evidence.processes().change()).isInstanceOf(Evidence.Collected.class);
    long clock = Instant.now().getEpochSecond();
    assertThat(recording.answers().values())
        .allSatisfy(answer -> assertThat(answer.epochSecond()).isBetween(clock - 60, clock + 1));
  }

  @Test
  void namesThatWouldSteerAShellDoNot() throws Exception {
    Path trap = folder.resolve("trap");
    ProbeProgram program =
        ProbeProgram.of(
            Duration.ofSeconds(1),
            Depth.USUAL,
            List.of(
                host("'; touch " + trap + "; echo '", "192.0.2.1; touch " + trap),
                host("$(touch " + trap + ")", "127.0.0.1"),
                host("`touch " + trap + "`", "-c1"),
                host("two\nlines", "192.0.2.1")));
    run(program, "sh", "-s");
    assertThat(trap).doesNotExist();
  }

  @Test
  void withoutAWindowOneSampleIsTakenAndNothingWaitedFor() throws Exception {
    ProbeProgram program =
        ProbeProgram.of(Duration.ZERO, Depth.USUAL, List.of(host("other", "127.0.0.1")));
    HostRecording recording = run(program, "sh", "-s");

    assertThat(program.text()).doesNotContain("sleep");
    assertThat(recording.answers().keySet())
        .containsExactlyInAnyOrderElementsOf(program.questions())
        .noneMatch(question -> question.moment() == Moment.START);
    HostEvidence evidence =
        FleetEvidence.of(
                new FleetRecording(Instant.EPOCH, Duration.ZERO, "1", List.of(recording)),
                Optional.empty())
            .hosts()
            .getFirst();
    assertThat(evidence.cpu().latest()).isInstanceOf(Evidence.Collected.class);
    assertThat(evidence.cpu().change()).isEqualTo(new Evidence.Uncollected<>(Sampled.SINGLE));
  }

  /// Where a server runs, many commands have something to ask; which processes there are and who
  /// asks is found out once for all of them, and names of processes are never more than text.
  @Test
  void theListOfProcessesIsReadOnceWhateverRuns() throws Exception {
    Path log = folder.resolve("log");
    for (String program : List.of("cat", "id")) {
      executable(
          folder.resolve("tools").resolve(program),
          "echo \"%1$s $*\" >>'%2$s'\nPATH=${PATH#*:}\nexec %1$s \"$@\"".formatted(program, log));
    }
    List<Process> running = new ArrayList<>();
    try {
      for (String name : List.of("postgres", "haproxy", "pgbouncer", "dockerd", "$(id -u)")) {
        Path script = executable(folder.resolve("running").resolve(name), "read -r _");
        running.add(new ProcessBuilder(script.toString()).start());
      }
      run(ProbeProgram.of(Duration.ZERO, Depth.USUAL, List.of()), "sh", "-s");
    } finally {
      running.forEach(Process::destroy);
    }
    List<String> calls = Files.readAllLines(log);
    assertThat(calls).filteredOn(call -> call.matches("cat /proc/\\d+/stat .*")).hasSize(1);
    assertThat(calls).doesNotContain("id -u");
  }

  /// Linux starts no program with such a string in its environment.
  @Test
  void aListThatIsTooLongToHandOnStopsNothing() throws Exception {
    executable(
        folder.resolve("tools").resolve("awk"),
        """
        PATH=${PATH#*:}
        awk "$@"
        [ "$2" != ') ' ] || awk 'BEGIN { for (i = 1; i < 9999; i++) print "9" i " (a long name) 1 1" }'
        """);

    HostRecording recording =
        run(ProbeProgram.of(Duration.ZERO, Depth.USUAL, List.of()), "sh", "-s");

    assertThat(recording.answers())
        .extractingByKey(new Question("machine.processes", Moment.END))
        .asString()
        .hasSizeGreaterThan(1 << 17);
    assertThat(HostEvidence.of(recording).filesystems()).isInstanceOf(Evidence.Collected.class);
  }

  private static Path executable(Path file, String program) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + program + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void whatLooksDeepComesAfterTheWindow() throws Exception {
    ProbeProgram deep = ProbeProgram.of(Duration.ofSeconds(1), Depth.DEEP, List.of());
    List<Question> more = new ArrayList<>(ProbeProgram.questions(Depth.DEEP));
    more.removeAll(ProbeProgram.questions(Depth.USUAL));

    assertThat(more).containsExactly(new Question(PostgresTables.PROBE.id(), Moment.ONCE));
    assertThat(ProbeProgram.questions(Depth.DEEP)).endsWith(more.getFirst());
    assertThat(run(deep, "sh", "-s").answers()).containsKey(more.getFirst());
  }

  /// What an admin wants to know comes last: whatever becomes of it, the other answers are there.
  @ParameterizedTest
  @ValueSource(strings = {"dash -s", "bash -s", "busybox sh -s"})
  void whatTheAdminAsksIsAnsweredLast(String shell) throws Exception {
    String[] words = shell.split(" ");
    assumeTrue(isThere(words[0]), () -> words[0] + " is not installed");
    List<CustomQuestion> custom =
        List.of(
            CustomCommand.of(
                "custom.says", "p", "echo \"it's $((6 * 7))\"; echo 'a\nb' >&2; cat; exit 3"),
            CustomCommand.of("custom.floods", "p", "yes | head -c 3000000"),
            CustomCommand.of("custom.missing", "p", "no-such-command-of-ours"),
            CustomCommand.of("custom.broken", "p", "if"),
            CustomCommand.of("custom.leaves", "p", "exec exit 0; exit 9"));
    ProbeProgram program = ProbeProgram.of(Duration.ofSeconds(1), Depth.USUAL, custom, List.of());

    HostRecording recording = run(program, words);

    assertThat(program.questions()).hasSize(ProbeProgram.questions(Depth.USUAL).size() + 5);
    assertThat(recording.answers().keySet())
        .containsExactlyInAnyOrderElementsOf(program.questions());
    CustomCommand.Output says = output(custom.get(0), recording).collected().orElseThrow();
    assertThat(says.stdout()).isEqualTo("it's 42");
    assertThat(says.status()).isEqualTo(3);
    assertThat(says.stderr()).startsWith("a").endsWith("b");
    assertThat(output(custom.get(1), recording))
        .isInstanceOfSatisfying(
            Evidence.Uncollected.class,
            none -> assertThat(none.reason().toString()).contains("more than 64 KiB"));
    assertThat(output(custom.get(2), recording).collected().orElseThrow().status()).isEqualTo(127);
    assertThat(output(custom.get(3), recording).collected().orElseThrow().status()).isPositive();
    assertThat(output(custom.get(4), recording).collected()).isPresent();
  }

  private static Evidence<CustomCommand.Output> output(
      CustomQuestion question, HostRecording recording) {
    CustomCommand command = (CustomCommand) question;
    return Optional.ofNullable(
            recording.answers().get(new Question(command.probe().id(), Moment.ONCE)))
        .map(answer -> command.probe().read(answer.result()))
        .orElseThrow();
  }

  @Test
  void peersArePingedByNameAndAddress() {
    String text =
        ProbeProgram.of(
                Duration.ofSeconds(1),
                Depth.USUAL,
                List.of(host("db 1", "10.0.0.1"), host("me", "localhost")))
            .text();
    assertThat(text).contains("EARSHOT_PEERS='10.0.0.1 db 1'\n");
    assertThat(Ping.PROBE.read(new CommandResult(0, "", false)).collected()).isPresent();
  }

  @Test
  void theProgramNeverHoldsTheSameMarkTwice() {
    assertThat(ProbeProgram.of(Duration.ofSeconds(1), Depth.USUAL, List.of()).mark())
        .isNotEqualTo(ProbeProgram.of(Duration.ofSeconds(1), Depth.USUAL, List.of()).mark());
  }

  private static boolean isThere(String command) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v " + command).start().waitFor() == 0;
  }
}
