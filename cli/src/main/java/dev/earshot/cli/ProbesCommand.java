package dev.earshot.cli;

import dev.earshot.evidence.Probe;
import dev.earshot.evidence.Probes;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// The trust document: every command that Earshot would ever run on a host.
@Command(
    name = "probes",
    description = "Print every command that is run on hosts, what it reads and why.",
    mixinStandardHelpOptions = true)
final class ProbesCommand implements Callable<Integer> {

  private final Terminal terminal;

  ProbesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.print(
        """
        Earshot sends one program to `sh -s` on each host; it writes nothing there. The program asks
        these questions, one after the other, each bounded in time and output. Those marked "twice"
        are asked at both ends of the window.

        """);
    Stream.concat(Probes.SAMPLED.stream(), Probes.ONCE.stream()).forEach(this::print);
    return 0;
  }

  private void print(Probe<?> probe) {
    terminal.print(
        """
        %s%s
          Why:   %s
          Needs: %s
          Ends:  after %d s at the latest

        %s
        """
            .formatted(
                probe.id(),
                probe.repeated() ? " (twice)" : "",
                probe.purpose(),
                probe.privilege().isEmpty() ? "a login, nothing more" : probe.privilege(),
                probe.deadline().toSeconds(),
                probe.command().indent(4)));
  }
}
