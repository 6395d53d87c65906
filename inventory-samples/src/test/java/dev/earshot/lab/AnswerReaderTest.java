package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerReaderTest {
  @Test
  void answers_on_one_connection_are_told_apart_by_their_length() throws IOException {
    InputStream in =
        stream(
            "HTTP/1.1 200 OK\r\nContent-length: 3\r\n\r\nup\n",
            "HTTP/1.1 503 Service Unavailable\r\ncontent-length:0\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n");
    assertThat(AnswerReader.readStatus(in)).isEqualTo(200);
    assertThat(AnswerReader.readStatus(in)).isEqualTo(503);
    assertThat(AnswerReader.readStatus(in)).isEqualTo(204);
    assertThat(in.read()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                               before an answer",
    "'HTTP/1.1 200 OK\r\n',                            before an answer",
    "'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nup', within an answer",
    "'SSH-2.0-OpenSSH_9.2\r\n\r\n',                    no HTTP/1.1 answer",
    "'HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n', too long"
  })
  void what_is_no_answer_is_said(String answer, String reason) {
    assertThatIOException()
        .isThrownBy(() -> AnswerReader.readStatus(stream(answer)))
        .withMessageContaining(reason);
  }

  @Test
  void an_endless_head_is_given_up() {
    assertThatIOException()
        .isThrownBy(() -> AnswerReader.readStatus(stream("x".repeat(100_000))))
        .withMessageContaining("longer than");
  }

  private static InputStream stream(String... parts) {
    return new ByteArrayInputStream(String.join("", parts).getBytes(StandardCharsets.US_ASCII));
  }
}
