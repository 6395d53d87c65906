package dev.earshot.cli;

import dev.earshot.report.json.ReportSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// The contract of the JSON report.
@Command(
    name = "schema",
    description = "Print the JSON Schema of the JSON report.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

  private final Terminal terminal;

  SchemaCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.print(ReportSchema.text());
    return 0;
  }
}
