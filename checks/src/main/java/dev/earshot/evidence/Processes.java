package dev.earshot.evidence;

/// How a guard finds out whether a program runs: by the kernel's list of processes, which the probe
/// program keeps, and without starting one.
///
/// A list without process 1 is not the whole one: the host hides other users' processes, or has
/// more of them than a command line takes. Then nothing is known of what is not on it.
final class Processes {

  /// The list: a process to a line, its name in parentheses.
  static final String LIST = "${EARSHOT_PROCESSES-$(cat /proc/[0-9]*/stat 2>/dev/null)}";

  /// The patterns of a list that has them all.
  static final String WHOLE = "'1 ('* | *'\n1 ('*";

  private Processes() {}

  /// Shell code for a loop over `pid`s of the list: goes on with the next where the process has
  /// another name. A name may hold line breaks, and so forge a line of the list.
  ///
  /// @param name as a word of the shell
  static String elseContinue(String name) {
    return """
    case $pid in '' | *[!0-9]*) continue ;; esac
    comm=
    read -r comm 2>/dev/null <"/proc/$pid/comm"
    [ "$comm" = NAME ] || continue
    """
        .replace("NAME", name);
  }

  /// Shell code for a function that returns where none of some programs is seen to run.
  ///
  /// @param names as the kernel has them, 15 characters at most, with the parenthesis that ends
  ///   them; without it, any that begin so
  static String elseReturn(String... names) {
    StringBuilder patterns = new StringBuilder();
    for (String name : names) {
      patterns.append(patterns.isEmpty() ? "" : " | ").append("*'(%s'*".formatted(name));
    }
    return """
    case %s in
      %s) ;;
      %s) return 44 ;;
      *) echo "which programs run is hidden from the login user: audit with become"; return 45 ;;
    esac
    """
        .formatted(LIST, patterns, WHOLE);
  }
}
