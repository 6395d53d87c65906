package dev.earshot.inventory;

import dev.earshot.python.PythonNumbers;
import dev.earshot.python.Value;
import dev.earshot.yaml.YamlResolver;
import dev.earshot.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Makes values of the nodes of one file, and lists the entries of its mappings with the lines they
/// stand on.
final class YamlValues {

  /// An entry of a mapping; its line is its key's.
  record Entry(Value key, Location where, Node node) {}

  /// How many values a file may stand for once its aliases are followed.
  private static final int BUDGET = 5_000_000;

  /// How deep aliases may nest what is itself flat.
  static final int MAX_DEPTH = 500;

  private static final Tag UNSAFE = new Tag("!unsafe");
  private static final Set<Tag> PAIRS =
      Set.of(new Tag(Tag.PREFIX + "omap"), new Tag(Tag.PREFIX + "pairs"));

  private record Sized(Value value, int size) {}

  private final SourceText source;
  private final ReadSettings.DuplicateKeys duplicateKeys;
  private final Problems problems;
  private final IdentityHashMap<Node, Sized> made = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();
  private int left = BUDGET;

  YamlValues(SourceText source, ReadSettings.DuplicateKeys duplicateKeys, Problems problems) {
    this.source = source;
    this.duplicateKeys = duplicateKeys;
    this.problems = problems;
  }

  Location where(Node node) {
    return source.line(node.getStartMark().getLine() + 1);
  }

  /// The node's value; absent if it can't have one, which is reported.
  Optional<Value> value(Node node) {
    return sized(node, false).map(Sized::value);
  }

  /// The node's value, in which no text is a template.
  Optional<Value> unsafeValue(Node node) {
    return sized(node, true).map(Sized::value);
  }

  private Optional<Sized> sized(Node node, boolean unsafe) {
    var known = made.get(node);
    if (known != null && !unsafe) {
      return spend(known.size()) ? Optional.of(known) : Optional.empty();
    }
    if (open.put(node, true) != null) {
      problems.error(where(node), "this value contains itself", "remove the alias that leads back");
      return Optional.empty();
    }
    if (open.size() > MAX_DEPTH) {
      open.remove(node);
      problems.error(
          where(node),
          "aliases nest deeper than %d levels".formatted(MAX_DEPTH),
          "write it flatter");
      return Optional.empty();
    }
    boolean marked = unsafe || node.getTag().equals(UNSAFE);
    int before = left;
    var value = spend(1) ? make(node, marked) : Optional.<Value>empty();
    open.remove(node);
    var sized = value.map(each -> new Sized(each, before - left));
    sized.filter(_ -> !unsafe).ifPresent(each -> made.put(node, each));
    return sized;
  }

  private Optional<Value> make(Node node, boolean unsafe) {
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, unsafe);
      case SequenceNode sequence when isPlain(sequence, Tag.SEQ) -> {
        var items = new ArrayList<Value>();
        for (var item : sequence.getValue()) {
          sized(below(sequence, item), unsafe).map(Sized::value).ifPresent(items::add);
        }
        yield Optional.of(new Value.Sequence(items));
      }
      case MappingNode mapping when isPlain(mapping, Tag.MAP) -> {
        var entries = new LinkedHashMap<Value, Value>();
        for (var entry : entries(mapping)) {
          sized(entry.node(), unsafe).ifPresent(value -> entries.put(entry.key(), value.value()));
        }
        yield Optional.of(new Value.Mapping(entries));
      }
      case SequenceNode sequence when PAIRS.contains(sequence.getTag()) -> pairs(sequence);
      default -> unknownTag(node);
    };
  }

  /// A list of mappings with one entry each, which become lists of two.
  private Optional<Value> pairs(SequenceNode sequence) {
    var pairs = new ArrayList<Value>();
    for (var item : sequence.getValue()) {
      var entries = item instanceof MappingNode mapping ? entries(mapping) : List.<Entry>of();
      if (entries.size() != 1) {
        return unknownTag(sequence);
      }
      value(entries.getFirst().node())
          .map(value -> new Value.Sequence(List.of(entries.getFirst().key(), value)))
          .ifPresent(pairs::add);
    }
    return Optional.of(new Value.Sequence(pairs));
  }

  /// Ansible loses what is nested in a list or a mapping marked `!unsafe`, unless that is marked
  /// too: it copies the outer one before the inner ones are filled.
  private Node below(Node outer, Node inner) {
    if (!outer.getTag().equals(UNSAFE)) {
      return inner;
    }
    return switch (inner) {
      case SequenceNode list when list.getTag().equals(Tag.SEQ) && !list.getValue().isEmpty() -> {
        sayLost(list);
        yield new SequenceNode(
            Tag.SEQ, true, List.of(), list.getStartMark(), list.getEndMark(), list.getFlowStyle());
      }
      case MappingNode map when map.getTag().equals(Tag.MAP) && !map.getValue().isEmpty() -> {
        sayLost(map);
        yield new MappingNode(
            Tag.MAP, true, List.of(), map.getStartMark(), map.getEndMark(), map.getFlowStyle());
      }
      default -> inner;
    };
  }

  private void sayLost(Node node) {
    problems.warning(
        where(node),
        "Ansible drops the content of this value, because it stands in one marked !unsafe",
        "mark the strings in it instead");
  }

  private Optional<Value> scalar(ScalarNode node, boolean unsafe) {
    var value = YamlScalar.value(node);
    if (value.isEmpty()) {
      return unknownTag(node);
    }
    return value.map(each ->
        unsafe && each instanceof Value.Text(var text, _) ? new Value.Text(text, true) : each);
  }

  private Optional<Value> unknownTag(Node node) {
    if (node.getTag().equals(Tag.INT) && node instanceof ScalarNode number && isLong(number)) {
      problems.error(
          where(node),
          "this number has more than %,d digits, and Ansible refuses those"
              .formatted(PythonNumbers.MAX_DIGITS),
          "write it in quotes if it is a text");
      return Optional.empty();
    }
    var tag = node.getTag().getValue().replace(Tag.PREFIX, "!!");
    problems.error(
        where(node),
        "this value can't be read as " + tag,
        "write a plain value; of the tags only !vault and !unsafe have a meaning in inventories");
    return Optional.empty();
  }

  /// Hexadecimal digits are the most that a number needs few of.
  private static boolean isLong(ScalarNode number) {
    return number.getValue().length() > PythonNumbers.MAX_DIGITS * 4 / 5;
  }

  private static boolean isPlain(Node node, Tag tag) {
    return node.getTag().equals(tag) || node.getTag().equals(UNSAFE);
  }

  /// The entries of a mapping in order, with the merged ones (`<<`) first; of equal keys the last
  /// stands, at the place of the first.
  List<Entry> entries(MappingNode mapping) {
    if (!spend(1 + mapping.getValue().size())) {
      return List.of();
    }
    boolean opened = open.put(mapping, true) == null;
    var entries = new LinkedHashMap<Value, Entry>();
    for (var tuple : mapping.getValue()) {
      if (isMerge(tuple.getKeyNode())) {
        merge(tuple.getValueNode(), entries);
      }
    }
    var own = new LinkedHashMap<Value, Entry>();
    for (var tuple : mapping.getValue()) {
      if (!isMerge(tuple.getKeyNode())) {
        key(tuple.getKeyNode())
            .map(key ->
                new Entry(key, where(tuple.getKeyNode()), below(mapping, tuple.getValueNode())))
            .ifPresent(entry -> addOwn(entry, own));
      }
    }
    entries.putAll(own);
    if (opened) {
      open.remove(mapping);
    }
    return List.copyOf(entries.values());
  }

  private void addOwn(Entry entry, Map<Value, Entry> own) {
    var earlier = own.putIfAbsent(entry.key().asKey(), entry);
    if (earlier == null) {
      return;
    }
    own.put(entry.key().asKey(), new Entry(earlier.key(), entry.where(), entry.node()));
    var twice =
        "%s is given twice, first on line %d"
            .formatted(entry.key().asText().orElse("this key"), earlier.where().line());
    switch (duplicateKeys) {
      case WARN ->
          problems.warning(entry.where(), twice + "; the last one counts", "remove one of them");
      case ERROR -> problems.error(entry.where(), twice, "remove one of them");
      case IGNORE -> {}
    }
  }

  private void merge(Node source, Map<Value, Entry> entries) {
    var merged =
        switch (source) {
          case MappingNode one -> List.<Node>of(one);
          case SequenceNode many -> many.getValue().reversed();
          default -> List.of(source);
        };
    for (var each : merged) {
      if (!(each instanceof MappingNode mapping)) {
        problems.error(where(source), "<< must merge a mapping", "write <<: *name-of-a-mapping");
      } else if (open.containsKey(mapping) || open.size() > MAX_DEPTH) {
        problems.error(
            where(source),
            "this mapping merges itself, or too many others in turn",
            "remove the alias");
      } else {
        var found = entries(mapping);
        found.forEach(entry -> entries.put(entry.key().asKey(), entry));
      }
    }
  }

  private static boolean isMerge(Node key) {
    return key.getTag().equals(Tag.MERGE);
  }

  private Optional<Value> key(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.error(
          where(node),
          "a key must be a single value",
          "quote it if it is a template, such as \"{{ name }}\"");
      return Optional.empty();
    }
    return scalar.getTag().equals(YamlResolver.VALUE)
        ? Optional.of(new Value.Text(scalar.getValue()))
        : value(scalar);
  }

  private boolean spend(int size) {
    if (left < 0) {
      return false;
    }
    left = size > left ? -1 : left - size;
    if (left < 0) {
      problems.error(
          Location.of(source.file()),
          "aliases make this file stand for more than %,d values".formatted(BUDGET),
          "remove aliases that multiply each other");
    }
    return left >= 0;
  }
}
