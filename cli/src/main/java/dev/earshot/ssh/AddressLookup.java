package dev.earshot.ssh;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The addresses behind a name.
final class AddressLookup {
  private static final String TEMPORARY = "Temporary failure in name resolution";

  // A failure is not remembered: another attempt asks again.
  static {
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  private AddressLookup() {}

  /// Whether a name server gave no answer, where it might have said that there is no such name. The
  /// JDK has only the system's words for it.
  static boolean mayPass(Throwable trouble) {
    return LoginTrouble.causes(trouble)
        .anyMatch(
            cause -> cause instanceof UnknownHostException && Text.of(cause).contains(TEMPORARY));
  }

  /// All addresses in the resolver's order, each of which remembers the name that it was found by.
  static List<InetAddress> addressesOf(SshTarget target, Deadline deadline)
      throws UnreachableException, InterruptedException {
    return addressesOf(
        target.address(), "set %s to an address".formatted(target.names().address), deadline);
  }

  /// @param instead what to do beside correcting the name
  static List<InetAddress> addressesOf(String name, String instead, Deadline deadline)
      throws UnreachableException, InterruptedException {
    try {
      return List.of(InetAddress.ofLiteral(name));
    } catch (IllegalArgumentException e) {
      // a name, then
    }
    var answer = new CompletableFuture<List<InetAddress>>();
    // The system's resolver blocks in native code: a platform thread keeps slow name servers from
    // holding the threads that virtual ones run on.
    Thread.ofPlatform()
        .daemon()
        .name("lookup-" + name)
        .start(() -> {
          try {
            answer.complete(List.of(InetAddress.getAllByName(name)));
          } catch (UnknownHostException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new UnreachableException(
          "the name %s was not resolved within %s: is the name server reachable?"
              .formatted(name, Text.seconds(deadline.allowed())),
          e);
    } catch (ExecutionException e) {
      if (mayPass(e)) {
        throw new UnreachableException(
            "the name %s can't be looked up right now: is the name server reachable?"
                .formatted(name),
            e);
      }
      throw new UnreachableException(
          "the name %s does not resolve: correct it, or %s".formatted(name, instead), e);
    }
  }
}
