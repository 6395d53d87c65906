package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.python.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files made to exhaust time, memory or stack end in a problem, soon.
@Timeout(30)
class HostileInventoryTest {

  @TempDir private Path directory;

  static Stream<Named<String>> bombs() {
    return Stream.of(
        Named.of(
            "aliases that multiply",
            chain(30, i -> "a%d: &a%d [*b, *b]".formatted(i, i), "[*a%1$d, *a%1$d]")),
        Named.of(
            "merges that multiply",
            "b: &m0 {hosts: {h: }}\n"
                + lines(40, i -> "a%d: &m%d {<<: [*m%d, *m%3$d]}".formatted(i, i, i - 1))),
        Named.of(
            "groups that multiply",
            "b: &m0 {hosts: {h: }}\n"
                + lines(
                    40, i -> "a%d: &m%d {children: {x: *m%d, y: *m%3$d}}".formatted(i, i, i - 1))),
        Named.of("an endless number", "a: {vars: {x: " + "9".repeat(1_000_000) + "}}"),
        Named.of(
            "an endless number with a tag", "a: {vars: {x: !!int " + "9".repeat(1_000_000) + "}}"),
        Named.of(
            "an endless number to the base of 60", "a: {vars: {x: " + "1:1".repeat(60_000) + "}}"),
        Named.of(
            "an endless number in JSON",
            "{\"a\": {\"vars\": {\"x\": " + "9".repeat(1_000_000) + "}}}"),
        Named.of("deep brackets", "a: {vars: {x: " + "[".repeat(100_000)),
        Named.of("deep JSON", "{\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
        Named.of(
            "aliases that nest",
            "a0: &m0 {vars: {v: 1}}\n"
                + lines(5_000, i -> "a%d: &m%d {children: {c%d: *m%d}}".formatted(i, i, i, i - 1))),
        Named.of(
            "values that nest",
            "a: {vars: {v0: &m0 [1]"
                + IntStream.rangeClosed(1, 20_000)
                    .mapToObj(i -> ", v%d: &m%d [*m%d]".formatted(i, i, i - 1))
                    .collect(Collectors.joining())
                + "}}"));
  }

  private static String chain(int count, IntFunction<String> line, String next) {
    return "b: &a0 {vars: {x: 1}}\n"
        + lines(count, i -> line.apply(i).replace("[*b, *b]", next.formatted(i - 1)))
        + "z: {vars: {x: *a"
        + count
        + "}}\n";
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.rangeClosed(1, count).mapToObj(line).collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void ends_in_a_problem(String content) throws IOException {
    var file = Files.writeString(directory.resolve("hosts.yml"), content);
    assertThat(InventoryReader.read(InventoryRequest.of(List.of(file))).problems()).isNotEmpty();
  }

  @Test
  void a_chain_of_thousands_of_groups_is_read() throws IOException {
    var chain = lines(3_000, i -> "[g%d:children]\ng%d".formatted(i, i + 1));
    var file = Files.writeString(directory.resolve("hosts"), chain + "\n[g3001]\nh1\n");
    var result = InventoryReader.read(InventoryRequest.of(List.of(file)));
    assertThat(result.problems()).isEmpty();
    assertThat(result.inventory().group("g3001").orElseThrow().depth()).isEqualTo(3_001);
    assertThat(result.inventory().host("h1").orElseThrow().groups()).hasSize(3_001);
  }

  @Test
  void long_tokens_cost_no_stack() throws IOException {
    var ones = "1".repeat(200_000);
    var file =
        Files.writeString(
            directory.resolve("hosts"),
            "h1 a=%s b=%s c=%s d=\"'%s'\" e=0x%s\n"
                .formatted(ones, "1_".repeat(100_000) + "1", "[".repeat(100_000), ones, ones));
    var yaml =
        Files.writeString(
            directory.resolve("hosts.yml"), "all: {hosts: {h1: {f: \"%s\"}}}".formatted(ones));
    var result = InventoryReader.read(InventoryRequest.of(List.of(file, yaml)));
    assertThat(result.problems()).isEmpty();
    assertThat(result.inventory().host("h1").orElseThrow().variables().values())
        .hasSize(6)
        .allSatisfy(variable -> assertThat(variable.value()).isInstanceOf(Value.Text.class));
    var name = Files.writeString(directory.resolve("long"), "a" + "-a".repeat(100_000));
    assertThat(InventoryReader.read(InventoryRequest.of(List.of(name))).hasErrors()).isTrue();
  }

  @Test
  void reads_fifty_thousand_hosts() throws IOException {
    var hosts =
        lines(50_000, i -> "node%d.example.com ansible_port=22 rack=%d".formatted(i, i % 99));
    var file = Files.writeString(directory.resolve("hosts"), "[big]\n" + hosts);
    var result = InventoryReader.read(InventoryRequest.of(List.of(file)));
    assertThat(result.problems()).isEmpty();
    assertThat(result.inventory().hosts()).hasSize(50_000);
  }

  @Test
  void a_host_name_leads_to_no_file_outside_host_vars() throws IOException {
    Files.writeString(directory.resolve("outside.yml"), "stolen: 1");
    Files.createDirectory(directory.resolve("host_vars"));
    var file = Files.writeString(directory.resolve("hosts"), "../outside\n");
    var result = InventoryReader.read(InventoryRequest.of(List.of(file)));
    assertThat(result.inventory().host("../outside").orElseThrow().variables()).isEmpty();
  }
}
