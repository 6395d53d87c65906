package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StatusLineTest {

  private final StringWriter written = new StringWriter();
  private final PrintWriter err = new PrintWriter(written, true);

  @Test
  void isRedrawnTenTimesASecondAtMostAndGoneAtTheEnd() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    try (StatusLine.Showing _ =
        new StatusLine(err, 20).show(() -> asked.incrementAndGet() + " of many, many hosts")) {
      Thread.sleep(550);
    }
    assertThat(asked.get()).isBetween(2, 7);
    assertThat(written.toString())
        .startsWith("\r\u001b[?7l1 of many, many ho…\u001b[K\u001b[?7h")
        .endsWith("\r\u001b[K")
        .doesNotContain("\n");
  }

  @Test
  void whatIsPrintedGoesAboveIt() throws InterruptedException {
    StatusLine status = new StatusLine(err, 80);
    Terminal terminal = new Terminal(err, err, false, true, 80, status);
    try (StatusLine.Showing _ = status.show(() -> "h\u001bosts")) {
      for (int i = 0; i < 100 && written.toString().isEmpty(); i++) {
        Thread.sleep(20);
      }
      terminal.progress("db1: refused");
      String asked =
          status.pausedFor(() -> {
            terminal.progress("while somebody types");
            return "password";
          });
      assertThat(asked).isEqualTo("password");
    }
    String drawn = "\r\u001b[?7lh?osts\u001b[K\u001b[?7h";
    String gone = "\r\u001b[K";
    assertThat(written.toString())
        .isEqualTo(
            drawn
                + gone
                + "db1: refused\n"
                + drawn
                + gone
                + "while somebody types\n"
                + drawn
                + gone);
  }

  @Test
  void isNotDrawnWhereThereIsNoTerminal() throws InterruptedException {
    try (StatusLine.Showing _ = new StatusLine(err, 0).show(() -> "hosts")) {
      Thread.sleep(150);
    }
    assertThat(written.toString()).isEmpty();
  }
}
