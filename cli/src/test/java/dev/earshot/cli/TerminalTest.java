package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.vault.Armoured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Earshot at a real terminal, with somebody who types.
@Timeout(120)
class TerminalTest {

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    assumeTrue(Files.isExecutable(Pty.PYTHON), "no /usr/bin/python3, which makes terminals");
    var vaulted = Armoured.PLAIN_TEXT.strip().replace("\n", "\n        ");
    Files.writeString(
        folder.resolve("hosts.yml"),
        "all:\n  hosts:\n    \"h\\ec1\":\n      ansible_user: !vault |\n        " + vaulted);
    Pty.earshot(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "-J, Vault password: ",
    "--vault-id prod@prompt, Vault password (prod): ",
    "--vault-id prompt, Vault password (default): "
  })
  void asksForAPasswordWithoutShowingIt(String options, String question) throws IOException {
    var seen = earshot(question.strip(), Armoured.PASSWORD, "--graph --vars " + options);
    assertThat(seen.exit()).isZero();
    assertThat(seen.screen())
        .contains(question.strip(), "{ansible_user = ")
        .doesNotContain(Armoured.PASSWORD, "(vaulted)", "\u001b")
        .contains("h?c1");
  }

  @Test
  void asksWhereTheOutputGoesElsewhereAndLeavesTheTerminalAsItWas() throws IOException {
    var seen = earshot("password:", Armoured.PASSWORD, "--graph --vars -J > out; stty -a");
    assertThat(seen.screen()).doesNotContain(Armoured.PASSWORD, "-echo ").contains(" echo ");
    assertThat(Files.readString(folder.resolve("out"))).contains("h\u001bc1", "ansible_user =");
  }

  @Test
  void saysThatAPasswordIsMissing() throws IOException {
    var empty = earshot("password:", "", "--graph --vars -J");
    assertThat(empty.exit()).isEqualTo(2);
    assertThat(empty.screen()).contains("the password is empty; type the password");
    var wrong = earshot("password:", "wrong", "--graph --vars -J");
    assertThat(wrong.screen())
        .contains("warning: values are shown as (vaulted): none of the vault passwords given")
        .doesNotContain("wrong");
    var nobody = earshot("never asked", "", "--graph -J < /dev/null", "setsid -w ");
    assertThat(nobody.exit()).isEqualTo(2);
    assertThat(nobody.screen()).contains("nobody could be asked for it; run this in a terminal");
  }

  @Test
  void anInterruptEndsWhatAScriptStarted() throws Exception {
    var script = "#!/bin/sh\nsleep 300 &\necho $! > pid\nsleep 0.5\necho ready > /dev/tty\nwait\n";
    var file = Files.writeString(folder.resolve("script"), script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    var seen =
        Pty.run(folder, "ready", "\u0003", "./earshot", "inventory", "-i", "script", "--list");
    assertThat(seen.exit()).isEqualTo(130);
    var child = ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip()));
    for (int i = 0; i < 100 && child.map(ProcessHandle::isAlive).orElse(false); i++) {
      Thread.sleep(50);
    }
    assertThat(child.map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  @Test
  void progressIsOneLineThatIsGoneAtTheEnd() throws IOException {
    var seen =
        Pty.run(
            folder,
            "done",
            "",
            "env",
            "TERM=xterm",
            "JAVA_OPTIONS=-Dearshot.status.columns=80",
            "sh",
            "-c",
            "./earshot demo --report nagios; echo done");
    String line = "\r\u001b[?7l";
    assertThat(seen.screen())
        .contains(line + "░░░░░░░░░░░░░░░░░░░░ 0 of 5 hosts · logging in · about ")
        .containsPattern("\r\u001b\\[KEARSHOT CRITICAL: backend1 is");
    String last = seen.screen().substring(seen.screen().lastIndexOf("\u001b[?7h"));
    assertThat(last).startsWith("\u001b[?7h\r\u001b[K").doesNotContain(" of 5 hosts");
    var dumb =
        Pty.run(
            folder,
            "done",
            "",
            "env",
            "TERM=dumb",
            "JAVA_OPTIONS=-Dearshot.status.columns=80",
            "sh",
            "-c",
            "./earshot demo --report nagios; echo done");
    assertThat(dumb.screen()).contains("EARSHOT CRITICAL").doesNotContain("\u001b", " of 5 hosts");
  }

  @Test
  void coloursAndWidthAreAsAskedFor() throws IOException {
    String report = "report " + Path.of("../inventory-samples/postmortem/recorded").toRealPath();
    var wide =
        Pty.run(
            folder,
            "done",
            "",
            "env",
            "TERM=xterm",
            "COLUMNS=60",
            "JAVA_OPTIONS=-Dearshot.terminal=true",
            "sh",
            "-c",
            "./earshot "
                + report
                + " --color never; ./earshot "
                + report
                + " --color always > out; echo done");
    assertThat(wide.screen()).doesNotContain("\u001b");
    assertThat(wide.screen().lines().takeWhile(line -> !line.contains("by hand")))
        .hasSizeGreaterThan(10)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
    assertThat(Files.readString(folder.resolve("out"))).contains("\u001b[1;97;41m");
  }

  private Pty earshot(String question, String answer, String arguments) throws IOException {
    return earshot(question, answer, arguments, "");
  }

  private Pty earshot(String question, String answer, String arguments, String through)
      throws IOException {
    return Pty.run(
        folder,
        question,
        answer + "\n",
        "sh",
        "-c",
        through + "./earshot inventory -i hosts.yml " + arguments);
  }
}
