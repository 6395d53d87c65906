package dev.earshot.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where Ansible keeps what earlier plays found out about hosts: `fact_caching` and its companions.
///
/// @param plugin that keeps facts, such as `memory` or `jsonfile`
/// @param connection for `jsonfile` the directory of its files
/// @param prefix of the names of these files
/// @param timeout in seconds, after which a file no longer counts; 0 for never
/// @param injected facts are variables of their own, not only entries of `ansible_facts`
public record FactCaching(
    String plugin, Optional<Path> connection, String prefix, int timeout, boolean injected) {

  private static final List<String> PLACES = List.of("", "ansible.builtin.", "ansible.legacy.");

  /// What holds where nothing is configured: facts end with the play that gathered them.
  public static FactCaching none() {
    return new FactCaching("memory", Optional.empty(), "", 86_400, true);
  }

  /// True if nothing outlives a play.
  boolean forgets() {
    return isPlugin("memory");
  }

  boolean isPlugin(String name) {
    return PLACES.stream().anyMatch(place -> plugin.equals(place + name));
  }
}
