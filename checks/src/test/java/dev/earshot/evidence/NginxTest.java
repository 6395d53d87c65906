package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.check.nginx.TimingsLoggedCheck;
import dev.earshot.evidence.Nginx.Log;
import dev.earshot.evidence.Nginx.Times;
import dev.earshot.fixture.FleetFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// The probe against a real nginx.
class NginxTest {

  private static final String FORMATS =
      """
      log_format quoted '$remote_addr [$time_local] "$request" $status "$http_user_agent" '
        'rt=$request_time urt="$upstream_response_time"';
      log_format bare '$status $request_time $upstream_response_time $remote_addr';
      log_format json escape=json '{"rt":"$request_time","agent":"${http_user_agent}",'
        '"urt":"$upstream_response_time"}';
      log_format last '$remote_addr \\'$status\\' ${request_time}';
      log_format glued '$request_time$status';
      """;

  private static final String LOGS =
      """
      access_log DIR/quoted.log quoted;
      access_log DIR/bare.log bare;
      access_log DIR/json.log json;
      access_log DIR/last.log last;
      access_log DIR/glued.log glued;
      access_log DIR/$host.log quoted;
      access_log DIR/plain.log;
      access_log syslog:server=127.0.0.1:9,tag=secret quoted;
      """;

  @TempDir private Path folder;

  private @Nullable TemporaryNginx server;

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  static Stream<List<String>> shells() {
    return ShellRun.shells().stream();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void timesOfWhatItLogged(List<String> shell) throws Exception {
    TemporaryNginx nginx = started(FORMATS, LOGS);
    for (int times = 0; times < 7; times++) {
      nginx.get("/");
    }
    for (int times = 0; times < 4; times++) {
      nginx.get("/app/page");
    }

    List<Log> logs = nginx.ask(shell);

    assertThat(logs)
        .extracting(log -> log.path().replace(nginx.directory() + "/", ""))
        .containsExactly(
            "quoted.log",
            "bare.log",
            "json.log",
            "last.log",
            "glued.log",
            "$host.log",
            "plain.log");
    assertThat(logs)
        .extracting(log -> log.logsRequest() + " " + log.logsUpstream())
        .containsExactly(
            "true true",
            "true true",
            "true true",
            "true false",
            "true false",
            "true true",
            "false false");
    assertThat(logs.subList(0, 4))
        .allSatisfy(log ->
            assertThat(log.request())
                .hasValueSatisfying(request -> {
                  assertThat(request.count()).isEqualTo(11);
                  assertThat(request.most()).isBetween(request.p95(), Duration.ofSeconds(2));
                }));
    assertThat(logs.subList(0, 3))
        .allSatisfy(log ->
            assertThat(log.upstream())
                .hasValueSatisfying(upstream -> assertThat(upstream.count()).isEqualTo(4)));
    assertThat(logs.subList(4, 7))
        .allSatisfy(log -> assertThat(log.request().or(log::upstream)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("shells")
  void namesThatItsServersAnswerTo(List<String> shell) throws Exception {
    TemporaryNginx nginx = started("", "access_log off;");

    assertThat(nginx.askAll(shell).names())
        .containsOnlyOnce(nginx.name())
        .contains("quoted.example.org")
        .doesNotContain("localhost", "example.org")
        .noneMatch(name -> name.contains("*") || name.contains("www"));
  }

  @Test
  void whatCanBeNoNameIsNotTakenForOne() {
    assertThat(Nginx.parse("nginx\nname\t$(reboot).example\nname\tA.Example.\nname\n").names())
        .containsExactly("a.example");
    assertThat(
            Nginx.parse(
                    "nginx\n"
                        + IntStream.range(0, 99)
                            .mapToObj("name\tn%d.example\n"::formatted)
                            .collect(Collectors.joining()))
                .names())
        .hasSize(50);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void rightNumbersOfLinesThatSomebodyElseWrote(List<String> shell) throws Exception {
    TemporaryNginx nginx = started(FORMATS, "access_log DIR/bare.log bare;");
    StringBuilder lines = new StringBuilder("cut off 9.999\n");
    for (int at = 1; at <= 100; at++) {
      lines.append("200 %d.%03d - 10.0.0.1\n".formatted(at / 100, 10 * at % 1000));
    }
    lines.append("502 0.900 0.100, 0.200 : 0.300 10.0.0.1\n200 x 0.1 10.0.0.1\n200 1e9 - a\n");
    lines.append("200 99999.000 - 10.0.0.1\n");
    java.nio.file.Files.writeString(nginx.directory().resolve("bare.log"), lines);

    Log log = nginx.ask(shell).getFirst();

    assertThat(log.request())
        .contains(
            new Times(
                102,
                Duration.ofMillis(510),
                Duration.ofMillis(960),
                Duration.ofSeconds(99_999),
                // 50.5 s, 0.9 s and 99 999 s, of 102
                Optional.of(Duration.ofMillis(980_886))));
    assertThat(log.upstream().map(Times::most)).contains(Duration.ofMillis(600));
  }

  /// What the check's playbook puts there is taken by nginx, and understood by the probe.
  @Test
  void theRemedyIsOne() throws Exception {
    FleetFixture fleet = new FleetFixture();
    fleet.host("lb1", "10.0.0.11").answers(Nginx.PROBE, "nginx\nlog\t/a\tcombined\t-\t-\n");
    Object playbook =
        new Yaml()
            .load(
                fleet.judge(new TimingsLoggedCheck()).getFirst().remedy().orElseThrow().playbook());
    String content =
        playbook instanceof List<?> plays
                && plays.getFirst() instanceof Map<?, ?> play
                && play.get("tasks") instanceof List<?> tasks
                && tasks.getFirst() instanceof Map<?, ?> task
                && task.get("ansible.builtin.copy") instanceof Map<?, ?> copy
            ? String.valueOf(copy.get("content"))
            : "";
    TemporaryNginx nginx = started(content.replace("/var/log/nginx", "DIR"), "");

    nginx.get("/app/page");

    assertThat(nginx.ask(List.of("sh")))
        .singleElement()
        .satisfies(log -> {
          assertThat(log.request()).hasValueSatisfying(it -> assertThat(it.count()).isOne());
          assertThat(log.upstream()).hasValueSatisfying(it -> assertThat(it.count()).isOne());
        });
  }

  @Test
  void whoWritesNoneHasNone() throws Exception {
    TemporaryNginx nginx = started("access_log off;", "");

    assertThat(nginx.ask(List.of("sh"))).isEmpty();
  }

  @Test
  void linesThatItDoesNotKnowAreLeftOut() {
    assertThat(
            Nginx.parse(
                    "nginx\nwarning\nlog\t/a\tcombined\t-\t-\nlog\t/b\tx\trequest\t-\ntimes\trequest\t3\t1\t2\t9\n")
                .logs())
        .containsExactly(
            new Log("/a", "combined", false, false, Optional.empty(), Optional.empty()),
            new Log(
                "/b",
                "x",
                true,
                false,
                Optional.of(
                    new Times(
                        3,
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(9),
                        Optional.empty())),
                Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sh: nginx: not found",
        "nginx\nlog\t/b\tx\trequest\t-\ntimes\trequest\t-3\t1\t2\t9\n",
        "nginx\nlog\t/b\tx\trequest\t-\ntimes\trequest\t3\t1\tNaN\t9\n"
      })
  void refusesWhatTheCommandDoesNotPrint(String output) {
    assertThatThrownBy(() -> Nginx.parse(output)).isInstanceOf(UnreadableOutput.class);
  }

  private TemporaryNginx started(String http, String site) throws Exception {
    TemporaryNginx started = TemporaryNginx.start(http, site);
    server = started;
    return started;
  }

  /// The kernel follows a link in a container as the host means it.
  @ParameterizedTest
  @MethodSource("shells")
  void noLinkLeadsOutOfAContainer(List<String> shell) throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can change its root");
    Path outside = Files.writeString(folder.resolve("outside.conf"), "access_log /escaped.log;\n");
    Path root = Files.createDirectory(folder.resolve("root"));
    Path sites = Files.createDirectories(root.resolve("etc/nginx/sites"));
    Files.writeString(root.resolve("etc/nginx/nginx60"), "include /etc/nginx/enabled/*.conf;\n");
    Files.createSymbolicLink(root.resolve("etc/nginx/enabled"), Path.of("/etc/nginx/sites"));
    Files.writeString(root.resolve("etc/nginx/real.conf"), "access_log /inside.log;\n");
    Files.createSymbolicLink(sites.resolve("a.conf"), Path.of("/etc/nginx/real.conf"));
    Files.createSymbolicLink(sites.resolve("b.conf"), outside);
    Files.createSymbolicLink(sites.resolve("c.conf"), Path.of("../../../../outside.conf"));
    Files.createSymbolicLink(sites.resolve("d.conf"), Path.of("d.conf"));
    // A shell reads a command line as one word: the argument of sleep becomes part of the path.
    String title = "nginx: master process nginx -c /etc/nginx/nginx";
    CommandResult made =
        ShellRun.run(
            List.of(
                "sh",
                "-c",
                "cd \"$1\"; for file in $(ldd /bin/sleep | grep -o '/[^ ]*'); do mkdir -p \".${file%/*}\"; cp \"$file\" \".$file\"; done; mkdir -p \"${2%/*}\"; cp /bin/sleep \"$2\"",
                "sh",
                root.toString(),
                title),
            Map.of());
    assertThat(made.exitStatus()).as(made.output()).isZero();
    Process contained = new ProcessBuilder("chroot", root.toString(), title, "60").start();
    try {
      Thread.sleep(Duration.ofMillis(300));
      CommandResult result =
          ShellRun.run(
              Stream.of(shell, List.of("-c", Nginx.PROBE.command())).flatMap(List::stream).toList(),
              Map.of(
                  "EARSHOT_PROCESSES", "1 (init) 0 0\n%d (nginx) 0 0".formatted(contained.pid())));

      assertThat(result.output()).contains("/inside.log").doesNotContain("/escaped.log");
    } finally {
      contained.destroyForcibly();
    }
  }

  /// Any process can call itself nginx and name any path: a pipe that nobody writes to is not
  /// opened, nor a device that never ends.
  @ParameterizedTest
  @MethodSource("shells")
  void whatAProcessNamesIsReadOnlyIfItIsAFile(List<String> shell) throws Exception {
    Path nginx = folder.resolve("nginx");
    Files.copy(ShellRun.find("sleep").orElseThrow(), nginx);
    Path pipe = folder.resolve("pipe");
    assertThat(ShellRun.run(List.of("mkfifo", pipe.toString()), Map.of()).exitStatus()).isZero();
    for (String config : List.of(pipe.toString(), "/dev/zero")) {
      Process named =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  "exec -a 'nginx: master process nginx -c %s' %s 60".formatted(config, nginx))
              .start();
      try {
        CommandResult result =
            ShellRun.run(
                Stream.of(List.of("timeout", "5"), shell, List.of("-c", Nginx.PROBE.command()))
                    .flatMap(List::stream)
                    .toList(),
                Map.of("EARSHOT_PROCESSES", "1 (init) 0 0\n%d (nginx) 0 0".formatted(named.pid())));

        assertThat(result.exitStatus()).as(result.output()).isNotEqualTo(CommandResult.TIMED_OUT);
        assertThat(result.output()).hasSizeLessThan(10_000);
      } finally {
        named.destroyForcibly();
      }
    }
  }

  /// What another user's process names is not read with our rights.
  @ParameterizedTest
  @MethodSource("shells")
  void withoutPrivilegesFilesOfItsOwnUserCount(List<String> shell) throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be somebody else");
    assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    Path program = folder.resolve("nginx");
    Files.copy(ShellRun.find("sleep").orElseThrow(), program);
    assertThat(program.toFile().setExecutable(true, false)).isTrue();
    Path secret = Files.writeString(folder.resolve("secret.conf"), "access_log /secret.log;\n");
    // A shell reads a command line as one word: the argument of sleep becomes part of the path.
    Path own =
        Files.writeString(
            folder.resolve("own60"), "access_log /own.log;\ninclude %s;\n".formatted(secret));
    assertThat(ShellRun.run(List.of("chown", "65534", own.toString()), Map.of()).exitStatus())
        .isZero();
    Process named =
        new ProcessBuilder(
                "setpriv",
                "--reuid=65534",
                "--clear-groups",
                "bash",
                "-c",
                "exec -a 'nginx: master process nginx -c %s' %s 60"
                    .formatted(folder.resolve("own"), program))
            .start();
    try {
      Thread.sleep(Duration.ofMillis(300));
      CommandResult result =
          ShellRun.run(
              Stream.of(shell, List.of("-c", Nginx.PROBE.command())).flatMap(List::stream).toList(),
              Map.of("EARSHOT_PROCESSES", "1 (init) 0 0\n%d (nginx) 0 0".formatted(named.pid())));

      assertThat(result.output()).contains("/own.log").doesNotContain("/secret.log");
    } finally {
      named.destroyForcibly();
    }
  }
}
