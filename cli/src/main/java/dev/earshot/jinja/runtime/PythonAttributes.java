package dev.earshot.jinja.runtime;

import java.util.Set;

/// Which attributes Python's own types have: a name among them is never the key of a mapping, and
/// one that isn't supported must not look as if it were missing.
final class PythonAttributes {

  private static final Set<String> STR =
      Set.of(
          "capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill"
              .split(" ", -1));
  private static final Set<String> LIST =
      Set.of("append clear copy count extend index insert pop remove reverse sort".split(" ", -1));
  private static final Set<String> DICT =
      Set.of(
          "clear copy fromkeys get items keys pop popitem setdefault update values".split(" ", -1));
  private static final Set<String> INT =
      Set.of(
          "as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag numerator real to_bytes"
              .split(" ", -1));
  private static final Set<String> FLOAT =
      Set.of("as_integer_ratio conjugate fromhex hex imag is_integer real".split(" ", -1));

  private PythonAttributes() {}

  static boolean has(Obj object, String name) {
    return switch (object) {
      case Obj.Str _ -> STR.contains(name);
      case Obj.Listing _ -> LIST.contains(name);
      case Obj.Tuple _ -> name.equals("count") || name.equals("index");
      case Obj.Mapping _ -> DICT.contains(name);
      case Obj.Int _, Obj.Bool _ -> INT.contains(name);
      case Obj.Real _ -> FLOAT.contains(name);
      case Obj.Range _ -> Set.of("count", "index", "start", "step", "stop").contains(name);
      case Obj.View _ -> name.equals("isdisjoint") || name.equals("mapping");
      case Obj.Date _ -> true;
      case Obj.None _, Obj.WithAttributes _, Obj.Function _, Obj.Undefined _ -> false;
    };
  }
}
