package dev.earshot.report.layout;

import freemarker.core.OutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.Version;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// A Freemarker template that lies beside the class that fills it. Templates loop and branch; what
/// is shown and how it reads is decided in Java.
///
/// Strict: a missing value is an error, and an error ends the rendering before anything is written.
public final class Template {

  private static final Version LANGUAGE = Configuration.VERSION_2_3_34;

  private final Configuration configuration;
  private final String name;

  /// @param owner the class beside which the template lies
  /// @param name of its file
  /// @param escaping what `${…}` does to text; helpers that make markup return it as such
  public Template(Class<?> owner, String name, OutputFormat escaping) {
    this.name = name;
    configuration = new Configuration(LANGUAGE);
    configuration.setClassForTemplateLoading(owner, "");
    configuration.setDefaultEncoding("UTF-8");
    configuration.setOutputFormat(escaping);
    configuration.setNumberFormat("computer");
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    configuration.setFallbackOnNullLoopVariable(false);
    configuration.setLocalizedLookup(false);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setObjectWrapper(new OptionalUnwrapper());
  }

  /// Fills the template and writes the result.
  public void render(Map<String, Object> values, Appendable out) throws IOException {
    StringWriter filled = new StringWriter();
    try {
      configuration.getTemplate(name).process(values, filled);
    } catch (TemplateException | IOException broken) {
      throw new IllegalStateException("the template " + name + " is broken", broken);
    }
    out.append(filled.getBuffer());
  }

  /// An empty `Optional` is a missing value, a full one its content.
  private static final class OptionalUnwrapper extends DefaultObjectWrapper {

    OptionalUnwrapper() {
      super(LANGUAGE);
    }

    @Override
    public @Nullable TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
      return switch (value) {
        case Optional<?> optional -> super.wrap(optional.orElse(null));
        case OptionalDouble number ->
            super.wrap(number.isPresent() ? (Object) number.getAsDouble() : null);
        case null -> super.wrap(null);
        default -> super.wrap(value);
      };
    }
  }
}
