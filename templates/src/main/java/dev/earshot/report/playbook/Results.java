package dev.earshot.report.playbook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A play whose tasks and handlers leave their results behind, so that its end can tell whether all
/// of them got through to the host.
///
/// @param lines of the play
/// @param names of the results: variables of Ansible's
/// @param whole whether every task that could get lost leaves one: blocks leave none, and a user's
///   own tasks may be written in some other way than ours
record Results(List<String> lines, SequencedSet<String> names, boolean whole) {

  private static final String ITEM = "    -";
  private static final String KEY = "      ";
  private static final Pattern TASK = Pattern.compile(ITEM + " (?!block:)[a-z][\\w.]*:(?: .*)?");
  private static final Pattern BLOCK = Pattern.compile(KEY + "block:.*");

  /// What Ansible does without the host.
  private static final Set<String> HERE =
      Set.of(KEY + "ansible.builtin.debug:", KEY + "ansible.builtin.assert:");

  private static final Pattern REGISTERED = Pattern.compile(KEY + "register: (\\w+)");

  /// @param prefix of the names that results get that have none
  static Results of(List<String> play, String prefix) {
    List<String> lines = new ArrayList<>();
    SequencedSet<String> names = new LinkedHashSet<>();
    boolean whole = true;
    for (int at = 0; at < play.size(); ) {
      int next = at + 1;
      if (play.get(at).startsWith(ITEM)) {
        next = end(play, next);
        List<String> task = play.subList(at, next);
        lines.addAll(task);
        Optional<String> own = registered(task);
        if (!isTask(task)) {
          whole = false;
        } else if (own.isPresent()) {
          names.add(own.get());
        } else if (HERE.stream().noneMatch(task::contains)) {
          names.add(prefix + (names.size() + 1));
          lines.add(KEY + "register: " + names.getLast());
        }
      } else {
        lines.add(play.get(at));
      }
      at = next;
    }
    return new Results(List.copyOf(lines), names, whole);
  }

  /// A play as it is, which ends with a host's loss.
  static Results none(List<String> play) {
    return new Results(play, new LinkedHashSet<>(), false);
  }

  private static int end(List<String> play, int from) {
    int end = from;
    while (end < play.size() && (play.get(end).isEmpty() || play.get(end).startsWith(KEY))) {
      end++;
    }
    return end;
  }

  private static boolean isTask(List<String> lines) {
    return TASK.matcher(lines.getFirst()).matches()
        && lines.stream().noneMatch(line -> BLOCK.matcher(line).matches());
  }

  private static Optional<String> registered(List<String> task) {
    return task.stream()
        .map(REGISTERED::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .findFirst();
  }

  /// The task that fails where one of them did not get through.
  String reached() {
    return names.isEmpty()
        ? ""
        : """
                - name: The host was there all the time
                  ansible.builtin.assert:
                    that:
        %s
                    fail_msg: The host was lost in between
                    quiet: true
        """
            .formatted(
                names.stream()
                    .map("              - %s.unreachable is not defined"::formatted)
                    .collect(Collectors.joining("\n")));
  }
}
