package dev.earshot.connection;

import dev.earshot.config.AnsibleConfig;
import dev.earshot.config.Configured;
import dev.earshot.config.Option;
import dev.earshot.config.OptionsForConnections;
import dev.earshot.config.Origin;
import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Severity;
import dev.earshot.python.ShellWords;
import dev.earshot.sshconfig.SshArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what is wrong with the arguments of `ssh` that hosts get which have none of their own.
record CommonArguments(CommandLine given, AnsibleConfig config, SshTargets targets) {

  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    check(Optional.empty(), "", OptionsForConnections.SSH_ARGS, problems);
    check(
        given.commonArguments(),
        "--ssh-common-args",
        OptionsForConnections.SSH_COMMON_ARGS,
        problems);
    check(
        given.extraArguments(), "--ssh-extra-args", OptionsForConnections.SSH_EXTRA_ARGS, problems);
    return List.copyOf(problems);
  }

  private void check(
      Optional<String> text, String name, Option<String> option, List<Problem> problems) {
    if (text.isPresent()) {
      check(text.get(), name, Optional.empty(), problems);
      return;
    }
    Configured<String> configured = config.find(option);
    switch (configured.origin()) {
      case Origin.Default _ -> {}
      case Origin.Environment(String variable) ->
          check(configured.value(), variable, Optional.empty(), problems);
      case Origin.File(Location where) ->
          check(
              configured.value(), option.entries().getFirst().key(), Optional.of(where), problems);
    }
  }

  private void check(String text, String name, Optional<Location> where, List<Problem> problems) {
    try {
      for (var each : targets.check(SshArguments.parse(ShellWords.splitAll(text)))) {
        String message = "%s: %s: %s".formatted(name, each.where(), each.message());
        problems.add(new Problem(Severity.ERROR, where, message, each.advice()));
      }
    } catch (ShellWords.Unbalanced unbalanced) {
      String message = "%s can't be split into words: %s".formatted(name, unbalanced.getMessage());
      problems.add(new Problem(Severity.ERROR, where, message, "close the quote"));
    }
  }
}
