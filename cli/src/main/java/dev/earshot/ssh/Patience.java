package dev.earshot.ssh;

import java.time.Duration;
import java.util.Optional;

/// How long and how often to try one host. All attempts together get no more time than the audit
/// gives to one host's login.
///
/// @param connect of OpenSSH's `ConnectTimeout`, for one attempt at getting a connection and a
///   greeting over it; absent for what the whole audit allows
/// @param attempts of OpenSSH's `ConnectionAttempts` at connecting, a second apart
/// @param retries of Ansible's `reconnection_retries`, the first at once, the others after 1, 3,
///   7... seconds, 30 at most; unlike Ansible's, only before the user has shown anything
/// @param aliveInterval after which a silent server is asked whether it is still there; zero for
///   [#HEARTBEAT]
/// @param aliveCount questions without an answer after which it is not; zero to wait on
public record Patience(
    Optional<Duration> connect, int attempts, int retries, Duration aliveInterval, int aliveCount) {

  /// Four of them, the default until a host is given up, outlast a failing-over router or a machine
  /// that swaps, and are well within the minutes that a host has for its answers. One is short
  /// enough to keep firewalls from forgetting a connection over which nothing is said in a long
  /// window.
  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  public static final Patience DEFAULT = new Patience(Optional.empty(), 1, 0, Duration.ZERO, 3);

  Duration heartbeat() {
    return aliveInterval.isPositive() ? aliveInterval : HEARTBEAT;
  }

  /// After how much silence a host is given up.
  Duration silence() {
    return heartbeat().multipliedBy(aliveCount + 1L);
  }
}
