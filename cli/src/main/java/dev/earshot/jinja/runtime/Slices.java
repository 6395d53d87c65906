package dev.earshot.jinja.runtime;

import java.util.ArrayList;
import java.util.List;

/// `sequence[from:to:step]`
public final class Slices {

  private Slices() {}

  static String character(String text, int index) {
    int from = text.offsetByCodePoints(0, index);
    return text.substring(from, text.offsetByCodePoints(from, 1));
  }

  /// Bounds are integers or None.
  public static Obj slice(Obj sequence, Obj from, Obj to, Obj step) {
    return switch (sequence) {
      case Obj.Str str -> {
        var points = str.text().codePoints().toArray();
        var out = new StringBuilder();
        indices(points.length, from, to, step).forEach(i -> out.appendCodePoint(points[i]));
        yield new Obj.Str(out.toString());
      }
      case Obj.Listing list -> new Obj.Listing(chosen(list.items(), from, to, step));
      case Obj.Tuple tuple -> new Obj.Tuple(chosen(tuple.items(), from, to, step));
      case Obj.Undefined _ -> sequence;
      default -> throw new Failure("a " + sequence.type() + " can't be sliced");
    };
  }

  private static List<Obj> chosen(List<Obj> items, Obj from, Obj to, Obj step) {
    return indices(items.size(), from, to, step).stream().map(items::get).toList();
  }

  private static List<Integer> indices(int size, Obj from, Obj to, Obj stepping) {
    int step = stepping instanceof Obj.None ? 1 : Numbers.index(stepping);
    if (step == 0) {
      throw new Failure("the step of a slice can't be zero");
    }
    int first = bound(from, size, step > 0 ? 0 : size - 1, step);
    int end = bound(to, size, step > 0 ? size : -1, step);
    var indices = new ArrayList<Integer>();
    for (long i = first; step > 0 ? i < end : i > end; i += step) {
      indices.add((int) i);
    }
    return indices;
  }

  private static int bound(Obj bound, int size, int otherwise, int step) {
    if (bound instanceof Obj.None) {
      return otherwise;
    }
    int index = Numbers.index(bound);
    int position = index < 0 ? index + size : index;
    return Math.clamp(position, step > 0 ? 0 : -1, step > 0 ? size : size - 1);
  }
}
