package dev.earshot.cli;

import dev.earshot.collect.ProbeProgram;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Probe;
import dev.earshot.evidence.Probes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The trust document: every command that Earshot would ever run on a host.
@Command(
    name = "probes",
    description = "Print every command that is run on hosts, what it reads and why.",
    mixinStandardHelpOptions = true)
final class ProbesCommand implements Callable<Integer> {

  private static final InventoryHost NEIGHBOUR =
      new InventoryHost(new HostName("neighbour"), "192.0.2.1", List.of(), Optional.empty(), "", 0);

  private final Terminal terminal;

  @Option(names = "--program", description = "Print only the program of a host without neighbours.")
  boolean program;

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      converter = WindowConverter.class,
      description =
          "Time between the two samples in that program, 0 for one sample (default: 10s).")
  Duration window = Duration.ofSeconds(10);

  @Option(names = "--deep", description = "That program as 'earshot audit --deep' has it.")
  boolean deep;

  @Mixin PolicyOptions policy = new PolicyOptions();

  ProbesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<CustomQuestion> custom = policy.read(List.of(), terminal).questions();
    if (program) {
      terminal.print(program(List.of(), custom));
      return 0;
    }
    terminal.print(
        """
        Earshot sends one program to `sh -s` on each host; it writes nothing there. The program asks
        these questions, one after the other. Those that end "at once" only read what the kernel has
        at hand; the others are ended by `timeout`, where the host has it. More output than a host has
        any reason for ends the connection. Those marked "twice" are asked at both ends of the window.
        Where the inventory has earshot_postgres, the same SQL is sent over PostgreSQL's own protocol.
        What an earshot.yml asks beside comes last, of the hosts that it is for: --config FILE shows it.

        """);
    Probes.ALL.forEach(this::print);
    custom.forEach(question -> print(question.probe()));
    terminal.print(
        """
        The whole program, as '%s' gets it on a host that has one neighbour:

        %s\
        """
            .formatted(ProbeProgram.COMMAND, program(List.of(NEIGHBOUR), custom).indent(4)));
    return 0;
  }

  private String program(List<InventoryHost> peers, List<CustomQuestion> custom) {
    return ProbeProgram.of(window, deep ? Depth.DEEP : Depth.USUAL, custom, peers).text();
  }

  private void print(Probe<?> probe) {
    terminal.print(
        """
        %s%s
          Why:   %s
          Needs: %s
          Ends:  %s

        %s
        """
            .formatted(
                probe.id(),
                probe.repeated() ? " (twice)" : "",
                probe.purpose(),
                probe.privilege().isEmpty() ? "a login, nothing more" : probe.privilege(),
                probe.deadline().isZero()
                    ? "at once"
                    : "after %d s at the latest".formatted(probe.deadline().toSeconds()),
                probe.command().indent(4)));
  }
}
