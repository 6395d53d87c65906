package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.python.ShellWords;
import dev.earshot.ssh.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// What a release has for GitHub, GitLab and pre-commit, with a program in Earshot's place that
/// tells its arguments.
class ReleaseFilesTest {

  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

  private static final String EARSHOT =
      """
      #!/bin/sh
      printf '<%s>' "$@" >>"$TOLD"
      echo >>"$TOLD"
      printf '::error::of a host'
      case $* in *grave*) exit 1 ;; esac
      """;

  @TempDir Path folder;

  @BeforeEach
  void putAProgramInItsPlace() throws IOException {
    assumeTrue(Programs.onPath("bash"), "bash is missing: apt-get install bash");
    Path program = Files.writeString(folder.resolve("earshot"), EARSHOT);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void theHookReportsOnEachFileByItself() throws Exception {
    List<Map<String, String>> hooks = new Yaml().load(read(".pre-commit-hooks.yaml"));
    List<String> hook = ShellWords.splitAll(hooks.getLast().getOrDefault("entry", ""));

    assertThat(run(hook, Map.of(), "--fail-on=medium", "-q", "one/audit.zip", "two 2/audit.zip"))
        .isZero();
    assertThat(told())
        .containsExactly(
            "<report><--fail-on=medium><-q><one/audit.zip>",
            "<report><--fail-on=medium><-q><two 2/audit.zip>");
    assertThat(run(hook, Map.of(), "grave/audit.zip", "good/audit.zip")).isEqualTo(1);
    assertThat(told()).hasSize(4);
  }

  @Test
  void theActionTakesArgumentsOnSeveralLines() throws Exception {
    Map<String, String> asked =
        Map.of(
            "RUNNER_TEMP", folder.toString(),
            "INVENTORY", "hosts.yml",
            "EVIDENCE", "",
            "FAIL_ON", "high",
            "ARGUMENTS", "--window 30s\n--profile generic\n",
            "GITHUB_OUTPUT", folder.resolve("output").toString());

    assertThat(run(List.of(TOP.resolve("cli/dist/github-action").toString(), "audit"), asked))
        .isZero();
    assertThat(told())
        .singleElement()
        .asString()
        .startsWith("<audit><--no-history><-i><hosts.yml><--fail-on><high>")
        .endsWith("<--window><30s><--profile><generic>");
    List<String> log = Files.readAllLines(folder.resolve("log"));
    assertThat(log).hasSize(3).element(1).isEqualTo("::error::of a host");
    assertThat(log.getFirst()).matches("::stop-commands::[0-9a-f]{32}");
    assertThat(log.getLast()).isEqualTo(log.getFirst().replace("stop-commands::", "") + "::");
  }

  /// What a fork's pull request runs may not write one.
  @Test
  void theActionCommentsWhereItMay() throws IOException {
    assertThat(read("action.yml"))
        .contains("github.event.pull_request.head.repo.full_name == github.repository");
  }

  /// GitLab runs a shell in the image, which its entry point would take for arguments.
  @Test
  void gitLabsJobsRunAShellInTheImage() throws IOException {
    Map<String, Object> jobs = new Yaml().load(read("inventory-samples/shards/gitlab-ci.yml"));
    assertThat(jobs.values())
        .filteredOn(Map.class::isInstance)
        .hasSize(2)
        .allSatisfy(job ->
            assertThat(((Map<?, ?>) job).get("image"))
                .isEqualTo(Map.of("name", "earshot", "entrypoint", List.of(""))));
  }

  private static String read(String file) throws IOException {
    return Files.readString(TOP.resolve(file));
  }

  private List<String> told() throws IOException {
    return Files.readAllLines(folder.resolve("told"));
  }

  private int run(List<String> command, Map<String, String> environment, String... more)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(command.stream(), Stream.of(more)).toList())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().putAll(environment);
    builder.environment().put("TOLD", folder.resolve("told").toString());
    builder.environment().merge("PATH", folder + ":", (path, first) -> first + path);
    return builder.start().waitFor();
  }
}
