package dev.earshot.sshconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.sshconfig.SshArguments.Option;
import java.util.List;
import org.junit.jupiter.api.Test;

class SshArgumentsTest {

  @Test
  void whatSetsSomethingIsKeptInOrder() {
    var arguments =
        SshArguments.parse(
            List.of("-C", "-o", "Port=22", "-oUser=a", "-vp2201", "-4", "-J", "a,b", "-Fnone"));
    assertThat(arguments.options())
        .containsExactly(
            new Option('o', "Port=22"),
            new Option('o', "User=a"),
            new Option('p', "2201"),
            new Option('4', ""),
            new Option('J', "a,b"));
    assertThat(arguments.configFile()).contains("none");
    assertThat(arguments.problems()).isEmpty();
    assertThat(arguments.notes()).isEmpty();
  }

  @Test
  void whatHasNoMeaningHereIsNoted() {
    var arguments = SshArguments.parse(List.of("-W", "h:22", "-D", "1080", "-L8080:a:80", "-N"));
    assertThat(arguments.options()).isEmpty();
    assertThat(arguments.problems()).isEmpty();
    assertThat(arguments.notes())
        .containsExactly(
            "-W among the arguments of ssh means nothing to Earshot and is left out",
            "-D among the arguments of ssh means nothing to Earshot and is left out",
            "-L among the arguments of ssh means nothing to Earshot and is left out",
            "-N among the arguments of ssh means nothing to Earshot and is left out");
  }

  @Test
  void whatSshDoesNotKnowIsAProblem() {
    var arguments = SshArguments.parse(List.of("-Z", "bastion", "-", "-o"));
    assertThat(arguments.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "'bastion' among the arguments of ssh: the word stands where ssh expects its host;"
                + " put it behind its option, or delete it",
            "'-' among the arguments of ssh: the word stands where ssh expects its host;"
                + " put it behind its option, or delete it",
            "-o among the arguments of ssh: the option has no value; write one behind it",
            "-Z among the arguments of ssh: ssh has no such option; delete it");
  }
}
