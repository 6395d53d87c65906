package dev.earshot.lab;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one HTTP/1.1 answer off a kept connection, as far as the sender needs it: the status, then
/// a body of the announced length, which is thrown away.
final class AnswerReader {
  private static final int MAX_HEAD_BYTES = 8 * 1024;
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) .*", Pattern.DOTALL);
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *([0-9]{1,9})\r\n", Pattern.CASE_INSENSITIVE);

  private AnswerReader() {}

  /// @throws IOException when the connection ends early, or the answer is none or too long
  static int readStatus(InputStream in) throws IOException {
    String head = readHead(in);
    Matcher status = STATUS.matcher(head);
    if (!status.matches()) {
      throw new IOException("no HTTP/1.1 answer");
    }
    Matcher length = LENGTH.matcher(head);
    int bodyBytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
    if (bodyBytes > MAX_BODY_BYTES) {
      throw new IOException("an answer of " + bodyBytes + " bytes is too long");
    }
    if (in.readNBytes(bodyBytes).length < bodyBytes) {
      throw new EOFException("connection closed within an answer");
    }
    return Integer.parseInt(status.group(1));
  }

  /// Up to and with the empty line. Byte by byte is fine for an answer of a few hundred bytes.
  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int read = in.read();
      if (read < 0) {
        throw new EOFException("connection closed before an answer");
      }
      if (head.length() == MAX_HEAD_BYTES) {
        throw new IOException("the head of an answer is longer than " + MAX_HEAD_BYTES + " bytes");
      }
      head.append((char) read);
    }
    return head.toString();
  }
}
