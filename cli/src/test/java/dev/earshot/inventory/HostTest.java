package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.python.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"22,22", "'0022',22", "'\"2222\"',2222", "65535,65535"})
  void reads_ports(String written, int port) throws IOException {
    assertThat(host("ansible_port: " + quotedIfPadded(written)).port("ansible_port").asOptional())
        .contains(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "65536", "-1", "22.5", "[22]", "!vault x"})
  void a_port_that_is_none_is_a_problem_with_its_line(String written) throws IOException {
    var problem = host("ansible_port: " + written).port("ansible_port").complaint().orElseThrow();
    assertThat(problem.where().orElseThrow()).hasToString(directory.resolve("hosts.yml") + ":4");
    assertThat(problem.message()).startsWith("ansible_port");
    assertThat(problem.advice()).contains("from 1 to 65535");
  }

  @ParameterizedTest
  @CsvSource({"yes,true", "'\"on\"',true", "1,true", "False,false", "'\"n\"',false", "0,false"})
  void reads_booleans_in_all_spellings(String written, boolean truth) throws IOException {
    assertThat(host("ansible_become: " + written).bool("ansible_become").asOptional())
        .contains(truth);
  }

  @Test
  void the_last_alias_wins() throws IOException {
    var host = host("{ansible_host: weak, ansible_ssh_host: strong}");
    assertThat(host.text("ansible_host", "ansible_ssh_host").asOptional()).contains("strong");
    assertThat(host.text("ansible_ssh_host", "ansible_host").asOptional()).contains("weak");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other: 1", "ansible_user: ''", "ansible_user:"})
  void what_is_not_there_or_empty_is_unset(String written) throws IOException {
    assertThat(host(written).text("ansible_user")).isEqualTo(new Setting.Unset<String>());
  }

  @Test
  void a_template_is_known_as_one() throws IOException {
    var host = host("{t: '{{ x }}', deep: [{a: '{% if x %}'}], u: !unsafe '{{ x }}', p: plain}");
    assertThat(host.variables().entrySet().stream().filter(each -> each.getValue().isTemplate()))
        .extracting(Map.Entry::getKey)
        .containsExactly("t", "deep");
  }

  @Test
  void a_template_is_a_problem_until_somebody_evaluates_it() throws IOException {
    var host = host("ansible_port: '{{ port }}'");
    assertThat(host.port("ansible_port").complaint().orElseThrow().message())
        .contains("ansible_port is a template");
    var evaluated =
        host.settings((_, _, _) -> new Rendering.Outcome.Rendered(new Value.Text("2222")));
    assertThat(evaluated.port("ansible_port").asOptional()).contains(2222);
  }

  @Test
  void secrets_stay_out_of_text_forms_and_problems() throws IOException {
    var host = host("{ansible_password: [s3cret], token: !vault s3cret, plain: s3cret}");
    assertThat(host.toString()).doesNotContain("s3cret");
    assertThat(host.text("ansible_password").complaint().orElseThrow().toString())
        .contains("must be a single value but is a list")
        .doesNotContain("s3cret");
    assertThat(host.text("token").complaint().orElseThrow().toString())
        .contains("is encrypted with Ansible Vault")
        .doesNotContain("s3cret");
    assertThat(host.bool("plain").complaint().orElseThrow().toString()).doesNotContain("s3cret");
    assertThat(host.variable("token").orElseThrow().value().toString()).doesNotContain("s3cret");
  }

  @Test
  void knows_the_lines_that_declared_it_and_each_variable() throws IOException {
    Files.createDirectories(directory.resolve("group_vars"));
    Files.writeString(directory.resolve("group_vars/all.yml"), "# note\n\nshared: 1\n");
    var host = host("own: 1");
    assertThat(host.declared()).hasToString(directory.resolve("hosts.yml") + ":3");
    assertThat(host.variable("own").orElseThrow().origin().line()).isEqualTo(4);
    assertThat(host.variable("shared").orElseThrow().origin())
        .isEqualTo(new Location(directory.resolve("group_vars/all.yml"), 3));
  }

  @Test
  void lines_end_and_blanks_begin_where_python_says() throws IOException {
    var file = Files.writeString(directory.resolve("hosts"), "[web]\r\n\u00a0h1 a=1\u2028h2\r\n");
    var result = InventoryReader.read(InventoryRequest.of(List.of(file)));
    assertThat(result.problems()).isEmpty();
    assertThat(result.inventory().hosts())
        .extracting(host -> host.name() + " " + host.declared().line())
        .containsExactly("h1 2", "h2 3");
  }

  @Test
  void encrypted_files_of_variables_are_a_warning() throws IOException {
    Files.createDirectories(directory.resolve("group_vars"));
    Files.writeString(directory.resolve("group_vars/all.yml"), "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
    var file = Files.writeString(directory.resolve("hosts"), "h1\nh2\n");
    var inventory = InventoryReader.read(InventoryRequest.of(List.of(file))).inventory();
    assertThat(inventory.readVariables(inventory.hosts()))
        .singleElement()
        .matches(problem -> !problem.isError())
        .asString()
        .contains("group_vars/all.yml: the file is encrypted");
  }

  private static String quotedIfPadded(String written) {
    return written.startsWith("00") ? "\"" + written + "\"" : written;
  }

  private Host host(String variables) throws IOException {
    var text = "all:\n  hosts:\n    h1:\n      " + variables + "\n";
    var file = Files.writeString(directory.resolve("hosts.yml"), text);
    var result = InventoryReader.read(InventoryRequest.of(List.of(file)));
    assertThat(result.problems()).isEmpty();
    return result.inventory().host("h1").orElseThrow();
  }
}
