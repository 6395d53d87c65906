package dev.earshot.process;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A program and all that it starts, directly or not. It ends with Earshot, however that ends.
///
/// Whoever loses its parent is no longer its descendant for the system, so they are looked at while
/// it runs. What starts and loses its parent between two looks gets away.
public final class ProcessTree implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Process root;
  private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();
  private final Thread atExit = Thread.ofPlatform().unstarted(this::end);
  private final Thread watch = Thread.ofVirtual().unstarted(this::watch);

  private ProcessTree(Process root) {
    this.root = root;
  }

  /// Watches a program that was just started. To be closed when nobody waits for it any more.
  public static ProcessTree of(Process root) {
    var tree = new ProcessTree(root);
    Runtime.getRuntime().addShutdownHook(tree.atExit); // as when somebody interrupts Earshot
    tree.watch.start();
    return tree;
  }

  private void watch() {
    try {
      while (root.isAlive()) {
        look();
        Thread.sleep(BETWEEN_LOOKS);
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  private void look() {
    root.descendants().forEach(seen::add);
  }

  /// Ends the program and everything that it started, at once.
  public void end() {
    look();
    root.destroyForcibly();
    for (var each : Set.copyOf(seen)) {
      each.descendants().forEach(ProcessHandle::destroyForcibly);
      each.destroyForcibly();
    }
  }

  /// Ends the program if it still runs. What a program left behind when it ended by itself may live
  /// on: it may be an agent that others use, too.
  @Override
  public void close() {
    watch.interrupt();
    if (root.isAlive()) {
      end();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // it is at work already
    }
  }
}
