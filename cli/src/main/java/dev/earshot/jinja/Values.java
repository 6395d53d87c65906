package dev.earshot.jinja;

import dev.earshot.jinja.runtime.Dict;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.python.Value;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// From the values of variables to the objects of expressions, and back.
final class Values {

  private Values() {}

  /// A value in which nothing is a template. Lists are converted as they are read, because `groups`
  /// may be long.
  static Obj plain(Value value) {
    return switch (value) {
      case Value.Text(var text, var unsafe) -> new Obj.Str(text, unsafe, false);
      case Value.Whole(var number) -> new Obj.Int(number);
      case Value.Real(var number) -> new Obj.Real(number);
      case Value.Bool(var truth) -> Obj.Bool.of(truth);
      case Value.Null _ -> Obj.None.NONE;
      case Value.Timestamp date -> new Obj.Date(date.asText().orElseThrow(), date.iso());
      case Value.Sequence(var items) -> new Obj.Listing(new PlainList(items));
      case Value.Mapping(var entries) ->
          Dict.of(
              entries.entrySet().stream()
                  .map(entry -> new Dict.Entry(plain(entry.getKey()), plain(entry.getValue())))
                  .toList());
      case Value.Vaulted _ -> new Obj.Undefined("it is encrypted with Ansible Vault", false);
    };
  }

  private static final class PlainList extends AbstractList<Obj> {
    private final List<Value> values;

    PlainList(List<Value> values) {
      this.values = values;
    }

    @Override
    public Obj get(int index) {
      return plain(values.get(index));
    }

    @Override
    public int size() {
      return values.size();
    }
  }

  /// True if there is an `!unsafe` text anywhere in it.
  static boolean isUnsafe(Obj object) {
    return switch (object) {
      case Obj.Str str -> str.unsafe();
      case Obj.Listing list -> list.items().stream().anyMatch(Values::isUnsafe);
      case Dict dict -> dict.entries().stream().anyMatch(entry -> isUnsafe(entry.value()));
      default -> false;
    };
  }

  /// The same with all its texts marked `!unsafe`.
  static Obj unsafe(Obj object) {
    return switch (object) {
      case Obj.Str str -> new Obj.Str(str.text(), true, str.kept());
      case Obj.Listing(var items) -> new Obj.Listing(items.stream().map(Values::unsafe).toList());
      case Obj.Tuple(var items) -> new Obj.Tuple(items.stream().map(Values::unsafe).toList());
      case Dict dict ->
          Dict.of(
              dict.entries().stream()
                  .map(entry -> new Dict.Entry(unsafe(entry.key()), unsafe(entry.value())))
                  .toList());
      default -> object;
    };
  }

  static Value value(Obj object) {
    return switch (object) {
      case Obj.Str str -> new Value.Text(str.text(), str.unsafe());
      case Obj.Int(var number) -> new Value.Whole(number);
      case Obj.Real(var number) -> new Value.Real(number);
      case Obj.Bool bool -> new Value.Bool(bool.truth());
      case Obj.None _ -> Value.Null.NULL;
      case Obj.Date date -> new Value.Timestamp(date.iso());
      case Obj.Items items ->
          new Value.Sequence(items.items().stream().map(Values::value).toList());
      case Dict dict -> {
        var entries = new LinkedHashMap<Value, Value>();
        dict.entries().forEach(entry -> entries.put(value(entry.key()), value(entry.value())));
        yield new Value.Mapping(entries);
      }
      case Obj.Undefined undefined -> throw undefined.failure();
      case Obj.LazyMapping _, Obj.WithAttributes _, Obj.Function _ ->
          throw new Failure("a " + object.type() + " is not a value");
    };
  }

  /// The first thing in it that is undefined or locked.
  static Optional<Obj.Undefined> undefinedIn(Obj object) {
    return switch (object) {
      case Obj.Undefined undefined -> Optional.of(undefined);
      case Obj.Range _ -> Optional.empty();
      case Obj.Items items ->
          items.items().stream().flatMap(item -> undefinedIn(item).stream()).findFirst();
      case Dict dict ->
          dict.entries().stream().flatMap(each -> undefinedIn(each.value()).stream()).findFirst();
      default -> Optional.empty();
    };
  }
}
