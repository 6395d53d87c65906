package dev.earshot.sshconfig;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Asks the system whether a name leads anywhere.
///
/// @param deadline after which silence means no
record NameService(Duration deadline) implements Predicate<String> {

  @Override
  public boolean test(String name) {
    var answer = new CompletableFuture<Boolean>();
    // the resolver blocks in native code, which would hold the threads that virtual ones run on
    Thread.ofPlatform().daemon().name("lookup-" + name).start(() -> answer.complete(isKnown(name)));
    return answer.completeOnTimeout(false, deadline.toNanos(), TimeUnit.NANOSECONDS).join();
  }

  private static boolean isKnown(String name) {
    try {
      return InetAddress.getByName(name).getAddress().length > 0;
    } catch (UnknownHostException | RuntimeException _) {
      return false;
    }
  }
}
