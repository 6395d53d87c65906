package dev.earshot.report.markdown;

import freemarker.core.CommonMarkupOutputFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;

/// What `${…}` does to text in a Markdown template: it stays text. No host name becomes a heading,
/// a link, HTML, a formula or a cell of its own.
final class MarkdownEscaping extends CommonMarkupOutputFormat<Markdown> {

  static final MarkdownEscaping INSTANCE = new MarkdownEscaping();

  /// An underscore between two word characters is no emphasis, and setting names have many.
  private static final Pattern SPECIAL =
      Pattern.compile("[\\\\`*\\[\\]<>|~$#]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");

  /// What GitHub turns into links by itself.
  private static final Pattern BARE_LINK = Pattern.compile("(?i):(?=//)|(?<=www)\\.");

  /// What notifies somebody. Forges look for it when all else is rendered, where a backslash is
  /// gone.
  private static final Pattern MENTION = Pattern.compile("(?<![\\p{L}\\p{N}_])@(?=[\\p{L}\\p{N}])");

  /// What begins a list, a rule or a heading at the start of a line.
  private static final Pattern LINE_START =
      Pattern.compile("^(?:[-+=](?=[-=\\s]|$)|(\\d{1,9})(?=[.)](?:\\s|$)))");

  private MarkdownEscaping() {}

  static String escape(String text) {
    String flat = text.strip().replaceAll("\\s+", " ").replace("&", "&amp;");
    String escaped = SPECIAL.matcher(flat).replaceAll("\\\\$0");
    escaped = BARE_LINK.matcher(escaped).replaceAll("\\\\$0");
    escaped = MENTION.matcher(escaped).replaceAll("@<!-- -->");
    return LINE_START
        .matcher(escaped)
        .replaceFirst(
            found -> found.group(1) == null ? "\\\\" + found.group() : found.group(1) + "\\\\");
  }

  @Override
  public String getName() {
    return "Markdown";
  }

  @Override
  public String getMimeType() {
    return "text/markdown";
  }

  @Override
  public void output(String text, Writer out) throws IOException {
    out.write(escape(text));
  }

  @Override
  public String escapePlainText(String text) {
    return escape(text);
  }

  @Override
  public boolean isLegacyBuiltInBypassed(String name) {
    return false;
  }

  @Override
  protected Markdown newTemplateMarkupOutputModel(String plainText, String markup) {
    return new Markdown(plainText, markup);
  }
}
