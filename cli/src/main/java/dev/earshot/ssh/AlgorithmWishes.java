package dev.earshot.ssh;

import java.util.Map;
import java.util.Optional;

/// Algorithms that the user asks for, as `ssh_config` spells them: a list, or changes to Earshot's
/// own with `+`, `-` or `^` in front. Absent means Earshot's own.
///
/// @param places where each option stands that is set, by its name, as people would look for it
public record AlgorithmWishes(
    Optional<String> keyExchanges,
    Optional<String> ciphers,
    Optional<String> macs,
    Optional<String> hostKeys,
    Optional<String> publicKeys,
    Map<String, String> places) {

  public static final AlgorithmWishes NONE =
      new AlgorithmWishes(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public AlgorithmWishes {
    places = Map.copyOf(places);
  }

  /// Wishes of which nobody knows where they stand.
  public AlgorithmWishes(
      Optional<String> keyExchanges,
      Optional<String> ciphers,
      Optional<String> macs,
      Optional<String> hostKeys,
      Optional<String> publicKeys) {
    this(keyExchanges, ciphers, macs, hostKeys, publicKeys, Map.of());
  }
}
