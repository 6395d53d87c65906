package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// The host that exists although no source names it: this machine. Only its own names choose it;
/// `all` never does.
final class Localhost {

  private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "::1");

  /// Ansible takes the Python that runs itself, which is this one for the packages of all
  /// distributions.
  private static final String PYTHON = "/usr/bin/python3";

  private Localhost() {}

  static boolean isName(String name) {
    return NAMES.contains(name);
  }

  /// The host of that name; if the sources name this machine otherwise, that one.
  static Optional<Host> find(String name, Iterable<Host> hosts, EffectiveVariables effective) {
    if (!isName(name)) {
      return Optional.empty();
    }
    for (var host : hosts) {
      if (isName(host.name())) {
        return Optional.of(host);
      }
    }
    var where = Location.of(Path.of("(this machine)"));
    var node = new HostNode(name, where);
    node.variables.put("ansible_python_interpreter", new Variable(new Value.Text(PYTHON), where));
    node.variables.put("ansible_connection", new Variable(new Value.Text("local"), where));
    return Optional.of(new Host(node, effective));
  }
}
