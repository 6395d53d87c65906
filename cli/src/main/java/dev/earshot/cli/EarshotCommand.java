package dev.earshot.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

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
    subcommands = {
      AuditCommand.class,
      InventoryCommand.class,
      ReportCommand.class,
      ChecksCommand.class,
      ProbesCommand.class,
      SchemaCommand.class,
      DemoCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 clean; 1 findings at or above --fail-on; 2 wrong use or unreadable input;",
      "3 something could not be asked and nothing failed."
    })
final class EarshotCommand {

  /// `earshot 0.1.0`
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"earshot " + Main.version()};
    }
  }
}
