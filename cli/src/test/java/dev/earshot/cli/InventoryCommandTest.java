package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Holds `earshot inventory` against the real `ansible-inventory` and `ansible --list-hosts`, byte
/// by byte.
class InventoryCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Runs each command line in a child of one process, as starting Python costs most.
  private static final String PEER =
      """
      import json, os, sys, tempfile
      from ansible.cli.adhoc import AdHocCLI
      from ansible.cli.inventory import InventoryCLI
      answers = []
      for case in json.load(sys.stdin):
          out = tempfile.TemporaryFile()
          child = os.fork()
          if child == 0:
              os.dup2(out.fileno(), 1)
              (AdHocCLI if '--list-hosts' in case else InventoryCLI).cli_executor(['x'] + case)
              os._exit(99)
          code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
          out.seek(0)
          answers.append([code, out.read().decode()])
      print(json.dumps(answers))
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int earshot(List<String> arguments) {
    out.getBuffer().setLength(0);
    return Main.run(
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false, 100),
        new Surroundings(System.getenv(), Path.of(""), folder),
        Stream.concat(Stream.of("inventory"), arguments.stream()).toArray(String[]::new));
  }

  @Test
  void printsWhatAnsibleInventoryPrints() throws Exception {
    writeMergeOrder();
    writeNastyStrings();
    List<List<String>> cases = new ArrayList<>();
    for (String sources :
        List.of("-i one", "-i one -i two", "-i two -i one/hosts", "-i one --playbook-dir pb")) {
      for (String action :
          List.of(
              "--list",
              "--list -y",
              "--list --export",
              "--list -y --export",
              "--graph",
              "--graph db",
              "--graph --vars",
              "--host h1",
              "--host db -y",
              "--host localhost")) {
        cases.add(arguments(sources + " " + action));
      }
    }
    for (String action : List.of("--list", "--list -y", "--graph --vars")) {
      cases.add(arguments("-i nasty.json " + action));
      cases.add(arguments("-i h1,h2:22, " + action));
      cases.add(arguments("-i mixed " + action));
      cases.add(arguments("-i broken " + action));
    }
    cases.add(arguments("-i one --host web[7]"));
    holdAgainstAnsible(cases, cases);
  }

  @Test
  void listsTheHostsThatAnsibleLists() throws Exception {
    writeMergeOrder();
    Files.createFile(folder.resolve("empty"));
    Files.writeString(folder.resolve("some"), "h1\n h3 \n\n#h2\n");
    List<List<String>> ours = new ArrayList<>();
    List<List<String>> real = new ArrayList<>();
    for (String pattern :
        List.of("all", "nope", "localhost", "h1,localhost", "web[7]", "~(", "prod:!h1")) {
      for (String limit :
          List.of("", " -l web", " -l nope", " -l @empty", " -l @some", " -l @none")) {
        ours.add(arguments("-i one --list-hosts " + pattern + limit));
        real.add(arguments(pattern + " -i one --list-hosts" + limit));
      }
    }
    holdAgainstAnsible(ours, real);
  }

  private void holdAgainstAnsible(List<List<String>> ours, List<List<String>> real)
      throws Exception {
    List<Answer> expected = peer(real);
    for (int i = 0; i < ours.size(); i++) {
      int code = earshot(ours.get(i));
      assertThat(new Answer(code, out.toString()))
          .as(String.join(" ", ours.get(i)))
          .isEqualTo(expected.get(i));
    }
  }

  private record Answer(int code, String output) {}

  private List<String> arguments(String line) {
    return Stream.of(line.split(" "))
        .map(word ->
            word.matches("one.*|two|pb|nasty.json|mixed|broken")
                ? folder.resolve(word).toString()
                : word)
        .map(word -> word.startsWith("@") ? "@" + folder.resolve(word.substring(1)) : word)
        .toList();
  }

  private List<Answer> peer(List<List<String>> cases) throws IOException, InterruptedException {
    Path program = Path.of("/usr/bin/ansible-inventory");
    assumeTrue(Files.isExecutable(program), "ansible-inventory is not installed");
    Path input = Files.writeString(folder.resolve("cases"), JSON.writeValueAsString(cases));
    Path output = folder.resolve("answers");
    String python = Files.readAllLines(program).getFirst().substring(2).strip();
    ProcessBuilder builder =
        new ProcessBuilder(python, "-c", PEER)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "HOME", folder.toString()));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<List<Object>> answers =
        JSON.readValue(output.toFile(), new TypeReference<List<List<Object>>>() {});
    return answers.stream()
        // Where it was used wrongly, Ansible prints its whole help on standard output.
        .map(answer ->
            new Answer((int) answer.get(0), answer.get(0).equals(5) ? "" : (String) answer.get(1)))
        .toList();
  }

  private void writeMergeOrder() throws IOException {
    write(
        "one/hosts",
        """
        [web]
        h[1:2] own=1 shared=[1]
        h3 d="{'x': 1, 'n': {'p': 1}}"
        [db]
        h1
        [prod:children]
        web
        db
        [prod:vars]
        d={'y': 2, 'n': {'q': 2}}
        ansible_group_priority=7
        playbook_dir=internal
        [all:vars]
        a=inventory
        """);
    write("two/hosts", "h1 own=2\n[db]\nh9\n");
    write("one/group_vars/all.yml", "a: group_vars\nl: [1]\nwhen: 2020-01-02 03:04:05\n");
    write("one/group_vars/web/b.yml", "d: {z: 3, n: {r: 1}}\n");
    write("one/group_vars/web/a.yaml", "d: {z: 4}\nl: [2, {3: v, 10: a, 9: b}]\n");
    write("one/group_vars/web/ignored.txt", "ignored: 1\n");
    write("one/host_vars/h1.json", "{\"own\": \"host_vars\", \"e\": {}}");
    write("two/group_vars/all.yml", "a: two\nown: group\n");
    write("two/group_vars/prod.yml", "l: [3]\nu: !unsafe '{{ x }}'\n");
    write("pb/group_vars/web", "a: play\n");
    write("pb/host_vars/h2", "a: play host\n");
    write("mixed/hosts", "[z]\nh2\nh1\n[z:vars]\nz=1\nm={'k': 1, 2: 'b', 'a': {}}\na=2\n");
    write("broken/hosts", "h1\n");
    write("broken/group_vars/all.yml", "a: [open\n");
  }

  /// Strings of everything that YAML and JSON quote, fold and escape, from a fixed seed.
  private void writeNastyStrings() throws IOException {
    String[] parts =
        ("a b : # - ? ' \" \\ , [ ] { } & * ! | > % @ ` = ~ . 0 1e3 yes null 017 --- ... <<"
                + " \n \r \t \u00e9 \u00a0 \u2028 \u0085 \ud83d\ude00 \u007f \u0001 \ufeff word")
            .splitWithDelimiters(" ", 0);
    Random random = new Random(3);
    Map<String, Object> hosts = new LinkedHashMap<>();
    for (int host = 0; host < 60; host++) {
      Map<String, Object> variables = new LinkedHashMap<>();
      for (int variable = 0; variable < 6; variable++) {
        variables.put("v" + variable, nasty(parts, random));
      }
      variables.put("keys", Map.of(nasty(parts, random), 1, nasty(parts, random) + "x", List.of()));
      variables.put("list", List.of(List.of(nasty(parts, random)), Map.of("k", List.of(1, "2"))));
      variables.put("k".repeat(120 + host % 16), "");
      hosts.put("host" + host, variables);
    }
    String numbers = "[1e16, 1e-7, -0.0, 1.5, NaN, -Infinity, true, null, 123456789012345678901]";
    String text =
        JSON.writeValueAsString(Map.of("all", Map.of("hosts", hosts)))
            .replaceFirst("\"v0\":", "\"numbers\": " + numbers + ", \"v0\":");
    write("nasty.json", text);
  }

  private static String nasty(String[] parts, Random random) {
    int length = List.of(0, 1, 2, 3, 6, 20, 90).get(random.nextInt(7));
    return String.join(
        "", IntStream.range(0, length).mapToObj(_ -> parts[random.nextInt(parts.length)]).toList());
  }

  @Test
  void explainsWhereAVariableComesFromAndWhatItOverrides() throws IOException {
    writeMergeOrder();
    write("one/host_vars/h2.yml", "api_token: s3cret\nurl: https://u:s3cret@x/\nown: 5\n");
    assertThat(earshot(arguments("-i one --explain h2"))).isZero();
    assertThat(out.toString().replace(folder + "/", ""))
        .contains("named in one/hosts:2")
        .contains("prod: through web, declared in one/hosts:6")
        .contains(
            """
              own = 5
                one/host_vars/h2.yml:3 (host_vars)
                overrides one/hosts:2 (host)
                  = 1
            """)
        .contains("api_token = (secret)")
        .contains("url = https://u:(secret)@x/")
        .doesNotContain("s3cret");
    assertThat(earshot(arguments("-i one --explain h2.a"))).isZero();
    assertThat(out.toString().replace(folder + "/", ""))
        .isEqualTo(
            """
            a = group_vars
                one/group_vars/all.yml:1 (group_vars, group all)
                overrides one/hosts:14 (group all)
                  = inventory
            """);
  }

  @Test
  void explainsWhatCountsForAConnectionThatTheInventoryIsSilentOn() throws IOException {
    writeMergeOrder();
    write(".ansible.cfg", "[defaults]\nremote_user = deploy\n");
    assertThat(earshot(arguments("-i one --explain h2.ansible_user"))).isZero();
    assertThat(out.toString().replace(folder + "/", ""))
        .isEqualTo(
            """
            nothing in the inventory sets ansible_user for h2
                .ansible.cfg:2 (DEFAULT_REMOTE_USER of Ansible's configuration) = deploy
            """);
    assertThat(earshot(arguments("-i one --explain h2.ansible_port"))).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            nothing in the inventory sets ansible_port for h2
                default (DEFAULT_REMOTE_PORT of Ansible's configuration) = nothing
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --explain h22             | 2 | there is no host h22 (did you mean
          --explain h2.ownn         | 2 | nothing sets ownn for h2 (did you mean own?)
          --list --toml             | 2 | TOML is not written
          --list web                | 2 | use --limit web
          --list --limit @none      | 1 | none: there is no such file; check --limit @file
          --list --limit nope       | 1 | --limit leaves no host
          --list --graph            | 5 | exactly one of
          --graph webb              | 5 | there is no group webb (did you mean web?)
          --host web                | 5 | exactly one host, but web means 3
          --list --output /no/where | 1 | /no/where can't be written
          """)
  void wrongUseHasItsExitCode(String arguments, int code, String sentence) throws IOException {
    writeMergeOrder();
    assertThat(earshot(arguments("-i one " + arguments))).isEqualTo(code);
    assertThat(err.toString()).contains(sentence);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void oneHostReadsOnlyTheFilesThatItNeeds() throws IOException {
    writeMergeOrder();
    write("one/host_vars/h3.yml", "a: [open\n");
    assertThat(earshot(arguments("-i one --host h1"))).isZero();
    assertThat(earshot(arguments("-i one --list --limit h1"))).isZero();
    assertThat(out.toString()).contains("\"h1\"").doesNotContain("\"h2\"");
    assertThat(earshot(arguments("-i one --list"))).isEqualTo(4);
    assertThat(err.toString()).contains("one/host_vars/h3.yml:");
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
