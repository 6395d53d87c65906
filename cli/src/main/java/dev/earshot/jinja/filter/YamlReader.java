package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.python.Value;
import dev.earshot.yaml.YamlComposer;
import dev.earshot.yaml.YamlResolver;
import dev.earshot.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads what `yaml.safe_load` reads, as far as it is text, numbers, dates, lists and mappings.
final class YamlReader {

  private static final int MAX_CHARACTERS = 1 << 20;

  /// SnakeYAML takes one without a document for nothing; PyYAML doesn't.
  private static final Pattern DIRECTIVE = Pattern.compile("^%", Pattern.MULTILINE);

  private final Budget budget;
  private final IdentityHashMap<Node, Obj> made = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();

  private YamlReader(Budget budget) {
    this.budget = budget;
  }

  static Obj read(String text, Budget budget) {
    return orFail(
        text,
        () ->
            YamlComposer.compose(text, MAX_CHARACTERS)
                .map(new YamlReader(budget)::value)
                .orElse(Obj.None.NONE));
  }

  static Obj readAll(String text, Budget budget) {
    return orFail(
        text,
        () ->
            new Obj.Listing(
                YamlComposer.composeAll(text, MAX_CHARACTERS).stream()
                    .map(new YamlReader(budget)::value)
                    .toList()));
  }

  private static Obj orFail(String text, Supplier<Obj> reading) {
    if (DIRECTIVE.matcher(text).find()) {
      throw new Failure("directives (%) are not supported");
    }
    try {
      return reading.get();
    } catch (YAMLException _) {
      throw new Failure("it is not YAML");
    }
  }

  private Obj value(Node node) {
    var known = made.get(node);
    if (known != null) {
      return known;
    }
    budget.enter();
    if (open.put(node, true) != null) {
      throw new Failure("a value contains itself");
    }
    var value =
        switch (node) {
          case ScalarNode scalar -> scalar(scalar);
          case SequenceNode list when list.getTag().equals(Tag.SEQ) ->
              new Obj.Listing(list.getValue().stream().map(this::value).toList());
          case MappingNode map when map.getTag().equals(Tag.MAP) -> Dict.of(entries(map));
          default -> throw unknown(node);
        };
    open.remove(node);
    made.put(node, value);
    budget.leave();
    return value;
  }

  private static Obj scalar(ScalarNode node) {
    if (!node.getTag().startsWith(Tag.PREFIX)) {
      throw unknown(node);
    }
    return switch (YamlScalar.value(node).orElseThrow(() -> unknown(node))) {
      case Value.Text(var text, _) -> new Obj.Str(text);
      case Value.Whole(var number) -> new Obj.Int(number);
      case Value.Real(var number) -> new Obj.Real(number);
      case Value.Bool(var truth) -> Obj.Bool.of(truth);
      case Value.Null _ -> Obj.None.NONE;
      case Value.Timestamp date -> new Obj.Date(date.asText().orElseThrow(), date.iso());
      case Value.Sequence _, Value.Mapping _, Value.Vaulted _ -> throw unknown(node);
    };
  }

  private static Failure unknown(Node node) {
    return new Failure(
        "a value can't be read as " + node.getTag().getValue().replace(Tag.PREFIX, "!!"));
  }

  /// What is merged (`<<`) comes first, and the mapping's own entries override it.
  private List<Dict.Entry> entries(MappingNode mapping) {
    var merged = new ArrayList<Dict.Entry>();
    var own = new ArrayList<Dict.Entry>();
    for (var tuple : mapping.getValue()) {
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        merged.addAll(merged(tuple.getValueNode()));
      } else {
        own.add(new Dict.Entry(key(tuple.getKeyNode()), value(tuple.getValueNode())));
      }
    }
    merged.addAll(own);
    budget.steps(merged.size());
    return merged;
  }

  private List<Dict.Entry> merged(Node source) {
    var sources =
        source instanceof SequenceNode many ? many.getValue().reversed() : List.of(source);
    var merged = new ArrayList<Dict.Entry>();
    for (var each : sources) {
      if (!(each instanceof MappingNode) || !(value(each) instanceof Dict dict)) {
        throw new Failure("<< must merge a mapping");
      }
      budget.steps(dict.size());
      merged.addAll(dict.entries());
    }
    return merged;
  }

  private Obj key(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw new Failure("a key must be a single value");
    }
    return scalar.getTag().equals(YamlResolver.VALUE)
        ? new Obj.Str(scalar.getValue())
        : value(scalar);
  }
}
