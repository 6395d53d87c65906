package dev.earshot.cli;

import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Goes once through what people start most, so that the JVM that records it can put their classes
/// into an AOT cache. Only the build runs it.
final class Rehearsal {

  private static final String HOSTS =
      """
      [web]
      web[1:9] ansible_host=192.0.2.1 ports='[80, 443]' rack=7
      [db]
      db1 ansible_user=deploy
      [site:children]
      web
      db
      [site:vars]
      domain=example.org
      """;

  private static final String VARIABLES =
      """
      region: gra
      settings: {a: 1, b: text, c: [yes, 2.5, null]}
      url: "http://{{ inventory_hostname }}/"
      """;

  /// What answers at once.
  private static final List<List<String>> SHORT =
      List.of(
          List.of("--version"),
          List.of("inventory", "--list"),
          List.of("inventory", "--graph", "--vars"),
          List.of("inventory", "--list", "-y", "--limit", "web:!web3"),
          List.of("inventory", "--explain", "web1"),
          List.of("checks"));

  /// What asks hosts.
  private static final List<List<String>> LONG =
      List.of(
          List.of("demo", "--history", "history.db"),
          List.of("demo", "--history", "history.db", "--report", "json"));

  private Rehearsal() {}

  /// Rehearses.
  ///
  /// @param arguments `short` or `long`
  public static void main(String[] arguments) throws IOException {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
    var folder = Files.createTempDirectory("earshot-rehearsal");
    try {
      write(folder.resolve("hosts"), HOSTS);
      write(folder.resolve("group_vars/all.yml"), VARIABLES);
      write(folder.resolve("host_vars/web2.yml"), VARIABLES);
      write(folder.resolve("ansible.cfg"), "[defaults]\ninventory = hosts\nremote_user = deploy\n");
      var surroundings = new Surroundings(Map.of(), folder, folder);
      for (var command : arguments[0].equals("long") ? LONG : SHORT) {
        Main.run(silent(), surroundings, command.toArray(String[]::new));
      }
    } finally {
      delete(folder);
    }
  }

  private static Terminal silent() {
    return new Terminal(
        new PrintWriter(new StringWriter()),
        new PrintWriter(new StringWriter()),
        false,
        false,
        100);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
