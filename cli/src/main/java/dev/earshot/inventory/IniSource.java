package dev.earshot.inventory;

import dev.earshot.python.PythonLiteral;
import dev.earshot.python.PythonText;
import dev.earshot.python.ShellWords;
import dev.earshot.text.NearNames;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads an inventory in Ansible's INI dialect into the [InventoryData].
final class IniSource {

  private enum Section {
    HOSTS,
    CHILDREN,
    VARS
  }

  private static final Map<String, Section> SECTIONS =
      Map.of("hosts", Section.HOSTS, "children", Section.CHILDREN, "vars", Section.VARS);

  private static final Pattern HEADER =
      Pattern.compile(
          "\\[([^:\\]\\s]+)(?::(\\w+))?\\]\\s*(?:#.*)?", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern GROUP_NAME =
      Pattern.compile("([^:\\]\\s]+)\\s*(?:#.*)?", Pattern.UNICODE_CHARACTER_CLASS);

  private final SourceText source;
  private final InventoryData data;
  private final Problems problems;
  private final PendingGroups pending;
  private String group = Group.UNGROUPED;
  private Section section = Section.HOSTS;
  private boolean skipping;

  private IniSource(SourceText source, InventoryData data) {
    this.source = source;
    this.data = data;
    this.problems = data.problems();
    this.pending = new PendingGroups(data);
  }

  static void read(SourceText source, InventoryData data) {
    new IniSource(source, data).read();
  }

  private void read() {
    int number = 0;
    boolean empty = true;
    for (var raw : PythonText.lines(source.text())) {
      number++;
      var line = PythonText.strip(raw);
      if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(";")) {
        read(line, source.line(number));
        empty = false;
      }
    }
    pending.report();
    if (empty) {
      problems.warning(
          Location.of(source.file()), "the inventory is empty", "write a host's name on a line");
    }
  }

  private void read(String line, Location where) {
    if (!(line.startsWith("[") && readHeader(line, where)) && !skipping) {
      switch (section) {
        case HOSTS -> readHost(line, where);
        case CHILDREN -> readChild(line, where);
        case VARS -> readVariable(line, where);
      }
    }
  }

  /// False if this is no header: a host's name may begin with a bracket, too.
  private boolean readHeader(String line, Location where) {
    var header = HEADER.matcher(line);
    if (header.matches()) {
      var kind = header.group(2);
      enter(header.group(1), kind == null ? "hosts" : kind, where);
      return true;
    }
    if (line.endsWith("]")) {
      skipping = true;
      problems.error(
          where,
          "bad section header " + shortened(line),
          "write [group], [group:children] or [group:vars], without blanks inside the brackets");
      return true;
    }
    return false;
  }

  private void enter(String name, String kind, Location where) {
    var known = SECTIONS.get(kind);
    skipping = known == null;
    if (known == null) {
      problems.error(
          where,
          "section [%s:%s] is of an unknown kind".formatted(name, kind),
          "write [%1$s], [%1$s:children] or [%1$s:vars]".formatted(name)
              + NearNames.didYouMean(kind, SECTIONS.keySet()));
      return;
    }
    group = data.groupName(name, where);
    section = known;
    if (section == Section.VARS) {
      pending.usedByVars(group, where);
      data.addGroup(group, where);
    } else {
      data.addGroup(group, where);
      pending.declared(group);
    }
  }

  private void readChild(String line, Location where) {
    var name = GROUP_NAME.matcher(line);
    if (!name.matches()) {
      problems.error(
          where,
          "[%s:children] must list group names, one a line".formatted(group),
          "write a group's name alone on the line; hosts belong into [%s]".formatted(group));
    } else if (data.hasGroup(name.group(1))) {
      data.addChild(group, name.group(1), where);
    } else {
      pending.usedAsChild(name.group(1), group, where);
    }
  }

  private void readVariable(String line, Location where) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      problems.error(
          where,
          "[%s:vars] must list variables, one a line".formatted(group),
          "write it as name=value; hosts belong into [%s]".formatted(group));
      return;
    }
    var key = PythonText.strip(line.substring(0, equals));
    var value = PythonLiteral.valueOf(PythonText.strip(line.substring(equals + 1)));
    data.setVariable(group, key, new Variable(value, where));
  }

  private void readHost(String line, Location where) {
    List<String> words;
    try {
      words = ShellWords.split(line);
    } catch (ShellWords.Unbalanced e) {
      problems.error(
          where,
          "this host line can't be read: " + e.getMessage(),
          "close the quote, or put a backslash before a quote that is part of the value");
      return;
    }
    var pattern = words.getFirst();
    if (isWellFormed(pattern, where) && areAssignments(words, where)) {
      var hosts = data.addHosts(pattern, group, where);
      for (var word : words.subList(1, words.size())) {
        int equals = word.indexOf('=');
        var variable = new Variable(PythonLiteral.valueOf(word.substring(equals + 1)), where);
        hosts.forEach(host -> data.setVariable(host, word.substring(0, equals), variable));
      }
    }
  }

  private boolean isWellFormed(String pattern, Location where) {
    var stripped = PythonText.strip(pattern);
    if (stripped.endsWith(":")
        && HostAddress.parse(pattern, true).flatMap(HostAddress::port).isEmpty()) {
      problems.error(
          where,
          "host name %s ends in a colon".formatted(shortened(pattern)),
          "remove the colon or write a port behind it");
      return false;
    }
    if (stripped.equals("---")) {
      problems.error(
          where,
          "--- begins a YAML document, but this file is read as INI",
          "name the file .yml, or remove the line");
      return false;
    }
    return true;
  }

  private boolean areAssignments(List<String> words, Location where) {
    for (int i = 1; i < words.size(); i++) {
      if (!words.get(i).contains("=")) {
        var before = i == 1 ? words.getFirst() : words.get(i - 1).replaceFirst("=.*", "=…");
        problems.error(
            where,
            "the word behind %s is not a variable".formatted(shortened(before)),
            "write name=value without blanks around the =, and quote a value that holds blanks");
        return false;
      }
    }
    return true;
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
