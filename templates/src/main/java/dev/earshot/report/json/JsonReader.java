package dev.earshot.report.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.EntrySubject;
import dev.earshot.report.AuditReport.FleetSubject;
import dev.earshot.report.AuditReport.HostSubject;
import dev.earshot.report.AuditReport.PairSubject;
import dev.earshot.report.AuditReport.PathSubject;
import dev.earshot.report.AuditReport.SubjectRow;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/// Reads what [JsonRenderer] wrote, also by an older Earshot that knew fewer keys, or a newer one
/// that knows more.
public final class JsonReader {

  private JsonReader() {}

  /// The report that the text holds.
  ///
  /// @throws IOException if it is no report of this schema
  public static AuditReport report(String json) throws IOException {
    AuditReport report = Reader.OF_REPORTS.readValue(json, AuditReport.class);
    if (report == null || !AuditReport.SCHEMA.equals(report.schema())) {
      throw new IOException(
          "its report has the schema '%s', and this Earshot reads %s"
              .formatted(report == null ? "" : report.schema(), AuditReport.SCHEMA));
    }
    Completeness.require(report);
    try {
      Instant.parse(report.takenAt());
    } catch (DateTimeException _) {
      throw new IOException("its report's takenAt is no time");
    }
    return report;
  }

  /// Made at first use: most runs do without.
  private static final class Reader {

    static final JsonMapper OF_REPORTS = mapper();

    private static JsonMapper mapper() {
      JsonMapper.Builder builder =
          JsonMapper.builder()
              .addModule(new Jdk8Module())
              .addModule(
                  new SimpleModule().addDeserializer(SubjectRow.class, new SubjectDeserializer()))
              .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
      builder.withConfigOverride(
          List.class, list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
      return builder.build();
    }
  }

  /// The keys tell the kinds of subjects apart.
  private static final class SubjectDeserializer extends StdDeserializer<SubjectRow> {

    SubjectDeserializer() {
      super(SubjectRow.class);
    }

    @Override
    public SubjectRow deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode subject = context.readTree(parser);
      return context.readTreeAsValue(subject, kind(subject));
    }

    private static Class<? extends SubjectRow> kind(JsonNode subject) {
      if (subject.has("host")) {
        return HostSubject.class;
      } else if (subject.has("from")) {
        return PairSubject.class;
      }
      if (subject.has("path")) {
        return PathSubject.class;
      }
      return subject.has("entry") ? EntrySubject.class : FleetSubject.class;
    }
  }
}
