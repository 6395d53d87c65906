package dev.earshot.ssh;

import java.util.Optional;

/// Algorithms that the user asks for, as `ssh_config` spells them: a list, or changes to Earshot's
/// own with `+`, `-` or `^` in front. Absent means Earshot's own.
public record AlgorithmWishes(
    Optional<String> keyExchanges,
    Optional<String> ciphers,
    Optional<String> macs,
    Optional<String> hostKeys,
    Optional<String> publicKeys) {

  public static final AlgorithmWishes NONE =
      new AlgorithmWishes(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
