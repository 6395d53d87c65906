package dev.earshot.peer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The `case.yml` of a case. An unknown key, or a missing one, is an error.
///
/// @param shows what the case shows, in a sentence
/// @param run the commands, each run in its own copy of the folder. Words with blanks in them stand
///   in single quotes; `ansible` is followed by its pattern
/// @param environment variables of the environment. A folder `home` is the user's home
/// @param executable files with the executable bit
/// @param folders empty folders, which version control would not keep
/// @param links symbolic links and where they lead
/// @param order `any` where the order of lines changes from run to run
/// @param ours what Earshot does instead, where it knowingly differs
record InventoryCase(
    String shows,
    List<String> run,
    Map<String, String> environment,
    List<String> executable,
    List<String> folders,
    Map<String, String> links,
    String order,
    @Nullable Ours ours) {

  static final String FILE = "case.yml";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern WORD = Pattern.compile("\\G\\s*(?:'([^']*)'|([^\\s']+))(?=\\s|$)");

  /// @param exit the exit code
  /// @param prints a piece of what is printed
  /// @param because why that is better
  record Ours(int exit, String prints, String because) {
    Ours {
      require(prints, "ours.prints");
      require(because, "ours.because");
    }
  }

  InventoryCase {
    require(shows, "shows");
    run = List.copyOf(orElse(run, List.of()));
    environment = Map.copyOf(orElse(environment, Map.of()));
    executable = List.copyOf(orElse(executable, List.of()));
    folders = List.copyOf(orElse(folders, List.of()));
    links = Map.copyOf(orElse(links, Map.of()));
    order = orElse(order, "same");
    if (run.isEmpty() || !List.of("same", "any").contains(order)) {
      throw new IllegalArgumentException("run needs a command, and order is same or any");
    }
    run.forEach(InventoryCase::words);
  }

  static InventoryCase read(Path folder) throws IOException {
    var file = folder.resolve(FILE);
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      Object content = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
      return JSON.convertValue(content, InventoryCase.class);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  boolean inAnyOrder() {
    return order.equals("any");
  }

  /// The words of a command.
  static List<String> words(String command) {
    var words = new ArrayList<String>();
    var matcher = WORD.matcher(command);
    int end = 0;
    while (matcher.find()) {
      words.add(Objects.requireNonNullElse(matcher.group(1), matcher.group(2)));
      end = matcher.end();
    }
    boolean known = !words.isEmpty() && words.getFirst().matches("ansible|ansible-inventory");
    if (end != command.stripTrailing().length() || !known) {
      throw new IllegalArgumentException("not a command: " + command);
    }
    return words;
  }

  private static void require(@Nullable String value, String key) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(key + " is missing");
    }
  }

  private static <T> T orElse(@Nullable T value, T other) {
    return Objects.requireNonNullElse(value, other);
  }
}
