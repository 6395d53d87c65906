package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Inventory scripts that misbehave end in one error each, soon, and leave nothing behind.
@Timeout(30)
class ScriptSourceTest {

  @TempDir private Path directory;

  static Stream<Arguments> bad() {
    return Stream.of(
        arguments("echo 'no \u001b[31mtoken' >&2; exit 4", "exit code 4: no ?[31mtoken", "--list"),
        arguments("echo garbage", "printed no JSON object", "--list"),
        arguments("echo '[]'", "printed no JSON object", "--list"),
        arguments("printf '\\377'", "not UTF-8", "UTF-8"),
        arguments("echo '{\"a\": null}'", "hosts of group a must be a list", "--list"),
        arguments("echo '{\"a\": {\"hosts\": {}}}'", "hosts of group a must be", "--list"),
        arguments("echo '{\"a\": {\"hosts\": [1]}}'", "host name must be a string", "quotes"),
        arguments("echo '{\"a\": {\"vars\": 1}}'", "variables of a are not a mapping", "{}"),
        arguments("echo '{\"a\": {\"children\": 1}}'", "children of group a must be", "--list"),
        arguments("echo '{\"\": []}'", "empty name", "name"),
        arguments("echo '{\"_meta\": 1}'", "_meta must be a mapping", "--list"),
        arguments("echo '{\"_meta\": {\"hostvars\": []}}'", "hostvars must be", "--list"),
        arguments(
            "[ $1 = --host ] || echo '{\"a\": [\"h\"]}'", "printed nothing for --host h", "{}"),
        arguments("cat /dev/zero", "more than 64 MiB", "--list"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void says_what_is_wrong(String body, String message, String advice) throws IOException {
    var script = script("#!/bin/sh\n" + body + "\n");
    var problems = InventoryReader.read(InventoryRequest.of(List.of(script))).problems();
    assertThat(problems).filteredOn(Problem::isError).hasSize(1);
    var problem = problems.getFirst();
    assertThat(problem.where().orElseThrow().file()).isEqualTo(script);
    assertThat(problem.message()).contains(message);
    assertThat(problem.advice()).contains(advice);
  }

  @Test
  void says_when_the_interpreter_is_missing() throws IOException {
    var script = script("#!/nonexistent/python\n");
    assertThat(InventoryReader.read(InventoryRequest.of(List.of(script))).problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("can't be started", "does not exist");
  }

  /// Where a script has ended, what it started is nobody's child.
  @ParameterizedTest
  @ValueSource(strings = {"wait", "sleep 0.5"})
  void ends_a_script_that_hangs_and_what_it_started(String last) throws Exception {
    var pid = directory.resolve("pid");
    var script = script("#!/bin/sh\nsleep 300 &\necho $! > %s\n%s\n".formatted(pid, last));
    var problems = new Problems();
    var request = InventoryRequest.of(List.of(script));
    var data = new InventoryData(request.settings(), problems);
    ScriptSource.read(script, request, Duration.ofSeconds(1), data);
    assertThat(problems.all())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("did not end within 1 seconds");
    var child = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
    for (int i = 0; i < 100 && child.map(ProcessHandle::isAlive).orElse(false); i++) {
      Thread.sleep(50);
    }
    assertThat(child.map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  @Test
  void hands_on_the_environment_and_nothing_else() throws IOException {
    var script =
        script("#!/bin/sh\necho \"{\\\"g\\\": {\\\"vars\\\": {\\\"e\\\": \\\"$X$HOME\\\"}}}\"\n");
    var request = InventoryRequest.of(List.of(script)).withEnvironment(Map.of("X", "handed on"));
    var group = InventoryReader.read(request).inventory().group("g").orElseThrow();
    assertThat(group.variables().firstEntry().getValue().value().asText()).contains("handed on");
  }

  private Path script(String content) throws IOException {
    var script = Files.writeString(directory.resolve("script"), content);
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
