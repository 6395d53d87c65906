package dev.earshot.yaml;

import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.representer.Representer;

/// Makes nodes of text. Aliases stay what they are, the same node again: whoever follows them
/// bounds what they expand to. Failures are SnakeYAML's.
public final class YamlComposer {

  public static final int MAX_DEPTH = 200;

  private static final Pattern SUSPECT = Pattern.compile("&|!(?=\\s|$)");
  private static final Pattern ANCHOR = Pattern.compile("[A-Za-z0-9_-]+");

  private YamlComposer() {}

  /// Absent if the text holds nothing.
  ///
  /// @param limit how many characters a text may have
  public static Optional<Node> compose(String text, int limit) {
    return Optional.ofNullable(yaml(text, limit).compose(new StringReader(text)));
  }

  /// All documents of a text, in order.
  public static List<Node> composeAll(String text, int limit) {
    var documents = yaml(text, limit).composeAll(new StringReader(text));
    return StreamSupport.stream(documents.spliterator(), false).toList();
  }

  private static Yaml yaml(String text, int limit) {
    var options = new LoaderOptions();
    options.setCodePointLimit(limit);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setTagInspector(_ -> true); // whoever reads the nodes knows which tags mean something
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    var dumping = new DumperOptions();
    var yaml =
        new Yaml(
            new SafeConstructor(options),
            new Representer(dumping),
            dumping,
            options,
            new YamlResolver());
    if (SUSPECT.matcher(text).find()) {
      check(yaml, text);
    }
    return yaml;
  }

  /// What SnakeYAML takes and PyYAML doesn't, or reads as something else.
  private static void check(Yaml yaml, String text) {
    var seen = new HashSet<String>();
    for (var event : yaml.parse(new StringReader(text))) {
      switch (event) {
        case DocumentStartEvent _ -> seen.clear();
        case AliasEvent _ -> {}
        case NodeEvent node -> {
          checkAnchor(node, seen);
          if (node instanceof ScalarEvent scalar && "!".equals(scalar.getTag())) {
            throw new Unreadable("a tag (!) without a name stands here", node.getStartMark());
          }
        }
        default -> {}
      }
    }
  }

  private static void checkAnchor(NodeEvent node, Set<String> seen) {
    if (node.getAnchor() == null) {
      return;
    }
    if (!ANCHOR.matcher(node.getAnchor()).matches()) {
      throw new Unreadable(
          "an anchor (&) has a name of letters, digits, - and _", node.getStartMark());
    }
    if (!seen.add(node.getAnchor())) {
      throw new Unreadable(
          "this anchor (&) was given to another value before", node.getStartMark());
    }
  }

  private static final class Unreadable extends MarkedYAMLException {
    Unreadable(String problem, Mark mark) {
      super(null, null, problem, mark);
    }
  }
}
