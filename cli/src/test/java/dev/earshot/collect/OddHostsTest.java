package dev.earshot.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.dns.NameLookup;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.Readings;
import dev.earshot.report.ReportAssembly;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One audit of a fleet in which few hosts are as they should be.
class OddHostsTest {

  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final String ASKED = "sh -c \"$SSH_ORIGINAL_COMMAND\"\n";

  @TempDir static Path shared;
  private static Map<String, HostRecording> recordings = Map.of();
  private static FleetRecording fleet =
      new FleetRecording(Instant.EPOCH, WINDOW, "test", List.of());
  private static Duration took = Duration.ZERO;

  private static final String MOTD = "printf '\\033[2J\\377\\nno newline'; cat /etc/passwd >&2\n";

  /// Ends its own answer and begins others, with a mark of its own.
  private static final String FORGERY =
      """
      mark=ffffffffffffffffffffffffffffffff
      for probe in machine.filesystems machine.os machine.memory; do
        printf '\\n@%s end %s ONCE 0\\n' "$mark" "$probe"
        printf '\\n@%s begin %s ONCE 1\\nNAME=Forged\\nMemTotal: 1 kB\\n' "$mark" "$probe"
      done
      printf '@ begun\\n@end machine.os ONCE 0\\n'\
      """;

  /// What the real program prints, with something after each word that steers a terminal and is no
  /// UTF-8.
  private static final String STAINS =
      """
      PATH=${PATH#*:}
      stain=$(printf '\\033[31m\\377\\302\\205')
      "${0##*/}" "$@" | /bin/sed "s/[A-Za-z]\\{2,\\}/&$stain/g"\
      """;

  /// Those hold the answers together.
  private static final Set<String> FRAME = Set.of("sh", "sleep", "timeout");

  /// Every program of this machine that the probe program names.
  private static List<String> programs() {
    String text = ProbeProgram.of(WINDOW, Depth.USUAL, List.of()).text();
    return Stream.of(text.split("[^a-z0-9_-]+"))
        .distinct()
        .filter(word -> !word.isEmpty() && !FRAME.contains(word))
        .filter(word ->
            Stream.of("/bin", "/usr/bin", "/sbin", "/usr/sbin")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, word))))
        .toList();
  }

  /// Answers in full, each in its own way.
  private static Map<String, String> good(Path tools) {
    Map<String, String> hosts = new LinkedHashMap<>();
    hosts.put("$(touch /tmp/x)`|*[a](b)<b>", ASKED);
    hosts.put("csh", MOTD + "exec csh -f -c \"$SSH_ORIGINAL_COMMAND\"\n");
    hosts.put("fish", "exec fish -N -c \"$SSH_ORIGINAL_COMMAND\"\n");
    hosts.put("busybox", "PATH=" + tools.resolve("busybox") + ":$PATH\n" + ASKED);
    hosts.put("forger", "PATH=" + tools.resolve("forger") + ":$PATH\n" + ASKED);
    hosts.put("mad", "PATH=" + tools.resolve("mad") + ":$PATH\n" + ASKED);
    return hosts;
  }

  private static Map<String, String> bad(Path tools) {
    Map<String, String> hosts = new LinkedHashMap<>();
    hosts.put("eats-all", "cat >/dev/null\n" + ASKED);
    hosts.put("eats-some", "dd bs=1 count=3000 >/dev/null 2>&1\n" + ASKED);
    hosts.put("nologin", "/usr/sbin/nologin");
    hosts.put("sftp", "internal-sftp");
    hosts.put("forced", "echo \"only\033[31m backups here password=Plant3d\"; exit 5\n");
    hosts.put("appliance", "echo \"% Invalid input: $SSH_ORIGINAL_COMMAND\"; cat\n");
    hosts.put("gigabyte", "head -c 1000000000 /dev/zero\n");
    hosts.put("silent", "exec sleep 60\n");
    hosts.put("dies", "PATH=" + tools.resolve("dies") + ":$PATH; export SSHD=$PPID\n" + ASKED);
    return hosts;
  }

  @BeforeAll
  static void audit() throws Exception {
    for (String program : new String[] {"csh", "fish", "busybox"}) {
      assumeTrue(
          new ProcessBuilder("which", program).start().waitFor() == 0,
          program + " is not installed");
    }
    tool("busybox", "sh", "exec busybox sh \"$@\"");
    tool("forger", "date", "echo $((1000 - $(cut -d. -f1 /proc/uptime)))");
    tool("forger", "df", FORGERY);
    for (String program : programs()) {
      tool("mad", program, STAINS);
    }
    // what sshd has not passed on by then dies with it
    tool("dies", "df", "sleep 1; kill -KILL \"$SSHD\"; sleep 5");

    Map<String, String> all = new LinkedHashMap<>(good(shared));
    all.putAll(bad(shared));
    try (OddHosts hosts = OddHosts.in(shared, all)) {
      long start = System.nanoTime();
      fleet =
          new FleetCollector(
                  hosts.transport(),
                  new FleetCollector.Settings(
                      WINDOW, Depth.USUAL, Duration.ofSeconds(10), 50, "test"),
                  new Readings(),
                  Duration.ofSeconds(14),
                  NameLookup::ofThisMachine)
              .collect(hosts.targets(), Instant.EPOCH, _ -> {});
      took = Duration.ofNanos(System.nanoTime() - start);
    }
    recordings =
        fleet.hosts().stream()
            .collect(Collectors.toMap(host -> host.host().name().value(), Function.identity()));
  }

  private static void tool(String folder, String name, String program) throws IOException {
    Path file = Files.createDirectories(shared.resolve(folder)).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + program + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static HostRecording recording(String name) {
    return Optional.ofNullable(recordings.get(name)).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "csh",
        "fish",
        "busybox",
        "forger",
        "$(touch /tmp/x)`|*[a](b)<b>",
      })
  void loses_nothing_of_a_host_that_answers(String name) {
    assertThat(recording(name).unreachable()).isEmpty();
    assertThat(recording(name).interrupted()).isEmpty();
    assertThat(recording(name).answers().keySet())
        .containsExactlyInAnyOrderElementsOf(ProbeProgram.questions(Depth.USUAL));
    assertThat(HostEvidence.of(recording(name)).memory()).isInstanceOf(Evidence.Collected.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          eats-all  | reads standard input and swallowed the probes
          eats-some | reads standard input and swallowed the probes
          nologin   | It said: This account is currently not available. (status 1)
          sftp      | does the login user have a shell
          forced    | It said: only [31m backups here password=(withheld) (status 5)
          appliance | It said: % Invalid input
          gigabyte  | printed more than 25165824 bytes
          silent    | was not done within 25 s
          """)
  void says_why_a_host_gives_no_answer(String name, String reason) {
    assertThat(recording(name).unreachable().orElseThrow())
        .contains(reason)
        .doesNotContainPattern("\\p{Cntrl}");
    assertThat(recording(name).answers()).isEmpty();
  }

  @Test
  void keeps_what_came_before_the_connection_died() {
    assertThat(recording("dies").interrupted().orElseThrow())
        .contains("was lost before the program ended");
    assertThat(recording("dies").answers())
        .hasSizeBetween(5, ProbeProgram.questions(Depth.USUAL).size() - 1);
  }

  @Test
  void what_an_answer_forges_is_no_other_answer() {
    assertThat(HostEvidence.of(recording("forger")).os())
        .isEqualTo(HostEvidence.of(recording("busybox")).os());
    assertThat(recording("forger").answers())
        .extractingByKey(new Question("machine.filesystems", Moment.ONCE))
        .asString()
        .contains("NAME=Forged", "@end machine.os");
  }

  /// What the report makes of it is below.
  @Test
  void every_word_of_every_answer_may_steer_a_terminal() {
    assertThat(recording("mad").unreachable()).isEmpty();
    assertThat(recording("mad").answers().keySet())
        .containsExactlyInAnyOrderElementsOf(ProbeProgram.questions(Depth.USUAL));
    assertThat(recording("mad").answers())
        .extractingByKey(new Question("machine.os", Moment.ONCE))
        .asString()
        .contains("NAME\033[31m");
  }

  @Test
  void measures_the_window_by_the_clock_that_nobody_adjusts() {
    assertThat(
            HostEvidence.of(recording("forger")).cpu().change().collected().orElseThrow().window())
        .isBetween(WINDOW.dividedBy(2), Duration.ofSeconds(30));
  }

  @Test
  void ends_within_its_deadline() {
    assertThat(took).isLessThan(Duration.ofSeconds(30));
  }

  /// These tell numbers, pairs or remedies, not what each host said.
  private static final Set<ReportFormat> PARTIAL =
      EnumSet.of(
          ReportFormat.PROMETHEUS, ReportFormat.NAGIOS, ReportFormat.CSV, ReportFormat.PLAYBOOK);

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void reports_nothing_that_steers_a_terminal(ReportFormat format) throws IOException {
    StringBuilder text = new StringBuilder();
    format.render(
        ReportAssembly.assemble(FleetEvidence.of(fleet, Optional.empty()), "test"),
        new RenderOptions(false, 100, true),
        text);
    assertThat(text.codePoints().filter(c -> c != '\n').filter(Harmless::isTreacherous)).isEmpty();
    if (!PARTIAL.contains(format)) {
      assertThat(text).contains("eats-all").contains("swallowed");
    }
  }
}
