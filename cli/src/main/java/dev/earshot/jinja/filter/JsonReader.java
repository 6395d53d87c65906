package dev.earshot.jinja.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import java.io.IOException;
import java.util.ArrayList;

/// Reads what `json.loads` reads.
final class JsonReader {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final JsonParser parser;
  private final Budget budget;

  private JsonReader(JsonParser parser, Budget budget) {
    this.parser = parser;
    this.budget = budget;
  }

  static Obj read(String text, Budget budget) {
    try (var parser = JSON.createParser(text)) {
      parser.nextToken();
      var result = new JsonReader(parser, budget).value();
      if (parser.nextToken() != null) {
        throw new Failure("there is more behind the JSON");
      }
      return result;
    } catch (IOException _) {
      throw new Failure("it is not JSON");
    }
  }

  private Obj value() throws IOException {
    budget.enter();
    var token = parser.currentToken();
    if (token == null) {
      throw new Failure("it is not JSON");
    }
    var result =
        switch (token) {
          case VALUE_STRING -> new Obj.Str(parser.getText());
          case VALUE_NUMBER_INT -> new Obj.Int(parser.getBigIntegerValue());
          case VALUE_NUMBER_FLOAT -> new Obj.Real(parser.getDoubleValue());
          case VALUE_TRUE -> Obj.Bool.TRUE;
          case VALUE_FALSE -> Obj.Bool.FALSE;
          case VALUE_NULL -> Obj.None.NONE;
          case START_ARRAY -> items();
          case START_OBJECT -> entries();
          default -> throw new Failure("it is not JSON");
        };
    budget.leave();
    return result;
  }

  private Obj items() throws IOException {
    var items = new ArrayList<Obj>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return new Obj.Listing(items);
  }

  private Obj entries() throws IOException {
    var entries = new ArrayList<Dict.Entry>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = new Obj.Str(parser.currentName());
      parser.nextToken();
      entries.add(new Dict.Entry(key, value()));
    }
    return Dict.of(entries);
  }
}
