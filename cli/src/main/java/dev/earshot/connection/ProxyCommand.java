package dev.earshot.connection;

import dev.earshot.python.ShellWords;
import dev.earshot.sshconfig.SshArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sees that a `ProxyCommand` is only `ssh -W %h:%p bastion`, as most are: then all the hosts
/// behind that bastion can share one connection to it, where the command would make one for each.
final class ProxyCommand {

  /// The same as a jump.
  record AsJump(String destination, SshArguments arguments) {}

  private static final String PLAIN = "[\\w@%+=:,./\\[\\]\"' -]+";

  private ProxyCommand() {}

  /// Absent for anything that isn't surely the same.
  ///
  /// @param command with nothing left to expand
  /// @param host that the command should lead to
  static Optional<AsJump> asJump(String command, String host, int port) {
    if (!command.matches(PLAIN)) {
      return Optional.empty();
    }
    List<String> words;
    try {
      words = new ArrayList<>(ShellWords.splitAll(command));
    } catch (ShellWords.Unbalanced _) {
      return Optional.empty();
    }
    if (!words.isEmpty() && words.getFirst().equals("exec")) {
      words.removeFirst();
    }
    if (words.size() < 3 || !words.getFirst().matches("(/usr/bin/)?ssh")) {
      return Optional.empty();
    }
    int forward = words.indexOf("-W");
    boolean leadsThere =
        forward > 0
            && forward + 1 < words.size()
            && List.of(host + ":" + port, "[%s]:%d".formatted(host, port))
                .contains(words.get(forward + 1));
    if (!leadsThere) {
      return Optional.empty();
    }
    words.remove(forward + 1);
    words.remove(forward);
    return destination(words.subList(1, words.size()));
  }

  /// The one word that is no option may stand anywhere among them.
  private static Optional<AsJump> destination(List<String> words) {
    for (int i = words.size() - 1; i >= 0; i--) {
      String word = words.get(i);
      List<String> others = new ArrayList<>(words);
      others.remove(i);
      SshArguments arguments = SshArguments.parse(others);
      boolean usable =
          !word.startsWith("-") && arguments.problems().isEmpty() && arguments.notes().isEmpty();
      if (usable && isOwnWord(words, i)) {
        return Optional.of(new AsJump(word, arguments));
      }
    }
    return Optional.empty();
  }

  /// False for the value of an option.
  private static boolean isOwnWord(List<String> words, int index) {
    SshArguments before = SshArguments.parse(words.subList(0, index));
    return before.problems().isEmpty();
  }
}
