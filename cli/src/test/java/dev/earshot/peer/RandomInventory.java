package dev.earshot.peer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;

/// Makes inventories at random: every kind of source and every kind of value, sometimes wrong.
final class RandomInventory {

  private static final List<String> HOSTS =
      List.of(
          "h1",
          "h2",
          "h3",
          "h4",
          "web[1:3]",
          "n[01:03]",
          "db[a:c]",
          "s[0:6:3].example.com",
          "a.example.com",
          "10.0.0.1",
          "2001:db8::1",
          "H1",
          "x_y",
          "höst",
          "h5:2222",
          "[::1]:22",
          "r[1:2]:99",
          "localhost",
          "-d",
          "b..c",
          "m[1:2][a:b]");

  /// A group may only have children that stand behind it, so that there is no loop.
  private static final List<String> GROUPS =
      List.of("all", "site", "prod", "grüppe", "web", "db", "web-1", "x.y", "leaf");

  private static final List<String> TOP =
      GROUPS.stream().filter(name -> !name.equals("db")).toList();
  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "c",
          "d",
          "ansible_host",
          "ansible_user",
          "ansible_port",
          "x.y",
          "x-y",
          "ä",
          "ansible_ssh_args",
          "groups");
  private static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".json");
  private static final List<String> WRONG =
      List.of("oops oops", "[g ]", "[x:foo]", "h[1:", "h a='", "[a:children]\nnowhere");

  private final Random random;
  private final RandomValues values;
  private final SequencedMap<String, String> files = new LinkedHashMap<>();
  private final List<String> sources = new ArrayList<>();
  private int anchors;

  private RandomInventory(long seed) {
    this.random = new Random(seed);
    this.values = new RandomValues(random);
  }

  /// The inventory of a seed: the same each time.
  static Project of(long seed) {
    var maker = new RandomInventory(seed);
    int count = 1 + maker.random.nextInt(3);
    for (int i = 0; i < count; i++) {
      maker.addSource("s" + i);
    }
    return new Project(maker.files, List.copyOf(maker.sources));
  }

  private void addSource(String folder) {
    switch (random.nextInt(8)) {
      case 0 ->
          sources.add(some(HOSTS.subList(0, 4), 3).toString().replaceAll("[\\[\\] ]", "") + ",");
      case 1, 2 -> {
        sources.add(folder);
        addFile(folder + "/01-first");
        addFile(folder + "/sub/x");
        addFile(folder + "/02-second");
        files.put(folder + "/03.ini", "ignored_by_its_ending\n");
        addVarsFiles(folder);
      }
      default -> {
        sources.add(addFile(folder + "/hosts"));
        addVarsFiles(folder);
      }
    }
  }

  private String addFile(String stem) {
    int kind = random.nextInt(7);
    String name = stem + (kind < 4 ? "" : kind < 6 ? ".yml" : ".json");
    files.put(name, kind < 4 ? ini() : kind < 6 ? yaml() : json());
    return name;
  }

  private void addVarsFiles(String folder) {
    for (int i = random.nextInt(5); i > 0; i--) {
      boolean group = random.nextBoolean();
      String name = group ? values.of(GROUPS) : values.of(HOSTS.subList(0, 4));
      String path = folder + (group ? "/group_vars/" : "/host_vars/") + name + values.of(ENDINGS);
      if (random.nextInt(4) == 0) {
        path += values.of(List.of("/10.yml", "/9", "/sub/x.yaml", "/x.txt", "/y.yml~", "/.z"));
      }
      String taken = path;
      boolean free =
          files.keySet().stream()
              .noneMatch(other -> other.startsWith(taken + "/") || taken.startsWith(other + "/"));
      if (free) {
        files.put(path, path.endsWith(".json") ? jsonObject() : yamlVars("") + maybe("# c\n"));
      }
    }
  }

  private String ini() {
    var sections = new ArrayList<String>();
    var groups = some(GROUPS, 5);
    for (var group : groups) {
      sections.add("[" + group + "]" + maybe(" # c") + "\n" + hostLines());
      var below = new ArrayList<>(groups);
      below.removeIf(other -> GROUPS.indexOf(other) <= GROUPS.indexOf(group));
      if (random.nextBoolean() && !below.isEmpty()) {
        sections.add(
            "["
                + group
                + ":children]\n"
                + String.join("\n", some(below, 3))
                + "\n"
                + ungrouped(""));
      }
      if (random.nextBoolean()) {
        sections.add("[" + group + ":vars]\n" + varsLines());
      }
    }
    Collections.shuffle(sections, random);
    if (random.nextInt(25) == 0) {
      sections.add(values.of(WRONG) + "\n");
    }
    return maybe("; c\n\n") + hostLines() + String.join(maybe("\n"), sections);
  }

  private String hostLines() {
    var lines = new StringBuilder();
    for (var host : some(HOSTS, 4)) {
      lines.append(host);
      for (int i = random.nextInt(4); i > 0; i--) {
        lines.append(' ').append(values.of(NAMES)).append('=').append(values.onHostLine());
      }
      lines.append(maybe(" # c")).append('\n');
    }
    return lines.toString();
  }

  private String varsLines() {
    var lines = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      String sign = values.of(List.of("=", " = ", "= "));
      lines.append(values.of(NAMES)).append(sign).append(values.onVarsLine()).append('\n');
    }
    if (random.nextInt(4) == 0) {
      lines.append("ansible_group_priority=").append(random.nextInt(-2, 5)).append('\n');
    }
    return lines.toString();
  }

  private String yaml() {
    var text = new StringBuilder(maybe("---\n"));
    for (var group : some(TOP, 4)) {
      text.append(group).append(":\n").append(yamlGroup(group, "  "));
    }
    return text.append("db:\n").toString();
  }

  private String yamlGroup(String group, String indent) {
    var text = new StringBuilder();
    if (random.nextInt(3) > 0) {
      text.append(indent).append("hosts:\n");
      for (var host : some(HOSTS, 3)) {
        text.append(indent)
            .append("  '")
            .append(host)
            .append("':\n")
            .append(yamlVars(indent + "    "));
      }
    }
    if (random.nextBoolean()) {
      text.append(indent).append("vars:\n").append(yamlVars(indent + "  "));
    }
    var below = GROUPS.subList(GROUPS.indexOf(group) + 1, GROUPS.size());
    if (random.nextInt(3) == 0 && below.size() > 1 && indent.length() < 12) {
      text.append(indent).append("children:\n");
      for (var child : some(below.subList(0, below.size() - 1), 2)) {
        text.append(indent).append("  ").append(child).append(":\n");
        text.append(yamlGroup(child, indent + "    "));
      }
      text.append(ungrouped(indent + "  ").replace("\n", ":\n"));
    }
    return text.toString();
  }

  /// As a child of another group, `ungrouped` takes its hosts out of that one, too.
  private String ungrouped(String indent) {
    return random.nextInt(8) == 0 ? indent + "ungrouped\n" : "";
  }

  private String yamlVars(String indent) {
    var lines = new StringBuilder();
    var names = some(NAMES, 3);
    for (var name : names) {
      lines.append(indent).append(name).append(": ").append(values.inYaml()).append('\n');
    }
    if (random.nextInt(5) == 0 && !names.contains("c") && !names.contains("d")) {
      String anchor = "n" + anchors++;
      lines.append(indent).append("c: &" + anchor + " {k: 1, l: [1]}\n");
      String use = values.of(List.of("d: *%s", "d: {<<: *%s, l: 2}", "d: [*%1$s, *%1$s]"));
      lines.append(indent).append(use.formatted(anchor)).append('\n');
    }
    return lines.toString();
  }

  private String json() {
    var groups = new ArrayList<String>();
    for (var group : orOne(some(GROUPS, 3))) {
      var hosts = new ArrayList<String>();
      some(HOSTS, 3)
          .forEach(
              host -> hosts.add("\"" + host + "\": " + values.of(List.of("null", jsonObject()))));
      groups.add(
          "\"%s\": {\"hosts\": {%s}, \"vars\": %s}"
              .formatted(group, String.join(", ", hosts), jsonObject()));
    }
    return "{" + String.join(",\n", groups) + "}\n";
  }

  private String jsonObject() {
    var entries = new ArrayList<String>();
    some(NAMES, 3).forEach(name -> entries.add("\"" + name + "\": " + values.inJson()));
    return "{" + String.join(", ", entries) + "}";
  }

  private static List<String> orOne(List<String> some) {
    return some.isEmpty() ? List.of("web") : some;
  }

  private String maybe(String text) {
    return random.nextInt(4) == 0 ? text : "";
  }

  /// Some of these in any order, none of them twice, perhaps none at all.
  private List<String> some(List<String> choices, int most) {
    var shuffled = new ArrayList<>(choices);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, Math.min(shuffled.size(), random.nextInt(most + 1)));
  }
}
