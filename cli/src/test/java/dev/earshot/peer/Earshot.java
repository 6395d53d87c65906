package dev.earshot.peer;

import dev.earshot.cli.InProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Earshot, asked what Ansible is asked.
final class Earshot {

  private Earshot() {}

  static Answer ask(Question question) {
    var environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    environment.putAll(question.env());
    var home = Path.of(environment.getOrDefault("HOME", "/"));
    var arguments = arguments(question.argv()).toArray(String[]::new);
    var answer = InProcess.run(environment, question.cwd(), home, arguments);
    return new Answer(answer.exit(), asWritten(answer.out()), answer.err());
  }

  /// The text as a file or a terminal would get it: bytes that were no UTF-8 are `?` there.
  private static String asWritten(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /// `ansible PATTERN … --list-hosts` has its pattern behind the option here.
  private static List<String> arguments(List<String> argv) {
    var arguments = new ArrayList<>(List.of("inventory"));
    if (argv.getFirst().equals("ansible-inventory")) {
      arguments.addAll(argv.subList(1, argv.size()));
    } else {
      argv.subList(2, argv.size()).stream()
          .filter(word -> !word.equals("--list-hosts"))
          .forEach(arguments::add);
      arguments.add("--list-hosts=" + argv.get(1));
    }
    return arguments;
  }
}
