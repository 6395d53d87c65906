package dev.earshot.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.become.Become;
import dev.earshot.config.AnsibleConfig;
import dev.earshot.inventory.AnsiblePeer;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.InventoryReader;
import dev.earshot.inventory.InventoryRequest;
import dev.earshot.inventory.Rendering;
import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// For whom the real Ansible runs sudo, and for whom it runs none as it is that user already:
/// programs in the places of ssh and sudo write down that they were called.
class SameBecomingAsAnsibleTest {

  /// USER is who runs this.
  private static final String HOSTS =
      """
      local-same ansible_become_user=USER ansible_connection=local
      local-other ansible_become_user=another ansible_connection=local
      local-named ansible_become_user=USER ansible_connection=local ansible_user=ignored
      root ansible_user=root
      root-other ansible_user=root ansible_become_user=postgres
      deploy ansible_user=deploy
      same ansible_user=app ansible_become_user=app
      same-by-su ansible_user=app ansible_su_user=app ansible_become_method=su
      not-wanted ansible_user=app ansible_become=no
      unnamed ansible_become_user=another
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void theRealOneIsHere() {
    AnsiblePeer.assumeInstalled("ansible");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "become_allow_same_user = no", "become_allow_same_user = yes"})
  void a_program_runs_where_it_makes_somebody_else(String allowed) throws Exception {
    String calls =
        HOSTS
            .replace("USER", System.getProperty("user.name"))
            .replaceAll("(?m)^(\\S+).*", "$0 ansible_become_flags=calls-$1");
    Path hosts = Files.writeString(folder.resolve("hosts"), calls);
    Files.writeString(
        folder.resolve("ansible.cfg"), "[privilege_escalation]\nbecome = yes\n" + allowed + "\n");
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    Surroundings around = new Surroundings(environment, folder, folder);
    List<Host> all =
        List.copyOf(InventoryReader.read(InventoryRequest.of(List.of(hosts))).inventory().hosts());
    var connections = new Connections(CommandLine.EMPTY, AnsibleConfig.read(around), around);
    List<Route> routes =
        connections.routes(
            all.stream().map(host -> connections.variables(host, Rendering.none())).toList());
    Set<String> ours =
        IntStream.range(0, all.size())
            .filter(at -> become(routes.get(at)).isPresent())
            .mapToObj(at -> all.get(at).name())
            .collect(Collectors.toSet());

    assertThat(ours).isEqualTo(theirs(environment)).contains("deploy").doesNotContain("not-wanted");
  }

  private static Optional<Become> become(Route route) {
    return switch (route) {
      case Route.Ssh(var _, Optional<Become> become) -> become;
      case Route.Local(Optional<Become> become) -> become;
      case Route.Managed _, Route.NotContacted _ -> throw new AssertionError(route.toString());
    };
  }

  /// The hosts whose flags are in a call.
  private Set<String> theirs(Map<String, String> environment)
      throws IOException, InterruptedException {
    Path calls = Files.createFile(folder.resolve("calls"));
    Path program =
        Files.writeString(
            folder.resolve("program"), "#!/bin/sh\necho \"$*\" >>'%s'\n".formatted(calls));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder =
        new ProcessBuilder("ansible", "all", "-i", "hosts", "-m", "raw", "-a", "true", "-f", "8")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("ANSIBLE_BECOME_EXE", program.toString());
    builder.environment().put("ANSIBLE_SSH_EXECUTABLE", program.toString());
    builder.environment().put("ANSIBLE_SSH_CONTROL_PATH_DIR", folder.resolve("cp").toString());
    assertThat(builder.start().waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Pattern.compile("calls-([a-z-]+)")
        .matcher(Files.readString(calls))
        .results()
        .map(call -> call.group(1))
        .collect(Collectors.toSet());
  }
}
