package dev.earshot.cli;

import dev.earshot.text.TimeText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads what [TimeText] reads, and bare numbers as seconds.
final class WindowConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    return TimeText.readSeconds(text)
        .orElseThrow(() ->
            new TypeConversionException(
                "'%s' is no duration: write it like 10s, 500ms or 2m".formatted(text)));
  }
}
