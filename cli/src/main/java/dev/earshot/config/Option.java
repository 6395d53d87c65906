package dev.earshot.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An option of Ansible's configuration. Where several names are given, the last one that is set
/// counts; any name in the environment ranks above all in the file.
///
/// @param id Ansible's own, as `ansible-config list` shows it
/// @param environment names of variables
/// @param entries places in `ansible.cfg`
public record Option<T>(
    String id, OptionType<T> type, T standard, List<String> environment, List<Entry> entries) {

  /// A key in a section of `ansible.cfg`.
  public record Entry(String section, String key) {
    @Override
    public String toString() {
      return "[" + section + "] " + key;
    }
  }

  public Option {
    environment = List.copyOf(environment);
    entries = List.copyOf(entries);
  }

  static <T> Option<T> of(String id, OptionType<T> type, T standard) {
    return new Option<>(id, type, standard, List.of(), List.of());
  }

  /// An option that has no value unless somebody sets it.
  static <T> Option<Optional<T>> unset(String id, OptionType<T> type) {
    return of(id, type.optional(), Optional.empty());
  }

  Option<T> env(String... names) {
    return new Option<>(id, type, standard, List.of(names), entries);
  }

  Option<T> ini(String section, String key) {
    var more = new ArrayList<>(entries);
    more.add(new Entry(section, key));
    return new Option<>(id, type, standard, environment, more);
  }
}
