package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Filters on paths, as text: no file is looked at.
final class PathFilters {

  static final Map<String, Filter> ANSIBLE =
      Map.of(
          "basename",
              (value, _, _) -> {
                var path = Environment.text(value);
                return new Obj.Str(path.substring(path.lastIndexOf('/') + 1));
              },
          "dirname", (value, _, _) -> new Obj.Str(directory(Environment.text(value))),
          "splitext", (value, _, _) -> splitExtension(Environment.text(value)),
          "path_join", PathFilters::join);

  private PathFilters() {}

  private static String directory(String path) {
    var head = path.substring(0, path.lastIndexOf('/') + 1);
    if (head.chars().allMatch(c -> c == '/')) {
      return head;
    }
    int end = head.length();
    while (head.charAt(end - 1) == '/') {
      end--;
    }
    return head.substring(0, end);
  }

  private static Obj splitExtension(String path) {
    int name = path.lastIndexOf('/') + 1;
    int first = name;
    while (first < path.length() && path.charAt(first) == '.') {
      first++;
    }
    int dot = path.lastIndexOf('.');
    int cut = dot > first ? dot : path.length();
    return new Obj.Tuple(new Obj.Str(path.substring(0, cut)), new Obj.Str(path.substring(cut)));
  }

  private static Obj join(Obj value, Arguments arguments, Environment env) {
    var parts = new ArrayList<String>();
    switch (value) {
      case Obj.Str(var path, _, _) -> parts.add(path);
      case Obj.Listing(var items) -> items.forEach(item -> parts.add(Environment.text(item)));
      case Obj.Tuple(var items) -> items.forEach(item -> parts.add(Environment.text(item)));
      default -> parts.addAll(List.of(Environment.text(value)));
    }
    if (parts.isEmpty()) {
      throw new Failure("it takes at least one path");
    }
    var path = parts.getFirst();
    for (var part : parts.subList(1, parts.size())) {
      boolean slash = path.isEmpty() || path.endsWith("/");
      path = part.startsWith("/") ? part : path + (slash ? "" : "/") + part;
    }
    env.budget().characters(path.length());
    return new Obj.Str(path);
  }
}
