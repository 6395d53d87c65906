package dev.earshot.jinja.runtime;

import java.math.BigInteger;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;

/// An object of Python, as far as expressions meet them.
public sealed interface Obj {

  /// Text.
  ///
  /// @param unsafe came from an `!unsafe` text
  /// @param kept stays text where Ansible would otherwise read it as a list, mapping or boolean
  record Str(String text, boolean unsafe, boolean kept) implements Obj {
    public Str(String text) {
      this(text, false, false);
    }
  }

  record Int(BigInteger number) implements Obj {
    public Int(long number) {
      this(BigInteger.valueOf(number));
    }
  }

  record Real(double number) implements Obj {}

  enum Bool implements Obj {
    FALSE,
    TRUE;

    public static Bool of(boolean truth) {
      return truth ? TRUE : FALSE;
    }

    public boolean truth() {
      return this == TRUE;
    }
  }

  enum None implements Obj {
    NONE
  }

  /// A date or a time, of which no more is known than its text.
  record Date(String text, String iso) implements Obj {}

  /// What has items in an order.
  sealed interface Items extends Obj {
    List<Obj> items();
  }

  record Listing(List<Obj> items) implements Items {}

  record Tuple(List<Obj> items) implements Items {
    public Tuple(Obj first, Obj second) {
      this(List.of(first, second));
    }
  }

  /// What `keys()`, `values()` and `items()` return: it has no subscripts.
  record View(String name, List<Obj> items) implements Items {}

  record Range(long start, long stop, long step, int size) implements Items {
    @Override
    public List<Obj> items() {
      return new AbstractList<>() {
        @Override
        public Obj get(int index) {
          return new Int(start + index * step);
        }

        @Override
        public int size() {
          return size;
        }
      };
    }
  }

  /// What maps keys to objects.
  sealed interface Mapping extends Obj permits Dict, LazyMapping {
    Optional<Obj> get(Obj key);

    List<Obj> keys();

    int size();
  }

  /// A mapping that makes its objects when they are asked for, like `hostvars`.
  non-sealed interface LazyMapping extends Mapping {}

  /// An object with attributes and nothing else, like `loop`.
  non-sealed interface WithAttributes extends Obj {
    Optional<Obj> attribute(String name);
  }

  @FunctionalInterface
  interface Body {
    Obj call(Arguments arguments);
  }

  /// A function or a method.
  record Function(String name, Body body) implements Obj {}

  /// What was looked up and isn't there, or can't be opened. Any use of it fails, except to ask
  /// whether it is there.
  ///
  /// @param missing false if it is there, but locked
  record Undefined(String message, boolean missing) implements Obj {
    public Undefined(String message) {
      this(message, true);
    }

    /// What an inline `if` without `else` leaves: it prints nothing, and is false.
    public static final Undefined NO_ELSE =
        new Undefined("the inline if has no else and its condition is false");

    public Failure failure() {
      return missing ? new Failure.OfUndefined(message) : new Failure(message);
    }
  }

  /// What it is, as Jinja2's own messages say it: `dict object`.
  default String type() {
    return switch (this) {
      case Str _ -> "str";
      case Int _ -> "int";
      case Real _ -> "float";
      case Bool _ -> "bool";
      case None _ -> "None";
      case Date _ -> "date";
      case Listing _ -> "list";
      case Tuple _ -> "tuple";
      case View view -> view.name();
      case Range _ -> "range";
      case Mapping _ -> "dict";
      case WithAttributes _ -> "object";
      case Function _ -> "function";
      case Undefined _ -> "undefined";
    };
  }
}
