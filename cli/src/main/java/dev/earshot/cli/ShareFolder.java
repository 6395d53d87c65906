package dev.earshot.cli;

import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Writes the manual and the completions to where packages have them below `/usr/share`. Only the
/// build runs it.
final class ShareFolder {

  private final Path folder;

  private ShareFolder(Path folder) {
    this.folder = folder;
  }

  /// Writes them.
  ///
  /// @param arguments the folder
  public static void main(String[] arguments) throws IOException {
    ShareFolder share = new ShareFolder(Path.of(arguments[0]));
    share.write("bash-completion/completions/earshot", "completion", "bash");
    share.write("zsh/site-functions/_earshot", "completion", "zsh");
    share.write("fish/vendor_completions.d/earshot.fish", "completion", "fish");
    share.manuals(
        Main.whole(terminal(new PrintWriter(Writer.nullWriter())), Surroundings.ofProcess()));
  }

  /// Those of a command and of all below it.
  private void manuals(CommandLine command) throws IOException {
    CommandSpec spec = command.getCommandSpec();
    String[] words = spec.qualifiedName(" ").split(" ", -1);
    words[0] = "man";
    write("man/man1/%s.1".formatted(spec.qualifiedName("-")), words);
    for (CommandLine below : Set.copyOf(spec.subcommands().values())) {
      manuals(below);
    }
  }

  private static Terminal terminal(PrintWriter out) {
    return new Terminal(out, out, false, false, 100);
  }

  private void write(String file, String... command) throws IOException {
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed);
    int exit = Main.run(terminal(out), Surroundings.ofProcess(), command);
    if (exit != 0) {
      throw new IOException(printed.toString());
    }
    Path to = folder.resolve(file);
    Files.createDirectories(to.getParent());
    Files.writeString(to, printed.toString());
  }
}
