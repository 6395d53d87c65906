package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LemmyProcessTest {

  @TempDir private Path folder;

  @Test
  void flagsOfOldAndNewReleases() {
    assertThat(
            LemmyProcess.parse(
                """
                process
                process
                --disable-http-server
                --disable-scheduled-tasks
                --federate-process-index=2
                --federate-process-count=3
                process
                --http-server=true
                --federate-activities=false
                """))
        .containsExactly(
            process(true, true, true, 0, 0),
            process(false, true, false, 2, 3),
            process(true, false, true, 0, 0));
    assertThatThrownBy(() -> LemmyProcess.parse("--disable-http-server\n"))
        .isInstanceOf(UnreadableOutput.class);
    assertThatThrownBy(() -> LemmyProcess.parse("")).isInstanceOf(UnreadableOutput.class);
  }

  /// The other half may stand in its environment.
  @ParameterizedTest
  @ValueSource(strings = {"--federate-process-index=2", "--federate-process-count=2"})
  void halfAShareIsNone(String flag) {
    assertThat(LemmyProcess.parse("process\n" + flag + "\n"))
        .singleElement()
        .returns(false, LemmyProcess::flagged);
  }

  private static LemmyProcess process(
      boolean http, boolean sending, boolean scheduled, int index, int count) {
    return new LemmyProcess(http, sending, scheduled, flag(index), flag(count));
  }

  private static OptionalInt flag(int number) {
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /// A program of that name, which waits: what it was started with is read in every shell, and
  /// nothing but that.
  @Test
  void processesOfThisMachine() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/cmdline")), "there is no /proc");
    Path program = Files.createDirectory(folder.resolve("bin")).resolve("lemmy_server");
    Files.writeString(program, "#!/bin/sh\nread -r end\nexit 0\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--disable-http-server",
                "--federate-process-index",
                "2",
                "--federate-process-count=3",
                "--federate-process-index=x",
                "postgres://lemmy:swordfish@db/lemmy")
            .start();
    try {
      while (!Files.readString(Path.of("/proc/" + process.pid() + "/comm"))
          .equals("lemmy_server\n")) {
        Thread.sleep(5);
      }
      for (List<String> shell : ShellRun.shells()) {
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of("-c", LemmyProcess.PROBE.command()));
        CommandResult result = ShellRun.run(command, Map.of());

        assertThat(result.output()).doesNotContain("swordfish");
        assertThat(LemmyProcess.PROBE.read(result).collected().orElseThrow())
            .as("%s", shell)
            .contains(process(false, true, true, 2, 3));
      }
    } finally {
      process.destroy();
    }
  }
}
