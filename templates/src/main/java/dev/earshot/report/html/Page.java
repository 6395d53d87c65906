package dev.earshot.report.html;

import dev.earshot.report.layout.Template;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// A template with the style, the script and the policy that every page has.
final class Page {

  private final Template template;
  private final String style = resource("report.css");
  private final String script = resource("report.js");

  Page(String name) {
    template = new Template(Page.class, name, HTMLOutputFormat.INSTANCE);
  }

  void render(Map<String, Object> values, Appendable out) throws IOException {
    Map<String, Object> all = new HashMap<>(values);
    all.put("style", markup(style));
    all.put("script", markup(script));
    all.put("policy", policy());
    template.render(all, out);
  }

  /// The empty icon is a `data:` address; without it, browsers ask for one where the page is
  /// served.
  private String policy() {
    return "default-src 'none'; style-src %s; script-src %s; img-src data:; base-uri 'none'; form-action 'none'"
        .formatted(hash(style), hash(script));
  }

  /// Of the very characters between the tags.
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static TemplateHTMLOutputModel markup(String text) {
    try {
      return HTMLOutputFormat.INSTANCE.fromMarkup(text);
    } catch (TemplateModelException impossible) {
      throw new IllegalStateException("markup is taken as it is", impossible);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
