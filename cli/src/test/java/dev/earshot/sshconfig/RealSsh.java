package dev.earshot.sshconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The real OpenSSH client on this machine.
///
/// @param directory in which it runs
/// @param environment beyond `PATH`
record RealSsh(Path directory, Map<String, String> environment) {

  private static final int SECONDS = 30;

  /// Lays two folders over the user's home and the machine's configuration, for one program only.
  private static final String IN_OTHER_HOME =
      """
      mount --bind "$1" "$2" && mount --bind "$3" /etc/ssh && cd "$4" || exit 99
      shift 4; exec "$@"
      """;

  record Answer(int exit, String out, String err) {

    /// What stands behind a word at the start of lines.
    List<String> all(String word) {
      return Stream.of(out.split("\n", -1))
          .filter(line -> line.startsWith(word + " "))
          .map(line -> line.substring(word.length() + 1))
          .toList();
    }

    /// The first group of a pattern in what was said on the way.
    List<String> said(String regex) {
      return Pattern.compile(regex, Pattern.MULTILINE)
          .matcher(err)
          .results()
          .map(match -> match.group(1).stripTrailing().replace("\\\\", "\\"))
          .toList();
    }
  }

  static void assumeInstalled() {
    boolean there =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getenv().getOrDefault("PATH", ""))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "ssh")));
    assumeTrue(there, "ssh is not on PATH: nothing to compare with");
  }

  /// Whether this user may lay folders over others without anybody else seeing it.
  static boolean canHaveOtherHome() throws IOException, InterruptedException {
    try {
      var process = new ProcessBuilder("unshare", "-m", "true").start();
      return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException _) {
      return false; // not on Linux
    }
  }

  Answer run(List<String> words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("ssh"));
    command.addAll(words);
    return start(command);
  }

  /// @param home what shall lie at the home of this user
  /// @param machine what shall lie at `/etc/ssh`
  Answer runIn(Path home, Path machine, List<String> words)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", IN_OTHER_HOME, "sh"));
    command.add(home.toString());
    command.add(System.getProperty("user.home"));
    command.addAll(List.of(machine.toString(), directory.toString(), "ssh"));
    command.addAll(words);
    return start(command);
  }

  private Answer start(List<String> command) throws IOException, InterruptedException {
    var out = Files.createTempFile("ssh", ".out");
    var err = Files.createTempFile("ssh", ".err");
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv().getOrDefault("PATH", ""));
    builder.environment().putAll(environment);
    var process = builder.start();
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    var answer = new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return answer;
  }
}
