package dev.earshot.cli;

import dev.earshot.policy.PolicySchema;
import dev.earshot.report.json.ReportSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The contracts of the JSON reports.
@Command(
    name = "schema",
    description = "Print the JSON Schema of the JSON report.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(names = "--plan", description = "That of a plan's report.")
  boolean plan;

  @Option(names = "--drift", description = "That of a drift's report.")
  boolean drift;

  @Option(names = "--config", description = "That of earshot.yml, for editors that complete by it.")
  boolean config;

  SchemaCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.print(
        config
            ? PolicySchema.text()
            : plan ? ReportSchema.plan() : drift ? ReportSchema.drift() : ReportSchema.text());
    return 0;
  }
}
