package dev.earshot.cli;

import dev.earshot.demo.DemoFleet;
import dev.earshot.python.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// The incident on one machine: recorded hosts behind real SSH servers, audited like any others.
@Command(
    name = "demo",
    description = {
      "Audit the incident's recorded hosts, which SSH servers on this machine's loopback play.",
      "Options of 'earshot audit' may follow, as in: earshot demo --report markdown"
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  /// The busiest sender of the incident had three activities a second to send.
  private static final List<String> INCIDENT_ARRIVALS = List.of("--arrival-rate", "3");

  private final Terminal terminal;
  private final Surroundings surroundings;

  @Unmatched List<String> more = new ArrayList<>();

  DemoCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (DemoFleet fleet = DemoFleet.start("postmortem")) {
      List<String> arguments = new ArrayList<>(fleet.auditArguments());
      if (!names(more, "-l", "--limit")) {
        arguments.addAll(fleet.limit());
      }
      if (!names(more, "--window")) {
        arguments.addAll(fleet.window());
      }
      if (!names(more, "--arrival-rate")) {
        arguments.addAll(INCIDENT_ARRIVALS);
      }
      if (!names(more, "--history", "--no-history")) {
        arguments.add("--no-history");
      }
      arguments.addAll(more);
      terminal.progress("%d recorded hosts answer on 127.0.0.1. Running:".formatted(fleet.size()));
      terminal.progress("  earshot " + String.join(" ", arguments));
      return Main.run(terminal, surroundings, arguments.toArray(String[]::new));
    }
  }

  private static boolean names(List<String> arguments, String... options) {
    return arguments.stream()
        .anyMatch(argument ->
            Stream.of(options).anyMatch(option -> argument.split("=", 2)[0].equals(option)));
  }
}
