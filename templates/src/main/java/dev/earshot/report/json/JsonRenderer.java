package dev.earshot.report.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.earshot.report.AuditReport;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import java.io.IOException;

/// Everything in the report, its keys in the order of the records' components; what is missing is
/// `null`. Text is kept as it is: what would steer a terminal is escaped as JSON escapes it.
public final class JsonRenderer implements Renderer {

  private static final DefaultIndenter TWO_SPACES = new DefaultIndenter("  ", "\n");

  @Override
  public void render(AuditReport report, RenderOptions options, Appendable out) throws IOException {
    Writer.OF_REPORTS.writeValue(new AppendableWriter(out), report);
    out.append("\n");
  }

  /// Any records as JSON, laid out and made harmless like a report.
  public static String json(Record report) {
    try {
      return Writer.OF_REPORTS.writeValueAsString(report);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the records of a report are plain", broken);
    }
  }

  /// Made at first use: other formats do without.
  private static final class Writer {

    static final ObjectWriter OF_REPORTS =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build()
            .writer()
            .with(
                new DefaultPrettyPrinter(
                        Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(TWO_SPACES)
                    .withArrayIndenter(TWO_SPACES))
            .with(new HarmlessEscapes());
  }
}
