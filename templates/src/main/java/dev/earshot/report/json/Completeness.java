package dev.earshot.report.json;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Finds out whether what was read has all that a report has to have: nobody knows who wrote it.
final class Completeness {

  private Completeness() {}

  /// @throws IOException if anything in it is missing, or is a number that there is not
  static void require(Record record) throws IOException {
    require(record, "");
  }

  private static void require(Record record, String path) throws IOException {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      require(value(record, component), path + component.getName());
    }
  }

  private static void require(@Nullable Object value, String path) throws IOException {
    switch (value) {
      case null -> throw new IOException("its report has no " + path);
      case Double number when !Double.isFinite(number) ->
          throw new IOException("its report's %s is no number".formatted(path));
      case OptionalDouble number when number.isPresent() -> require(number.getAsDouble(), path);
      case Optional<?> some when some.isPresent() -> require(some.get(), path);
      case Collection<?> all -> {
        for (Object one : all) {
          require(one, path);
        }
      }
      case Record inner -> require(inner, path + ".");
      default -> {}
    }
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
