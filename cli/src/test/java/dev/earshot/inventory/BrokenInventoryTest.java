package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What people get to read when an inventory is wrong: where, what, and what to write instead.
class BrokenInventoryTest {

  private static final String NINES = "9".repeat(4_301);
  private static final String HEX = "f".repeat(3_572);

  @TempDir private Path directory;

  static Stream<Arguments> wrongs() {
    return Stream.of(
        arguments("hosts", "web[3:]", ":1", "a range must say where it ends", "web[1:3]"),
        arguments("hosts", "\nweb[01:3]", ":2", "number of the same length", "web[01:10:2]"),
        arguments("hosts", "web[c:a]", ":1", "must not run backwards", "web-[a:c]"),
        arguments("hosts", "web[1:5:0]", ":1", "step must not be 0", "web[1:3]"),
        arguments("hosts", "web[1-3]", ":1", "begin:end", "web[1:3]"),
        arguments("hosts", "web[x:7]", ":1", "two numbers or two letters", "web[1:3]"),
        arguments("hosts", "a[0:999999999]", ":1", "more than 250,000 hosts", "web[1:3]"),
        arguments("hosts", "a[0:9999][0:9999]", ":1", "more than 250,000 hosts", "web[1:3]"),
        arguments("hosts", "h1 a=\"x", ":1", "double quote is not closed", "close the quote"),
        arguments("hosts", "h1 a=it's", ":1", "single quote is not closed", "backslash"),
        arguments("hosts", "h1 a =1", ":1", "word behind h1 is not a variable", "name=value"),
        arguments("hosts", "h1 p=s3cret s3cret", ":1", "word behind p=… is not", "quote a value"),
        arguments("hosts.ini", "[web]\nh1:", ":2", "ends in a colon", "port"),
        arguments("hosts", "''", ":1", "empty name", "write a name"),
        arguments("hosts", "[web", ":1", "the header of a section ends with ]", "web[1:3]"),
        arguments("hosts", "[ web ]", ":1", "bad section header", "without blanks"),
        arguments("hosts", "[web:var]\na=1", ":1", "unknown kind", "did you mean vars?"),
        arguments("hosts", "[a]\n[a:vars]\nx", ":3", "[a:vars] must list variables", "name=value"),
        arguments("hosts", "[a:vars]\nx=1", ":1", "group a, which is not declared", "[a]"),
        arguments("hosts", "[web]\n[a:children]\nwebb", ":3", "webb", "did you mean web?"),
        arguments("hosts", "[a:children]\nb c", ":2", "one a line", "alone on the line"),
        arguments("hosts", "[a:children]\na", ":2", "child of itself", "remove this line"),
        arguments("hosts", "[a:children]\nb\n[b:children]\na", ":4", "already below", "remove"),
        arguments("hosts", "[a:children]\nall", ":2", "it holds every group", "remove"),
        arguments("hosts", "[a]\n[a:vars]\nansible_group_priority=x", ":3", "whole number", "10"),
        arguments("hosts", "\uFEFF[web]", "", "byte order mark", "without"),
        arguments("hosts.txt", "all:\n  hosts:", "", "looks like YAML", "hosts.yml"),
        arguments("hosts.toml", "[all.hosts]", "", "TOML", "--list > static.json"),
        arguments("hosts", "$ANSIBLE_VAULT;1.1;AES256\n61", "", "Vault", "--vault-password-file"),
        arguments("hosts.yml", "[web]\nh1 x", ":2", "word behind h1 is not", "name=value"),
        arguments("hosts.yml", "a: &x 1\nb: &x 2", ":2", "was given to another", "check"),
        arguments("hosts.yml", "a: {children: {b: 5}}", ":1", "b is not a group", "below it"),
        arguments("hosts", "#!/bin/sh\necho '{}'", "", "may not be executed", "chmod +x"),
        arguments(
            "static.json", "{\"_meta\": {}, \"a\": {\"hosts\": 1}}", ":1", "a list", "--list"),
        arguments("hosts.yml", "all:\n\thosts:", ":2", "a tab stands where", "blanks"),
        arguments("hosts", "all:\n\thosts:", ":2", "a tab stands where", "blanks"),
        arguments("hosts.yml", "a: {}\nall: \"x\n\nb: y\n", ":2", "a quote opens here", "close"),
        arguments("hosts.yml", "all: {hosts: [", ":1", "not valid YAML", "check"),
        arguments("hosts.yml", "all: *nope", ":1", "not valid YAML", "check"),
        arguments("hosts.yml", "all:\n---\nb:", ":2", "more than one YAML document", "---"),
        arguments("hosts.yml", "a: \u0001", ":1", "doesn't allow", "UTF-8"),
        arguments("hosts.yml", "- h1\n- h2", ":1", "must be a mapping of groups", "all:"),
        arguments("hosts.yml", "all:\n  hosts:\n    - h1", ":2", "is a list", "without a dash"),
        arguments("hosts.yml", "all:\n  hosts:\n    h1: 10.0.0.1", ":3", "has a string", "h1:"),
        arguments("hosts.yml", "all:\n  hosts:\n    22:", ":3", "host name must be", "quotes"),
        arguments("hosts.yml", "yes: {}", ":1", "group name must be a string", "quotes"),
        arguments("hosts.yml", "a: {hosts: {\"w[1:\": }}", ":1", "bad range", "web[1:3]"),
        arguments("hosts.yml", "a: {hosts: {h: {x: !x 1}}}", ":1", "read as !x", "plain value"),
        arguments("hosts.yml", "a: {hosts: {h: {x: {[1]: 2}}}}", ":1", "a single value", "quote"),
        arguments("hosts.yml", "a: {hosts: {h: {x: 2020-13-01}}}", ":1", "timestamp", "plain"),
        arguments("hosts.yml", "a: {hosts: {h: {x: !!python/name:os.x 1}}}", ":1", "!!py", "plain"),
        arguments("y.yml", "a: {vars: {\nx: %s}}".formatted(NINES), ":2", "4,300 digits", "quotes"),
        arguments("y.yml", "a: {vars: {x: 0x%s}}".formatted(HEX), ":1", "4,300 digits", "quotes"),
        arguments(
            "y.json", "{\"a\":{\"vars\":{\"x\":%s}}}".formatted(NINES), ":1", "4,300", "quotes"),
        arguments("hosts.yml", "a: &a\n children: {b: *a}", ":2", "contains itself", "remove"),
        arguments("hosts.yml", "a: {vars: {x: &x [*x]}}", ":1", "contains itself", "remove"),
        arguments("hosts.yml", "a: {vars: &x {<<: *x}}", ":1", "merges itself", "remove"),
        arguments("hosts.yml", "a: {children: {b: {children: {a: }}}}", ":1", "already", "remove"),
        arguments("c.yml", "plugin: constructed\ncompose: 5", ":2", "must be a mapping", "name:"),
        arguments("c.yml", "plugin: constructed\ngroups: {a: x | nope}", ":2", "nope", "Earshot"),
        arguments("hosts.yml", "plugin: aws_ec2\nregions: []", ":1", "plugin", "--list"));
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void says_where_what_and_what_to_do(
      String name, String content, String line, String message, String advice) throws IOException {
    var file = write(name, content);
    var problems = InventoryReader.read(InventoryRequest.of(List.of(file))).problems();
    assertThat(problems).hasSize(1);
    var problem = problems.getFirst();
    assertThat(problem.isError()).isTrue();
    assertThat(problem.where().orElseThrow()).hasToString(file + line);
    assertThat(problem.message()).contains(message).doesNotContain("Exception", "s3cret");
    assertThat(problem.advice()).contains(advice);
  }

  static Stream<Arguments> doubtful() {
    return Stream.of(
        arguments("hosts", "", "", "the inventory is empty", "write a host's name"),
        arguments("hosts", "# nothing yet\n", "", "the inventory is empty", "write a host's name"),
        arguments("hosts.yml", "", "", "the inventory is empty", "all:"),
        arguments("hosts.yml", "{}", "", "the inventory is empty", "all:"),
        arguments("hosts", "web[5:1]", ":1", "range in web[5:1] is empty", "lower bound"),
        arguments("hosts", "[a]\nh\n[b]\na", ":4", "a is the name of a host and of a", "rename"),
        arguments("hosts.yml", "all:\n  host:\n    h1:", ":2", "no meaning", "mean hosts?"),
        arguments("hosts.yml", "all:\n  vars: x", ":2", "vars of group all is a string", "value"),
        arguments("hosts.yml", "[web]\nh1", "", "the name says YAML", "end in something else"),
        arguments("hosts.yml", "a: {vars: {x: !unsafe [[1]]}}", ":1", "drops the content", "mark"),
        arguments("hosts", "[we-b]\nh1", ":1", "we-b and perhaps", "we_b"),
        arguments("hosts.yml", "hosts: h1", ":1", "hosts is not a group", "below a group"),
        arguments("hosts.yml", "a: {}\na: {}", ":2", "given twice, first on line 1", "remove"));
  }

  @ParameterizedTest
  @MethodSource("doubtful")
  void warns_where_ansible_goes_on(
      String name, String content, String line, String message, String advice) throws IOException {
    var file = write(name, content);
    var problems = InventoryReader.read(InventoryRequest.of(List.of(file))).problems();
    assertThat(problems).isNotEmpty().noneMatch(Problem::isError);
    assertThat(problems.getFirst().where().orElseThrow()).hasToString(file + line);
    assertThat(problems.getFirst().message()).contains(message);
    assertThat(problems.getFirst().advice()).contains(advice);
  }

  @Test
  void reports_every_error_of_every_source_at_once() throws IOException {
    var ini = write("hosts", "h1 oops\n[x y]\n[web]\nweb[3:\n[db:vars]\na=1\n");
    var yaml = write("hosts.yml", "all:\n  hosts: [a]\n  vars: [b]\nweb:\n  hosts: {h1: 5}\n");
    Files.createDirectories(directory.resolve("group_vars"));
    write("group_vars/all.yml", "- a list");
    write("group_vars/web.yml", "a: 'open");
    var missing = directory.resolve("missing.yml");
    var result = InventoryReader.read(InventoryRequest.of(List.of(ini, yaml, missing)));
    assertThat(result.hasErrors()).isTrue();
    var problems = new ArrayList<>(result.problems());
    problems.addAll(result.inventory().readVariables(result.inventory().hosts()));
    assertThat(problems)
        .extracting(problem -> problem.where().orElseThrow().toString())
        .extracting(where -> where.substring(directory.toString().length() + 1))
        .containsExactly(
            "hosts:1",
            "hosts:2",
            "hosts:4",
            "hosts:5",
            "hosts.yml:2",
            "hosts.yml:3",
            "hosts.yml:5",
            "missing.yml",
            "group_vars/all.yml:1",
            "group_vars/web.yml:1");
  }

  @Test
  void names_files_that_are_no_inventories() throws IOException {
    var binary = Files.write(directory.resolve("binary"), new byte[] {'h', 0, 1});
    var latin = Files.write(directory.resolve("l.yml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
    var huge = directory.resolve("huge.yml");
    Files.writeString(huge, "#".repeat(SourceText.MAX_BYTES + 1));
    var nothing = Files.createDirectory(directory.resolve("nothing"));
    write("nothing/hosts.ini", "h1");
    assertThat(messages(binary)).containsExactly("this is a binary file, or text in UTF-16");
    assertThat(messages(latin)).containsExactly("not valid YAML: the text is not UTF-8");
    assertThat(messages(huge)).containsExactly("the file is larger than 16 MiB");
    assertThat(messages(Path.of("/dev/zero"))).containsExactly("this is not a regular file");
    assertThat(messages(directory.resolve("none"))).containsExactly("there is no such file");
    assertThat(messages(nothing)).singleElement().asString().contains("holds no inventory");
  }

  @Test
  void says_when_a_file_may_not_be_read() throws IOException {
    var secret = write("secret", "h1");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    // Root may read everything; this is a file that fails even then.
    var unreadable = Files.isReadable(secret) ? Path.of("/proc/self/mem") : secret;
    assertThat(messages(unreadable))
        .singleElement()
        .asString()
        .startsWith("the file can't be read");
  }

  @Test
  void keeps_what_could_be_read_for_suggestions() throws IOException {
    var file = write("hosts", "[web]\ngood\nbad oops\n");
    assertThat(InventoryReader.read(InventoryRequest.of(List.of(file))).inventory().host("good"))
        .isPresent();
  }

  @Test
  void shows_no_control_characters_of_names() throws IOException {
    var problems = messages(write("hosts", "\u001b]0;owned[9:1"));
    assertThat(problems).singleElement().asString().doesNotContain("\u001b");
  }

  private List<String> messages(Path source) {
    return InventoryReader.read(InventoryRequest.of(List.of(source))).problems().stream()
        .map(Problem::message)
        .toList();
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }
}
