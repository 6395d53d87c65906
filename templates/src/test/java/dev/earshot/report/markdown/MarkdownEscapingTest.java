package dev.earshot.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownEscapingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\'',
      value = {
        "<script> \\<script\\>",
        "[x](javascript:alert(1)) \\[x\\](javascript:alert(1))",
        "![x](y) !\\[x\\](y)",
        "``` \\`\\`\\`",
        "a|b a\\|b",
        "*a* \\*a\\*",
        "_a_ \\_a\\_",
        "synchronous_commit synchronous_commit",
        "~~a~~ \\~\\~a\\~\\~",
        "$a$ \\$a\\$",
        "&lt; &amp;lt;",
        "\\ \\\\",
        "https://evil.example https\\://evil.example",
        "www.evil.example www\\.evil.example",
        "'# a' '\\# a'",
        "'- a' '\\- a'",
        "'+ a' '\\+ a'",
        "--- \\---",
        "=== \\===",
        "'1. a' '1\\. a'",
        "'1) a' '1\\) a'",
        "10.77.0.11 10.77.0.11",
        "'25.3 ms' '25.3 ms'",
        "-v -v",
        "@torvalds '@<!-- -->torvalds'",
        "'by @org/team.' 'by @<!-- -->org/team.'",
        "root@db1 root@db1"
      })
  void textStaysText(String given, String expected) {
    assertThat(MarkdownEscaping.escape(given)).isEqualTo(expected);
  }
}
