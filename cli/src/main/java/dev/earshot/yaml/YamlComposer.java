package dev.earshot.yaml;

import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.representer.Representer;

/// Makes nodes of text. Aliases stay what they are, the same node again: whoever follows them
/// bounds what they expand to. Failures are SnakeYAML's.
public final class YamlComposer {

  public static final int MAX_DEPTH = 200;

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
    if (text.indexOf('&') >= 0) {
      checkAnchors(yaml, text);
    }
    return yaml;
  }

  /// Unlike SnakeYAML, PyYAML takes no anchor twice.
  private static void checkAnchors(Yaml yaml, String text) {
    var seen = new HashSet<String>();
    for (var event : yaml.parse(new StringReader(text))) {
      if (event instanceof DocumentStartEvent) {
        seen.clear();
      }
      boolean again =
          event instanceof NodeEvent node
              && !(node instanceof AliasEvent)
              && node.getAnchor() != null
              && !seen.add(node.getAnchor());
      if (again) {
        throw new AnchorTwice(event.getStartMark());
      }
    }
  }

  private static final class AnchorTwice extends MarkedYAMLException {
    AnchorTwice(Mark mark) {
      super(null, null, "this anchor (&) was given to another value before", mark);
    }
  }
}
