package dev.earshot.inventory.listing;

import dev.earshot.inventory.Group;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.Inventory;
import dev.earshot.inventory.Layer;
import dev.earshot.inventory.Location;
import dev.earshot.python.PythonText;
import dev.earshot.python.Value;
import dev.earshot.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tells in plain lines where a host and its variables come from: the place that counts, and below
/// it those that it overrides, strongest first.
public final class Explanation {

  /// A value at one place.
  private record Said(Layer layer, Value value, Location where) {}

  private static final int WIDTH = 80;

  private final Inventory inventory;
  private final Host host;
  private final List<String> lines = new ArrayList<>();

  private Explanation(Inventory inventory, Host host) {
    this.inventory = inventory;
    this.host = host;
  }

  /// The host, its groups and all its variables.
  public static List<String> of(Inventory inventory, Host host) {
    var explanation = new Explanation(inventory, host);
    explanation.hostAndGroups();
    explanation.variables();
    return explanation.lines.stream().map(Printable::of).toList();
  }

  /// One variable; no lines if nothing sets it.
  public static List<String> of(Inventory inventory, Host host, String name) {
    var explanation = new Explanation(inventory, host);
    var said = explanation.said().get(name);
    var magic = inventory.magicVariables(host).get(name);
    if (magic != null) {
      explanation.lines.add("%s = %s".formatted(name, Discreet.value(name, magic)));
      explanation.lines.add("    set by Ansible itself, above everything else");
      if (said != null) {
        explanation.places(name, said);
      }
    } else if (said != null) {
      explanation.variable(name, said, Integer.MAX_VALUE);
    }
    return explanation.lines.stream().map(Printable::of).toList();
  }

  private void hostAndGroups() {
    lines.add(host.name());
    lines.add("  named in " + host.declared());
    var direct = new LinkedHashSet<>(host.directGroups());
    var all = new LinkedHashSet<>(direct);
    all.addAll(host.groups());
    all.add(Group.ALL);
    lines.add("");
    lines.add("groups");
    for (var name : all) {
      var group = inventory.group(name).orElseThrow();
      var through =
          group.children().stream().filter(child -> all.contains(child)).sorted().toList();
      var how =
          direct.contains(name)
              ? "names the host"
              : through.isEmpty() ? "every host" : "through " + String.join(", ", through);
      var where = group.declared().map(each -> ", declared in " + each).orElse("");
      lines.add("  %s: %s%s".formatted(name, how, where));
    }
  }

  private void variables() {
    lines.add("");
    lines.add("variables");
    var said = new TreeMap<String, List<Said>>(PythonText.ORDER);
    said.putAll(said());
    if (said.isEmpty()) {
      lines.add("  none");
    }
    said.forEach((name, places) -> variable("  " + name, places, WIDTH));
  }

  private void variable(String indentedName, List<Said> places, int width) {
    var name = indentedName.strip();
    // Where mappings are merged, what counts is more than its strongest place says.
    var value =
        host.variable(name).map(each -> each.value()).orElseGet(() -> places.getFirst().value());
    var first = places.getFirst();
    lines.add(cut("%s = %s".formatted(indentedName, shown(name, value, first.where())), width));
    lines.add("    %s (%s)".formatted(first.where(), first.layer().words()));
    places(name, places.subList(1, places.size()));
  }

  private void places(String name, List<Said> overridden) {
    for (var place : overridden) {
      lines.add("    overrides %s (%s)".formatted(place.where(), place.layer().words()));
      lines.add(cut("      = " + shown(name, place.value(), place.where()), WIDTH));
    }
  }

  private static String cut(String line, int width) {
    return line.codePointCount(0, line.length()) <= width
        ? line
        : line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
  }

  /// Each variable's places, strongest first. A file may be read at two levels, as when an
  /// inventory stands in the working directory; it counts at the stronger.
  private Map<String, List<Said>> said() {
    var said = new LinkedHashMap<String, List<Said>>();
    for (var layer : host.layers().reversed()) {
      layer
          .variables()
          .forEach((name, variable) -> {
            var places = said.computeIfAbsent(name, _ -> new ArrayList<>());
            if (places.stream().noneMatch(each -> isSame(each.where(), variable.origin()))) {
              places.add(new Said(layer, variable.value(), variable.origin()));
            }
          });
    }
    return said;
  }

  /// The same line, however its file is spelled.
  private static boolean isSame(Location a, Location b) {
    return a.line() == b.line()
        && a.file().toAbsolutePath().normalize().equals(b.file().toAbsolutePath().normalize());
  }

  /// Whoever encrypts a file means all that is in it.
  private static String shown(String name, Value value, Location where) {
    return where.encrypted() ? Discreet.HIDDEN : Discreet.value(name, value);
  }
}
