package dev.earshot.cli;

import dev.earshot.report.layout.Width;
import dev.earshot.text.Printable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The last line of a terminal, drawn over and over while something takes its time, and gone at the
/// end. What is printed meanwhile goes above it.
///
/// Its own, because a library of progress bars would bring one for terminals along, for three
/// control sequences: ECMA-48's erase in line, and DEC's automatic wrap, off while it is drawn, so
/// that a terminal that has become narrower does not break it.
final class StatusLine {

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter terminal;
  private final int columns;
  private @Nullable Supplier<String> text;
  private String shown = "";
  private int pauses;

  /// @param columns of the terminal; none where there is no terminal, and nothing is drawn
  StatusLine(PrintWriter terminal, int columns) {
    this.terminal = terminal;
    this.columns = columns;
  }

  /// Whether there is a terminal to draw it on.
  boolean isDrawn() {
    return columns > 0;
  }

  /// Shows what a text says now, and from then on every tenth of a second, until closed.
  Showing show(Supplier<String> changing) {
    if (!isDrawn()) {
      return () -> {};
    }
    synchronized (this) {
      text = changing;
    }
    Thread erasing = Thread.ofPlatform().unstarted(this::end); // as when somebody interrupts it
    Runtime.getRuntime().addShutdownHook(erasing);
    Thread drawing = Thread.ofVirtual().start(this::drawOnAndOn);
    return () -> {
      drawing.interrupt();
      end();
      try {
        Runtime.getRuntime().removeShutdownHook(erasing);
      } catch (IllegalStateException _) {
        // the program is ending, and the hook does the same
      }
    };
  }

  /// Prints something that stays.
  synchronized void above(Runnable printing) {
    erase();
    printing.run();
    draw();
  }

  /// Leaves the terminal to somebody who types.
  <T> T pausedFor(Supplier<T> conversation) {
    synchronized (this) {
      erase();
      pauses++;
    }
    try {
      return conversation.get();
    } finally {
      synchronized (this) {
        pauses--;
        draw();
      }
    }
  }

  private void drawOnAndOn() {
    try {
      while (true) {
        draw();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException _) {
      // it is closed
    }
  }

  private synchronized void draw() {
    if (text == null || pauses > 0) {
      return;
    }
    String now = Width.clip(Printable.of(text.get()), columns - 1);
    if (!now.equals(shown)) {
      terminal.printf("\r\u001b[?7l%s\u001b[K\u001b[?7h", now);
      terminal.flush();
      shown = now;
    }
  }

  private synchronized void erase() {
    if (!shown.isEmpty()) {
      terminal.print(ERASE);
      terminal.flush();
      shown = "";
    }
  }

  private synchronized void end() {
    text = null;
    erase();
  }

  /// Ends with the line.
  interface Showing extends AutoCloseable {
    @Override
    void close();
  }
}
