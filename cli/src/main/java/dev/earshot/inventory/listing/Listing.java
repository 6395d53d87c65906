package dev.earshot.inventory.listing;

import dev.earshot.inventory.Group;
import dev.earshot.inventory.Host;
import dev.earshot.vault.Vault;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/// Writes what `ansible-inventory` prints, while it is made: nothing is held in memory as a whole.
/// Only YAML ends with a line break.
///
/// @param format of lists and of single hosts
public record Listing(Format format) {

  /// The forms that lists come in.
  public enum Format {
    JSON,
    YAML
  }

  /// What stands instead of an order that Python doesn't have.
  public static final String UNSORTED =
      "keys of one mapping are of several kinds, which have no order: nothing is sorted";

  /// All that is shown, as with `--list`.
  ///
  /// @return a warning, if there is one
  public Optional<String> all(Shown shown, Writer out) throws IOException {
    return switch (format) {
      case JSON -> json(shown, JsonTree.of(shown), out);
      case YAML -> {
        YamlWriter.write(YamlTree.of(shown), out);
        yield Optional.empty();
      }
    };
  }

  /// The variables of one host, as with `--host`.
  ///
  /// @return a warning, if there is one
  public Optional<String> one(Shown shown, Host host, Writer out) throws IOException {
    var node = Shown.branch(shown.variables(host));
    return switch (format) {
      case JSON -> json(shown, node, out);
      case YAML -> {
        YamlWriter.write(node, out);
        yield Optional.empty();
      }
    };
  }

  private static Optional<String> json(Shown shown, Node node, Writer out) throws IOException {
    new JsonWriter(out, shown.isSortable()).write(node);
    return shown.isSortable() ? Optional.empty() : Optional.of(UNSORTED);
  }

  /// The groups below one as a tree, as with `--graph`.
  ///
  /// @param vault opens values that are encrypted; absent if variables are not shown
  /// @return a warning, if there is one
  public static Optional<String> graph(Shown shown, Group root, Optional<Vault> vault, Writer out)
      throws IOException {
    var values = vault.map(PythonStr::new);
    new Graph(shown, values, out).write(root);
    return values
        .flatMap(PythonStr::locked)
        .map(reason -> "values are shown as %s: %s".formatted(PythonStr.VAULTED, reason));
  }
}
