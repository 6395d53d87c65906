package dev.earshot.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.earshot.python.PythonNumbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads JSON into the nodes that YAML is read into. JSON comes first, as for Ansible, because not
/// all of it is YAML 1.1: it may be indented with tabs, and `1e3` is a number in it.
final class JsonNodes {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(200)
                  .maxNumberLength(PythonNumbers.MAX_DIGITS)
                  .maxStringLength(SourceText.MAX_BYTES)
                  .build())
          .build();

  /// An object with one of these keys, whatever else it holds, stands for the value behind it.
  private static final Map<String, String> WRAPPERS =
      Map.of("__ansible_vault", "!vault", "__ansible_unsafe", "!unsafe");

  private JsonNodes() {}

  /// Absent if the text is not one JSON object.
  static Optional<Node> parse(String text) {
    if (!text.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try (var parser = JSON.createParser(text)) {
      parser.nextToken();
      var root = node(parser);
      return parser.nextToken() == null ? Optional.of(root) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Node node(JsonParser parser) throws IOException {
    var mark = mark(parser);
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, mark);
      case START_ARRAY -> {
        var items = new ArrayList<Node>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node(parser));
        }
        yield new SequenceNode(Tag.SEQ, true, items, mark, mark, FlowStyle.FLOW);
      }
      case VALUE_STRING, FIELD_NAME -> scalar(Tag.STR, parser.getText(), mark);
      case VALUE_NUMBER_INT -> scalar(Tag.INT, parser.getText(), mark);
      case VALUE_NUMBER_FLOAT -> scalar(Tag.FLOAT, real(parser.getText()), mark);
      case VALUE_TRUE, VALUE_FALSE -> scalar(Tag.BOOL, parser.getText(), mark);
      case VALUE_NULL -> scalar(Tag.NULL, parser.getText(), mark);
      case END_OBJECT, END_ARRAY, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("not JSON");
    };
  }

  private static Node mapping(JsonParser parser, Mark mark) throws IOException {
    var entries = new ArrayList<NodeTuple>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = node(parser);
      parser.nextToken();
      entries.add(new NodeTuple(key, node(parser)));
    }
    for (var entry : entries) {
      if (entry.getKeyNode() instanceof ScalarNode key && WRAPPERS.containsKey(key.getValue())) {
        return entry.getValueNode() instanceof ScalarNode value && value.getTag().equals(Tag.STR)
            ? scalar(new Tag(WRAPPERS.get(key.getValue())), value.getValue(), mark)
            : entry.getValueNode();
      }
    }
    return new MappingNode(Tag.MAP, true, entries, mark, mark, FlowStyle.FLOW);
  }

  /// JSON's number, with Python's extras in YAML's spelling.
  private static String real(String text) {
    return switch (text) {
      case "NaN" -> ".nan";
      case "Infinity", "-Infinity" -> text.replace("Infinity", ".inf");
      default -> text;
    };
  }

  private static Node scalar(Tag tag, String text, Mark mark) {
    return new ScalarNode(tag, true, text, mark, mark, ScalarStyle.DOUBLE_QUOTED);
  }

  private static Mark mark(JsonParser parser) {
    var at = parser.currentTokenLocation();
    return new Mark("json", 0, at.getLineNr() - 1, at.getColumnNr() - 1, new int[0], 0);
  }
}
