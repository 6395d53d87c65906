package dev.earshot.sshconfig;

import java.util.List;

/// The way to a host.
public sealed interface Proxy {

  /// Straight.
  record Direct() implements Proxy {}

  /// Through other hosts.
  ///
  /// @param hops the nearest to us first
  record Jump(List<JumpHost> hops) implements Proxy {}

  /// Through a program, which the user's shell runs.
  record Command(String command) implements Proxy {}
}
