package dev.earshot.jinja;

import dev.earshot.python.Value;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The names that a template sees: the variables of one host. Asked lazily, and possibly more than
/// once.
public interface Scope {

  /// A variable as it was written. If it contains templates, they are rendered when it is used.
  ///
  /// `groups`, `group_names` and `inventory_hostname` are variables, too; `hostvars` isn't one.
  Optional<Value> variable(String name);

  /// The names that `hostvars` knows, in their order.
  default Collection<String> hosts() {
    return List.of();
  }

  /// What `hostvars[name]` sees.
  default Optional<Scope> host(String name) {
    return Optional.empty();
  }

  /// The names of all variables, for templates that go through `hostvars[name]`.
  default Collection<String> names() {
    return List.of();
  }

  /// The text behind a value that is encrypted with Ansible Vault. Absent if it can't be opened.
  default Optional<String> open(Value.Vaulted vaulted) {
    return Optional.empty();
  }

  /// A variable of the environment that Earshot runs in, for `lookup('env', …)`.
  default Optional<String> environment(String name) {
    return Optional.empty();
  }

  /// True for Ansible's `jinja2_native`.
  default boolean isNative() {
    return false;
  }
}
