package dev.earshot.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// Makes nodes of text. Aliases stay what they are, the same node again: whoever follows them
/// bounds what they expand to. Failures are SnakeYAML's.
public final class YamlComposer {

  public static final int MAX_DEPTH = 200;

  private static final Pattern ANCHOR = Pattern.compile("[A-Za-z0-9_-]+");

  // Shared, as a fleet has thousands of small files and making it takes longer than reading one.
  private static final YamlResolver RESOLVER = new YamlResolver();

  private YamlComposer() {}

  /// Absent if the text holds nothing.
  ///
  /// @param limit how many characters a text may have
  public static Optional<Node> compose(String text, int limit) {
    return Optional.ofNullable(composer(text, limit).getSingleNode());
  }

  /// All documents of a text, in order.
  public static List<Node> composeAll(String text, int limit) {
    var composer = composer(text, limit);
    var documents = new ArrayList<Node>();
    while (composer.checkNode()) {
      documents.add(composer.getNode());
    }
    return documents;
  }

  private static Composer composer(String text, int limit) {
    var options = new LoaderOptions();
    options.setCodePointLimit(limit);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setTagInspector(_ -> true); // whoever reads the nodes knows which tags mean something
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    if (text.indexOf('&') >= 0) {
      check(parser(text, options));
    }
    return new Composer(parser(text, options), RESOLVER, options);
  }

  private static ParserImpl parser(String text, LoaderOptions options) {
    return new ParserImpl(new StreamReader(text), options);
  }

  /// What SnakeYAML takes and PyYAML doesn't, or reads as something else.
  private static void check(ParserImpl events) {
    var seen = new HashSet<String>();
    while (events.peekEvent() != null) {
      switch (events.getEvent()) {
        case DocumentStartEvent _ -> seen.clear();
        case AliasEvent _ -> {}
        case NodeEvent node -> checkAnchor(node, seen);
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
