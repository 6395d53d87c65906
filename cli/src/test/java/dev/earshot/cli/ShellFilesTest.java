package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.ssh.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Completions in real shells, and manual pages in a real formatter.
class ShellFilesTest {

  /// What picocli's function is given by a shell that completes the last word.
  private static final String IN_BASH =
      """
      source "$1"
      shift
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      _complete_earshot 2>/dev/null
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  private static final Pattern REFERENCE = Pattern.compile("(?m)^\\.BR (earshot\\S*) \\(1\\)");

  @TempDir Path folder;

  static Set<String> commands() {
    return EarshotCommand.COMMANDS.keySet();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aud                   | audit
          audit --wind          | --window
          audit --color a       | always, auto
          audit --report mark   | markdown, markdown-mdbook, markdown-plain
          report --fail-on cr   | critical
          drift --profile le    | lemmy
          checks --format m     | markdown
          completion f          | fish
          """)
  void shellsComplete(String typed, String expected) throws Exception {
    for (String shell : List.of("bash", "fish")) {
      assumeTrue(Programs.onPath(shell), shell + " is missing: apt-get install " + shell);
      assertThat(completions(shell, typed))
          .as(shell)
          .containsExactlyInAnyOrder(expected.split(", "));
    }
  }

  @Test
  void fishTellsWhatCommandsAndOptionsAreForAndCompletesIdsAndFiles() throws Exception {
    assumeTrue(Programs.onPath("fish"), "fish is missing: apt-get install fish");
    Path script = script("fish");
    Files.writeString(folder.resolve("inventory.yml"), "all:");
    assertThat(fish(script, "")).contains("audit\tAudit the hosts of an inventory");
    assertThat(fish(script, "--color never audit --win")).startsWith("--window\t");
    assertThat(fish(script, "checks postgres.ji")).isEqualTo("postgres.jit\n");
    assertThat(fish(script, "audit -i inv")).isEqualTo("inventory.yml\n");
    assertThat(fish(script, "audit aud")).isEmpty();
  }

  @Test
  void zshCompletes() throws Exception {
    assumeTrue(Programs.onPath("zsh"), "zsh is missing: apt-get install zsh");
    assumeTrue(Files.isExecutable(Pty.PYTHON), "no /usr/bin/python3, which makes terminals");
    Files.move(script("zsh"), folder.resolve("_earshot"));
    Files.writeString(
        folder.resolve(".zshrc"),
        "PROMPT='ready> '\nfpath=($PWD $fpath)\nautoload -U compinit && compinit -D -u\nearshot() { print -r -- ran:$*; exit 0 }\n");
    Pty seen =
        Pty.run(
            folder,
            "ready> ",
            "earshot aud\t--wind\t5s\n",
            "env",
            "ZDOTDIR=" + folder,
            "zsh",
            "-i");
    assertThat(seen.screen()).contains("ran:audit --window 5s").doesNotContain("command not found");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAManualPageThatFormatsCleanly(String command) throws Exception {
    assumeTrue(Programs.onPath("groff"), "groff is missing: apt-get install groff");
    Path page = Files.writeString(folder.resolve("page.1"), earshot("man", command));
    Said formatted =
        run("groff", "-ww", "-man", "-Tutf8", "-P-c", "-rLL=100n", "-rHY=0", page.toString());
    assertThat(formatted.errors()).isEmpty();
    assertThat(formatted.output().replaceAll(".\b", "").replace('‐', '-').replaceAll("\\s+", " "))
        .contains(
            "NAME earshot-" + command + " - ", "SYNOPSIS earshot " + command, "--help", "SEE ALSO");
    if (Programs.onPath("mandoc")) {
      assertThat(run("mandoc", "-Tlint", "-Werror", page.toString()).output()).isEmpty();
    }
  }

  @Test
  void aCommandsCommandHasAManualPageToo() {
    assertThat(earshot("man", "history", "show"))
        .startsWith(".TH \"EARSHOT\\-HISTORY\\-SHOW\" 1")
        .contains("earshot history show", "\\fIRUN\\fR")
        .isEqualTo(earshot("man", "history show"));
  }

  /// What is installed is what `man` finds.
  @Test
  void everyPageOfOursThatAPageNamesIsInstalled() throws IOException {
    ShareFolder.main(new String[] {folder.toString()});
    Path pages = folder.resolve("man/man1");
    Set<String> named = new TreeSet<>();
    for (String page : names(pages)) {
      REFERENCE
          .matcher(Files.readString(pages.resolve(page)))
          .results()
          .forEach(found -> named.add(found.group(1).replace("\\-", "-") + ".1"));
    }

    assertThat(named).contains("earshot-history-show.1").isSubsetOf(names(pages));
    assertThat(folder.resolve("bash-completion/completions/earshot")).isNotEmptyFile();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void theManualNamesEveryCommandAndExitCode() {
    String page = earshot("man");
    assertThat(commands())
        .allSatisfy(command -> assertThat(page).contains("\\fB" + command + "\\fR"));
    assertThat(page).contains(".SH EXIT STATUS", ".SH ENVIRONMENT", ".BR earshot\\-audit (1)");
    assertThat(InProcess.run(Map.of(), folder, folder, "man", "audti").err())
        .contains("earshot has no command audti", "audit");
    assertThat(InProcess.run(Map.of(), folder, folder, "man", "history", "shwo").err())
        .contains("earshot history has no command shwo", "show");
  }

  private List<String> completions(String shell, String typed) throws Exception {
    Path script = script(shell);
    return shell.equals("fish")
        ? fish(script, typed).lines().map(line -> line.split("\t", 2)[0]).toList()
        : run(Stream.concat(
                    Stream.of("bash", "--norc", "-c", IN_BASH, "bash", script.toString()),
                    Stream.of(("earshot " + typed).split(" ")))
                .toArray(String[]::new))
            .output()
            .lines()
            .map(String::strip)
            .toList();
  }

  private String fish(Path script, String typed) throws Exception {
    return run(
            "fish",
            "--no-config",
            "-c",
            "source $argv[1]; complete -C \"earshot $argv[2]\"",
            script.toString(),
            typed)
        .output();
  }

  private Path script(String shell) throws IOException {
    return Files.writeString(folder.resolve("earshot." + shell), earshot("completion", shell));
  }

  private String earshot(String... arguments) {
    InProcess ran = InProcess.run(Map.of(), folder, folder, arguments);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran.out();
  }

  private record Said(String output, String errors) {}

  private Said run(String... command) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return new Said(output, Files.readString(errors));
  }
}
