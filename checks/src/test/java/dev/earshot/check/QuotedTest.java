package dev.earshot.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class QuotedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "db1",
        "it's",
        "say \"hi\"",
        "back\\slash",
        "two\nlines",
        "tab\there",
        "\u0000\u001b\u0085",
        "\uFEFF\u2028\u202E",
        "emoji 😀",
        "\uDBFF\uDFFF",
        "- a: b # c",
        "yes",
        "*",
        "&a"
      })
  void yamlReadsBackTheSameText(String text) {
    assertThat(new Yaml().<String>load(Quoted.yaml(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{ x }}", "{% if %}", "{# x #}"})
  void whatAnsibleWouldEvaluateIsMarked(String text) {
    assertThat(Quoted.yaml(text)).isEqualTo("!unsafe \"" + text + "\"");
  }

  @Test
  void halfACharacterIsNoTrouble() {
    assertThat(Quoted.yaml("\uD800")).isEqualTo("\"\\uD800\"");
    assertThat(Quoted.comment("\uD800")).isEqualTo("\uFFFD");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "10.0.0.1, 10.0.0.1",
        "fe80::1, fe80::1",
        "a b, 'a b'",
        "it's, `'it'\\''s'`",
        "$(id), '$(id)'"
      })
  void shellWords(String text, String quoted) {
    assertThat(Quoted.shell(text)).isEqualTo(quoted);
  }

  @Test
  void emptyShellWordsCommentsLiteralsAndIdentifiers() {
    assertThat(Quoted.shell("")).isEqualTo("''");
    assertThat(Quoted.comment("a\nrm -rf /\r\u2028b")).isEqualTo("a\uFFFDrm -rf /\uFFFD\uFFFDb");
    assertThat(Quoted.literal("it's")).isEqualTo("'it''s'");
    assertThat(Quoted.literal("a\\'b")).isEqualTo("E'a\\\\''b'");
    assertThat(Quoted.sql("x\"; DROP")).isEqualTo("\"x\"\"; DROP\"");
  }
}
