package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PingLinesTest {

  private static final Answer REFUSED =
      new Answer(
          "db1",
          Answer.Kind.NOT_LET_IN,
          "its host key is not known: ED25519 SHA256:Vx1c; accept it with: ssh-keyscan db1",
          "");

  private final StringWriter out = new StringWriter();

  @Test
  void aScreenGetsLinesThatFit() {
    new PingLines(terminal(true), false, List.of()).tell(REFUSED);

    assertThat(out.toString())
        .isEqualTo(
            """
            db1                  NO   its host key is not known: ED25519
                                      SHA256:Vx1c; accept it with:
                                      ssh-keyscan db1
            """);
  }

  @Test
  void whatSearchesLinesGetsOneForEachHost() {
    new PingLines(terminal(false), false, List.of()).tell(REFUSED);

    assertThat(out.toString()).hasLineCount(1).endsWith("ssh-keyscan db1\n");
  }

  private Terminal terminal(boolean isScreen) {
    return new Terminal(
        new PrintWriter(out), new PrintWriter(new StringWriter()), false, isScreen, 62);
  }
}
