package dev.earshot.inventory;

import dev.earshot.yaml.YamlComposer;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/// The nodes of one YAML or JSON file, before anything is made of them.
///
/// @param root absent if the file holds nothing
/// @param json true if it is JSON
record YamlDocument(Optional<Node> root, boolean json) {

  /// Absent if the text is neither JSON nor YAML; the problem says why it isn't YAML.
  static Optional<YamlDocument> parse(SourceText source, Problems problems) {
    var json = JsonNodes.parse(source.text());
    if (json.isPresent()) {
      return Optional.of(new YamlDocument(json, true));
    }
    if (!source.utf8()) {
      problems.error(
          Location.of(source.file()), "not valid YAML: the text is not UTF-8", "save it as UTF-8");
      return Optional.empty();
    }
    try {
      return Optional.of(
          new YamlDocument(YamlComposer.compose(source.text(), SourceText.MAX_BYTES), false));
    } catch (YAMLException e) {
      problems.add(problem(source, e));
      return Optional.empty();
    }
  }

  private static Problem problem(SourceText source, YAMLException e) {
    return switch (e) {
      case MarkedYAMLException marked -> marked(source, marked);
      case ReaderException unreadable ->
          Problem.error(
              source.line(lineAt(source.text(), unreadable.getPosition())),
              "not valid YAML: it holds a character that YAML doesn't allow",
              "save the file as UTF-8 text and remove control characters");
      case YAMLException _ ->
          Problem.error(
              Location.of(source.file()),
              "not valid YAML: nested deeper than %d levels".formatted(YamlComposer.MAX_DEPTH),
              "write it flatter");
    };
  }

  private static Problem marked(SourceText source, MarkedYAMLException e) {
    var problem = e.getProblem() == null ? "" : e.getProblem();
    var context = e.getContext() == null ? "" : e.getContext();
    boolean unclosed = problem.contains("unexpected end of stream") && context.contains("quoted");
    var mark = unclosed || e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    var where = mark == null ? Location.of(source.file()) : source.line(mark.getLine() + 1);
    if (unclosed) {
      return Problem.error(
          where, "not valid YAML: a quote opens here and is never closed", "close the quote");
    }
    if (problem.contains("\\t") || problem.contains("tab")) {
      return Problem.error(
          where, "not valid YAML: a tab stands where YAML wants blanks", "indent with blanks");
    }
    if (context.contains("single document")) {
      return Problem.error(
          where, "there is more than one YAML document in the file", "remove the second ---");
    }
    return Problem.error(
        where,
        source.encrypted() ? "not valid YAML" : "not valid YAML: " + problem,
        "check indentation, colons and quotes here and on the line above");
  }

  private static int lineAt(String text, int position) {
    return 1 + (int) text.codePoints().limit(position).filter(c -> c == '\n').count();
  }
}
