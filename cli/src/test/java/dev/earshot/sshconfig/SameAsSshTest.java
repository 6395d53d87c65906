package dev.earshot.sshconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.earshot.sshconfig.Resolution.Refused;
import dev.earshot.sshconfig.Resolution.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Holds Earshot against the real OpenSSH, case by case: what `ssh -G` prints, and where keys and
/// proxies are named, what `ssh -v` tries.
class SameAsSshTest {

  private static final int FEWEST_CASES = 150;
  private static final int RANDOM_CONFIGS = Integer.getInteger("sshconfig.random", 40);

  @TempDir private static Path scratch;

  @BeforeAll
  static void needsSsh() {
    RealSsh.assumeInstalled();
  }

  /// A case, its copy, and who is asked.
  private record Trial(SshCase content, Path folder, RealSsh ssh, Map<String, String> environment) {

    boolean hasHome() {
      return Files.isDirectory(folder.resolve("home"));
    }

    Path home() {
      return hasHome() ? folder.resolve("home") : LocalUser.current().home();
    }

    List<String> arguments() {
      var words = new ArrayList<String>();
      boolean file = content.arguments().stream().anyMatch(word -> word.startsWith("-F"));
      if (!hasHome() && !file) {
        words.addAll(List.of("-F", folder.resolve("config").toString()));
      }
      content.arguments().forEach(word -> words.add(word.replace("@DIR@", folder.toString())));
      return words;
    }

    RealSsh.Answer ask(List<String> before, String host) throws Exception {
      var words = new ArrayList<>(before);
      words.addAll(arguments());
      words.add(host);
      var answer = hasHome() ? ssh.runIn(home(), folder.resolve("machine"), words) : ssh.run(words);
      var here = LocalUser.current().home() + "/";
      var there = home() + "/";
      return new RealSsh.Answer(
          answer.exit(), answer.out().replace(here, there), answer.err().replace(here, there));
    }

    Resolution resolve(String host) {
      var user = new LocalUser(LocalUser.current().name(), home(), environment);
      var machine = folder.resolve("machine/ssh_config");
      var config = new SshConfig(user, machine, _ -> false, Duration.ofSeconds(5));
      return config.resolve(host, SshArguments.parse(arguments()), "true");
    }
  }

  @Test
  void thereAreEnoughCases() throws IOException {
    assertThat(folders()).hasSizeGreaterThanOrEqualTo(FEWEST_CASES);
  }

  @TestFactory
  Stream<DynamicTest> resolvesAsSshDoes() throws IOException {
    return folders().stream()
        .map(folder -> dynamicTest(folder.getFileName().toString(), () -> compare(folder)));
  }

  /// `-Dsshconfig.seed=N` repeats what a failure names.
  @TestFactory
  Stream<DynamicTest> resolvesAnythingAsSshDoes() {
    long first = Long.getLong("sshconfig.seed", System.nanoTime());
    return LongStream.range(first, first + RANDOM_CONFIGS)
        .mapToObj(seed -> dynamicTest("seed " + seed, () -> compareRandom(seed)));
  }

  private static void compareRandom(long seed) throws Exception {
    var config = new RandomConfig(new Random(seed));
    var folder = Files.createDirectories(scratch.resolve("seed" + seed));
    for (var name : List.of("config", "more.conf")) {
      var text = name.equals("config") || seed % 2 == 0 ? config.text() : "";
      Files.writeString(folder.resolve(name), text.replace("@DIR@", folder.toString()));
    }
    var shows = "seed %d\n%s".formatted(seed, Files.readString(folder.resolve("config")));
    var content = new SshCase(shows, RandomConfig.HOSTS, List.of(), Map.of(), Map.of(), null);
    var environment = Map.of("PATH", System.getenv().getOrDefault("PATH", ""));
    var trial = new Trial(content, folder, new RealSsh(folder, environment), environment);
    for (var host : content.hosts()) {
      compare(trial, host);
    }
  }

  private static List<Path> folders() throws IOException {
    try (var all = Files.list(SshCase.ALL)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static void compare(Path folder) throws Exception {
    var content = SshCase.read(folder);
    var copy = Files.createDirectories(scratch.resolve(folder.getFileName().toString()));
    content.copy(folder, copy);
    var environment = new HashMap<>(Map.of("PATH", System.getenv().getOrDefault("PATH", "")));
    environment.putAll(content.environment());
    var trial = new Trial(content, copy, new RealSsh(copy, environment), environment);
    assumeTrue(
        !trial.hasHome() || RealSsh.canHaveOtherHome(),
        "a home of one's own needs a mount namespace: root on Linux");
    for (var host : content.hosts()) {
      compare(trial, host);
    }
  }

  private static void compare(Trial trial, String host) throws Exception {
    var content = trial.content();
    var real = trial.ask(List.of("-G"), host);
    var ours = trial.resolve(host);
    if (content.ours() != null) {
      assertThat(ours.toString()).as(content.shows()).contains(content.ours().refused());
      assertThat(content.ours().because()).isNotBlank();
      assertThat(ours instanceof Refused && real.exit() != 0)
          .as("%s is equal now: delete 'ours'", content.shows())
          .isFalse();
      return;
    }
    switch (ours) {
      case Refused(var problems) -> {
        assertThat(real.exit()).as("%s: %s", content.shows(), problems).isNotZero();
        assertThat(problems).isNotEmpty();
      }
      case Resolved(var options) -> {
        assertThat(real.exit()).as("%s %s", content.shows(), real.err()).isZero();
        var defaults =
            new RealSsh(trial.folder(), trial.environment())
                .run(List.of("-G", "-F", "none", "some-host"));
        var local =
            new RealSsh.Answer(
                0,
                defaults.out().replace(LocalUser.current().home() + "/", trial.home() + "/"),
                "");
        var expected = Printed.real(real, local, options);
        var printed = Printed.ours(options, local);
        assertThat(printed.keySet()).isEqualTo(expected.keySet());
        for (var key : printed.keySet()) {
          assertThat(printed.get(key))
              .as("%s, host %s: %s", content.shows(), host, key)
              .isEqualTo(expected.get(key));
        }
        tries(trial, host, options);
      }
    }
  }

  /// What OpenSSH makes of keys, certificates and commands only shows when it connects.
  private static void tries(Trial trial, String host, SshOptions options) throws Exception {
    boolean command =
        options.proxy().filter(way -> way.value() instanceof Proxy.Command).isPresent();
    if (!command && options.identityFiles().isEmpty() && options.certificateFiles().isEmpty()) {
      return;
    }
    var before = new ArrayList<>(List.of("-v"));
    if (!command) {
      before.addAll(List.of("-o", "ProxyCommand=false"));
    }
    var real = trial.ask(before, host);
    options
        .identityFiles()
        .ifPresent(files ->
            assertThat(files.stream().map(each -> each.value().toString()))
                .as("%s %s", trial.content().shows(), real.err())
                .containsExactlyElementsOf(
                    real.said("^debug1: identity file (.*) type -?\\d+").stream()
                        .filter(name -> !name.endsWith("-cert"))
                        .toList()));
    options
        .certificateFiles()
        .ifPresent(files ->
            assertThat(files.stream().map(each -> each.value().toString()))
                .as("%s %s", trial.content().shows(), real.err())
                .containsExactlyElementsOf(
                    real.said("^debug1: certificate file (.*) type -?\\d+")));
    if (command && options.proxy().orElseThrow().value() instanceof Proxy.Command(var text)) {
      assertThat(real.said("^debug1: Executing proxy command: exec (.*)$"))
          .as(trial.content().shows())
          .containsExactly(text);
    }
  }
}
