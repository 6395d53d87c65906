package dev.earshot.cli;

import dev.earshot.report.format.ReportFormat;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// One report to write.
///
/// @param file nothing for standard output
record ReportTarget(ReportFormat format, Optional<Path> file) {

  static final ReportTarget USUAL = new ReportTarget(ReportFormat.TERMINAL, Optional.empty());

  /// Reads `markdown` and `markdown=report.md`.
  static final class Converter implements ITypeConverter<ReportTarget> {
    @Override
    public ReportTarget convert(String text) {
      int equals = text.indexOf('=');
      String label = equals < 0 ? text : text.substring(0, equals);
      String file = equals < 0 ? "" : text.substring(equals + 1);
      ReportFormat format =
          ReportFormat.of(label)
              .orElseThrow(() ->
                  new TypeConversionException(
                      "there is no report format '%s': use one of %s"
                          .formatted(label, String.join(", ", new FleetReports.Formats()))));
      if (equals >= 0 && file.isEmpty()) {
        throw new TypeConversionException("'%s' names no file behind the =".formatted(text));
      }
      return new ReportTarget(format, equals < 0 ? Optional.empty() : Optional.of(Path.of(file)));
    }
  }
}
