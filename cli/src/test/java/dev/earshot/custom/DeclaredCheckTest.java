package dev.earshot.custom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Policy;
import dev.earshot.check.Remedy;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Memory;
import dev.earshot.evidence.Pressure;
import dev.earshot.evidence.Trouble;
import dev.earshot.policy.PolicyFile;
import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From what stands in `earshot.yml` and what a host answered to what the report says.
class DeclaredCheckTest {

  private static final Question MINE = new Question("custom.mine", Moment.ONCE);

  private static final InventoryHost HOST =
      new InventoryHost(
          new HostName("db1"), "10.0.0.1", List.of("databases", "prod"), Optional.empty(), "h", 1);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiterString = "||",
      quoteCharacter = '`',
      value = {
        "result.stdout | int < 10          || `7\n`         || 0  || ``            || pass    ||"
            + " `db1: result.stdout | int < 10 holds: it printed 7`",
        "result.stdout | int < 10          || `60\n`        || 0  || ``            || fail    ||"
            + " `db1: result.stdout | int < 10 does not hold: it printed 60`",
        "result.stdout_lines | length == 2 || `a\nb\n`      || 0  || ``            || pass    ||"
            + " `db1: result.stdout_lines | length == 2 holds: it printed a b`",
        "result.stderr == 'odd'            || ``            || 0  || odd           || pass    ||"
            + " `db1: result.stderr == 'odd' holds: it printed nothing`",
        "result.stdout | int == 0          || ``            || 1  || No such file  || unknown ||"
            + " `db1: the command ended with status 1: No such file`",
        "result.rc != 0                    || ``            || 3  || gone          || pass    ||"
            + " `db1: result.rc != 0 holds: it ended with 3: gone`",
        "result['rc'] == 0                 || off           || 3  || ``            || fail    ||"
            + " `db1: result['rc'] == 0 does not hold: it ended with 3: off`",
        "result.rc != 0                    || ``            || 127 || sh: no: not found || unknown ||"
            + " `db1: the command could not be run: sh: no: not found`",
        "no_such_thing                     || ``            || 0  || ``            || unknown ||"
            + " `db1: the check's own expression failed (earshot.yml:2): no_such_thing: 'no_such_thing' is undefined`",
        "result.stdut == ''                || ``            || 0  || ``            || unknown ||"
            + " `db1: the check's own expression failed (earshot.yml:2): result.stdut == '': 'dict object' has no attribute 'stdut'`",
        "'databases' in group_names and inventory_hostname == 'db1' || ``  || 0  || ``  || pass ||"
            + " `db1: 'databases' in group_names and inventory_hostname == 'db1' holds: it printed nothing`",
        "result.stdout == '{{ 6 * 7 }}'    || `{{ 6 * 7 }}` || 0  || ``            || pass    ||"
            + " `db1: result.stdout == '{{ 6 * 7 }}' holds: it printed {{ 6 * 7 }}`",
        "('x' * 30000000) | length < 9 || `` || 0 || ``         || unknown ||"
            + " `db1: the check's own expression failed (earshot.yml:2): ('x' * 30000000) | length < 9: `",
      })
  void aCommandsAnswer(
      String that, String stdout, int status, String stderr, String verdict, String because) {
    Finding finding =
        judge(command(that), MINE, "%s\n@ended %s %d \n".formatted(stdout, stderr, status));

    assertThat(finding.verdict().because()).startsWith(because);
    assertThat(finding.verdict().label()).isEqualTo(verdict);
    assertThat(finding.key()).isEqualTo("custom.mine/db1");
    assertThat(finding.remedy().isPresent()).isEqualTo(finding.failed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "||",
      quoteCharacter = '`',
      value = {
        "124 || ``                        || `no answer within 10 s`",
        "0   || `something else`          || `the answer could not be read: how the command ended`",
        "0   || `x\n@ended said nothing`  || `the answer could not be read`",
        "2   || `sh: syntax error`        || `the command ended with status 2: sh: syntax error`",
      })
  void anAnswerThatIsNoneIsUnknownAndATrouble(int status, String output, String because) {
    Fleet fleet = fleet(command("result.rc >= 0"), MINE, new CommandResult(status, output, false));

    assertThat(only(fleet).verdict()).isInstanceOf(Verdict.Unknown.class);
    assertThat(only(fleet).verdict().because()).startsWith("db1: " + because);
    assertThat(fleet.evidence().troubles())
        .contains(
            new Trouble(
                new HostName("db1"),
                Optional.of("custom.mine"),
                only(fleet).verdict().because().substring("db1: ".length())));
  }

  @Test
  void outputWithoutEndIsNoAnswer() {
    Finding finding =
        judge(command("result.stdout"), MINE, "x".repeat(70_000) + "\n@ended  141 \n");

    assertThat(finding.verdict()).isInstanceOf(Verdict.Unknown.class);
    assertThat(finding.verdict().because()).contains("printed more than 64 KiB");
  }

  /// What says so already is not said once more.
  @Test
  void whatWasNotAskedIsUnknownAndNoTrouble() {
    Fleet fleet = fleet(command("true"), Map.of(), Optional.empty());

    assertThat(only(fleet).verdict())
        .isEqualTo(new Verdict.Unknown("db1: it was not asked when this evidence was saved"));
    assertThat(fleet.evidence().troubles())
        .extracting(Trouble::probe)
        .doesNotContain(Optional.of("custom.mine"));
    assertThat(only(fleet(command("true"), Map.of(), Optional.of("refused"))).verdict())
        .isEqualTo(new Verdict.Unknown("db1: the host was not reached: refused"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "||",
      quoteCharacter = '`',
      value = {
        "rows[0].n > 5 and rows[0].name is none || ` answer\n \"{\"\"n\"\":7,\"\"name\"\":null}\"\n @end\n`"
            + " || pass || `holds: the row is {\"n\":7,\"name\":null}`",
        "rows | length == 0          || ` answer\n @end\n`  || pass    || `holds: there are no rows`",
        "result.rowcount == 0        || ` answer\n \"{\"\"n\"\":1}\"\n \"{\"\"n\"\":2}\"\n @end\n` || fail"
            + " || `does not hold: the first of 2 rows is {\"n\":1}`",
        "rows | length == 0          || ` answer\n psql:<stdin>:5: ERROR:  relation \"t\" does not exist\n`"
            + " || unknown || `db1: ERROR:  relation \"t\" does not exist`",
        "rows | length == 0          || ` answer\n \"{\"\"n\"\":1`      || unknown || larger than 1024 KiB",
        "rows | length == 0          || ` answer\n no\n @end\n`          || unknown || is not JSON",
        "rows[0].n                   || ` answer\n @end\n`               || unknown || the check's own expression failed",
      })
  void aQuerysAnswer(String that, String printed, String verdict, String because) {
    Finding finding =
        judge(
            entry("sql: select n, name from public.t", that), MINE, "=== 5432\n @rows\n" + printed);

    assertThat(finding.verdict().because()).contains(because);
    assertThat(finding.verdict().label()).isEqualTo(verdict);
  }

  @Test
  void eachOfSeveralServersIsJudged() {
    Fleet fleet =
        fleet(
            entry("sql: select 1 as n", "rows[0].n == 1"),
            MINE,
            CommandResult.of(
                """
                === 5432
                 @rows
                 answer
                 "{""n"":1}"
                 @end

                === 5433 podman shop
                 FATAL:  no
                 === 5434
                """));

    assertThat(findings(fleet))
        .extracting(finding -> finding.key() + " " + finding.verdict().label())
        .containsExactly(
            "custom.mine/db1/port 5432 pass",
            "custom.mine/db1/port 5433 in container shop unknown");
  }

  @Test
  void aHostWithoutPostgresIsNoFault() {
    assertThat(
            only(fleet(
                    entry("sql: select 1", "rows"),
                    MINE,
                    new CommandResult(CommandResult.ABSENT, "", false)))
                .verdict())
        .isEqualTo(new Verdict.NotApplicable("db1: there is no PostgreSQL"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "||",
      quoteCharacter = '`',
      value = {
        "evidence.available < evidence.total  || pass    || db1: evidence.available < evidence.total holds",
        "evidence.available == 2048           || fail    || does not hold",
        "evidence.total == 4096 * 1024        || pass    || holds",
        "'MemTotal' in result.stdout          || pass    || holds",
        "evidence.free > 0                    || unknown || ; evidence has total, available",
      })
  void whatAProbeRead(String that, String verdict, String because) {
    Finding finding =
        judge(
            entry("evidence: machine.memory", that),
            new Question(Memory.PROBE.id(), Moment.ONCE),
            "MemTotal: 4096 kB\nMemAvailable: 1024 kB\n");

    assertThat(finding.verdict().because()).contains(because);
    assertThat(finding.verdict().label()).isEqualTo(verdict);
  }

  @Test
  void ofTwoAnswersTheLaterOneCounts() {
    String pressure = "%s 1\n/proc/stat:cpu 1 0 0 1 %d 0 0 0\n";
    Fleet fleet =
        fleet(
            entry("evidence: machine.pressure", "'cpu 1 0 0 1 900' in result.stdout"),
            Map.of(
                new Question(Pressure.PROBE.id(), Moment.START),
                answer(CommandResult.of(pressure.formatted("1000.0", 1))),
                new Question(Pressure.PROBE.id(), Moment.END),
                answer(CommandResult.of(pressure.formatted("1010.0", 900)))),
            Optional.empty());

    assertThat(only(fleet).verdict()).isInstanceOf(Verdict.Pass.class);
  }

  /// Of a server without a shell, nobody could find out.
  @Test
  void aManagedServerIsNotAskedForCommands() {
    FleetRecording recording =
        new FleetRecording(
            Instant.EPOCH,
            Duration.ofSeconds(1),
            "test",
            List.of(HostRecording.managed(HOST, Map.of())));
    Fleet fleet = fleet(recording, policy(command("true"), recording));

    assertThat(only(fleet).verdict()).isInstanceOf(Verdict.NotApplicable.class);
    assertThat(fleet.evidence().troubles()).isEmpty();
  }

  /// Whoever audits no database should not think that all of them are well.
  @Test
  void aCheckOfNobodySaysSo() {
    Fleet fleet =
        fleet(
            command("true").replace("hosts: databases", "hosts: web"), Map.of(), Optional.empty());

    assertThat(only(fleet).verdict())
        .isEqualTo(new Verdict.Unknown("no host of this audit matches web (earshot.yml:2)"));
  }

  @Test
  void tasksBecomeAPlayOfTheHost() {
    Remedy remedy =
        judge(
                command("false")
                    + """
                    remedy:
                      - name: "Say {{ inventory_hostname }}"
                        ansible.builtin.copy:
                          content: |
                            a: 1

                              hosts: all
                          dest: /etc/x
                        when: x is defined
                    """
                        .indent(4),
                MINE,
                "\n@ended  0 \n")
            .remedy()
            .orElseThrow();

    assertThat(remedy.playbook())
        .isEqualTo(
            """
            - name: "Mine is well"
              hosts: "db1"
              gather_facts: false
              tasks:
                - name: Gather facts
                  ansible.builtin.setup:
                - name: "Say {{ inventory_hostname }}"
                  ansible.builtin.copy:
                    content: |
                      a: 1

                        hosts: all
                    dest: /etc/x
                  when: x is defined
            """);
    assertThat(remedy.commands()).containsExactly("true   # on db1");
  }

  @Test
  void aSecretInItsCommandIsNotTold() {
    String check = entry("command: curl -u anna:hunter2 localhost", "false");

    assertThat(judge(check, MINE, "\n@ended  0 \n").remedy().orElseThrow().commands())
        .containsExactly("curl -u anna:(withheld) localhost   # on db1");
  }

  @Test
  void aSentenceIsForPeople() {
    Remedy remedy =
        judge(command("false") + "    remedy: Ask Ms. Smith.\n", MINE, "\n@ended  0 \n")
            .remedy()
            .orElseThrow();

    assertThat(remedy.summary()).isEqualTo("Ask Ms. Smith.");
    assertThat(remedy.playbook()).isEmpty();
  }

  @Test
  void otherNamesAreJudgedTheSame() {
    Policy policy =
        policy(command("result.stdout == 'db1'"), recording(Map.of(), Optional.empty()));
    FleetRecording renamed =
        new FleetRecording(
            Instant.EPOCH,
            Duration.ofSeconds(1),
            "test",
            List.of(
                new HostRecording(
                    new InventoryHost(
                        new HostName("host-1"), "", List.of("databases"), Optional.empty(), "", 1),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(MINE, answer(CommandResult.of("host-1\n\n@ended  0 \n"))))));
    Policy other =
        new Policy(
            policy.topology(),
            policy.thresholds(),
            policy.waivers(),
            policy.custom().stream()
                .map(check ->
                    check.renamed(
                        _ -> new HostName("host-1"), text -> text.replace("db1", "host-1")))
                .toList(),
            policy.notes());

    assertThat(only(fleet(renamed, other)).verdict())
        .isEqualTo(new Verdict.Pass("host-1: result.stdout == 'host-1' holds: it printed host-1"));
  }

  private static String command(String that) {
    return entry("command: 'true'", that);
  }

  private static String entry(String question, String that) {
    return """
    checks:
      - id: mine
        title: Mine is well
        hosts: databases
        %s
        that: "%s"
        severity: low
        why: because
    """
        .formatted(question, that.replace("\"", "\\\""));
  }

  private Finding judge(String policy, Question question, String output) {
    return only(fleet(policy, question, CommandResult.of(output)));
  }

  private Fleet fleet(String policy, Question question, CommandResult result) {
    return fleet(policy, Map.of(question, answer(result)), Optional.empty());
  }

  private Fleet fleet(String policy, Map<Question, Answer> answers, Optional<String> unreachable) {
    FleetRecording recording = recording(answers, unreachable);
    return fleet(recording, policy(policy, recording));
  }

  private static Fleet fleet(FleetRecording recording, Policy policy) {
    FleetEvidence evidence = FleetEvidence.of(recording, Optional.empty());
    return Fleet.of(evidence, policy);
  }

  private static FleetRecording recording(
      Map<Question, Answer> answers, Optional<String> unreachable) {
    return new FleetRecording(
        Instant.EPOCH,
        Duration.ofSeconds(1),
        "test",
        List.of(new HostRecording(HOST, unreachable, Optional.empty(), answers)));
  }

  private Policy policy(String text, FleetRecording recording) {
    try {
      PolicyFile file =
          PolicyFile.read(
              Files.writeString(folder.resolve("earshot.yml"), text), Surroundings.ofProcess());
      assertThat(file.problems()).isEmpty();
      return file.on(recording, new ArrayList<>());
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Finding only(Fleet fleet) {
    List<Finding> findings = findings(fleet);
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  private static List<Finding> findings(Fleet fleet) {
    return Checks.judge(fleet).stream()
        .filter(finding -> finding.check().id().startsWith("custom."))
        .toList();
  }

  private static Answer answer(CommandResult result) {
    return new Answer(result, 0);
  }
}
