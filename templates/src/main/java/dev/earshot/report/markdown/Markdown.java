package dev.earshot.report.markdown;

import freemarker.core.CommonTemplateMarkupOutputModel;
import org.jspecify.annotations.Nullable;

/// Text that is Markdown already, so that a template does not escape it again.
public final class Markdown extends CommonTemplateMarkupOutputModel<Markdown> {

  Markdown(@Nullable String plainText, @Nullable String markup) {
    super(plainText, markup);
  }

  static Markdown of(String markup) {
    return new Markdown(null, markup);
  }

  @Override
  public MarkdownEscaping getOutputFormat() {
    return MarkdownEscaping.INSTANCE;
  }
}
