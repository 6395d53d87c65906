package dev.earshot.ssh;

import java.time.Duration;
import java.util.Optional;

/// How long and how often to try one host.
///
/// @param connect for reaching the host and logging in; absent for what the whole audit allows
/// @param attempts of OpenSSH's `ConnectionAttempts`, a second apart
/// @param retries of Ansible's `reconnection_retries`, after 1, 3, 7... seconds, 30 at most
/// @param aliveInterval between questions whether the server is still there; zero for never
/// @param aliveCount unanswered ones after which it is not
public record Patience(
    Optional<Duration> connect, int attempts, int retries, Duration aliveInterval, int aliveCount) {

  public static final Patience DEFAULT = new Patience(Optional.empty(), 1, 0, Duration.ZERO, 3);
}
