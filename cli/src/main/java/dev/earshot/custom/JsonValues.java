package dev.earshot.custom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.earshot.python.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// JSON from a stranger. No text in it is ever a template.
final class JsonValues {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(100).maxNumberLength(1000).build())
          .build();

  private JsonValues() {}

  /// Absent where it is not one value of JSON.
  static Optional<Value> read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return Optional.empty();
      }
      Value value = value(parser, first);
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Value value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> new Value.Text(parser.getText(), true);
      case VALUE_NUMBER_INT -> new Value.Whole(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> new Value.Real(parser.getDoubleValue());
      case VALUE_TRUE -> new Value.Bool(true);
      case VALUE_FALSE -> new Value.Bool(false);
      case VALUE_NULL -> Value.Null.NULL;
      case START_ARRAY -> new Value.Sequence(items(parser));
      case START_OBJECT -> new Value.Mapping(entries(parser));
      case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("no value begins with this");
    };
  }

  private static List<Value> items(JsonParser parser) throws IOException {
    List<Value> items = new ArrayList<>();
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.END_ARRAY) {
        return items;
      }
      items.add(value(parser, token));
    }
  }

  private static SequencedMap<Value, Value> entries(JsonParser parser) throws IOException {
    SequencedMap<Value, Value> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Value key = new Value.Text(parser.currentName(), true);
      entries.put(key, value(parser, parser.nextToken()));
    }
    return entries;
  }
}
