package dev.earshot.cli;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The root of all commands; does nothing by itself.
@Command(
    name = "earshot",
    description = {
      "Is your database within earshot of your backend?",
      "Reads an Ansible inventory, looks at the hosts over SSH without installing anything on them, and says what stands between them."
    },
    versionProvider = EarshotCommand.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 clean; 1 findings at or above --fail-on; 2 wrong use or unreadable input;",
      "3 something could not be asked and nothing failed; 4 drift."
    })
final class EarshotCommand {

  /// Obeyed before the command line is parsed: see [ColourChoice#of].
  @Option(
      names = ColourChoice.OPTION,
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description =
          "Colours: ${COMPLETION-CANDIDATES} (default: auto, which is at a terminal, unless NO_COLOR, CLICOLOR_FORCE or TERM=dumb say otherwise).")
  ColourChoice colours = ColourChoice.AUTO;

  /// The commands below it, in the order in which help lists them.
  static final SequencedMap<String, Class<?>> COMMANDS = commands();

  /// `earshot 0.1.0`
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"earshot " + Main.version()};
    }
  }

  private static SequencedMap<String, Class<?>> commands() {
    SequencedMap<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("ping", PingCommand.class);
    commands.put("audit", AuditCommand.class);
    commands.put("plan", PlanCommand.class);
    commands.put("drift", DriftCommand.class);
    commands.put("history", HistoryCommand.class);
    commands.put("inventory", InventoryCommand.class);
    commands.put("report", ReportCommand.class);
    commands.put("collect", CollectCommand.class);
    commands.put("merge", MergeCommand.class);
    commands.put("checks", ChecksCommand.class);
    commands.put("probes", ProbesCommand.class);
    commands.put("schema", SchemaCommand.class);
    commands.put("demo", DemoCommand.class);
    commands.put("completion", CompletionCommand.class);
    commands.put("man", ManCommand.class);
    commands.put("help", HelpCommand.class);
    return commands;
  }
}
