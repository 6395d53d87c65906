package dev.earshot.custom;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Rate;
import dev.earshot.python.Value;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Evidence as conditions see it: records are mappings whose keys are the names of their
/// components, `mount_point`; what is not there is none. Times are seconds, sizes are bytes, shares
/// are percent.
final class RecordValues {

  private RecordValues() {}

  static Value of(@Nullable Object object) {
    return switch (object) {
      case null -> Value.Null.NULL;
      case String text -> Variables.text(text);
      case Boolean truth -> new Value.Bool(truth);
      case Integer number -> new Value.Whole(number);
      case Long number -> new Value.Whole(number);
      case Number number -> new Value.Real(number.doubleValue());
      case Enum<?> constant -> Variables.text(constant.name().toLowerCase(Locale.ROOT));
      case Duration time -> new Value.Real(Millis.of(time) / 1000);
      case Bytes(long value) -> new Value.Whole(value);
      case Percent(double value) -> new Value.Real(value);
      case Rate(double perSecond) -> new Value.Real(perSecond);
      case HostName(String value) -> Variables.text(value);
      case Address(String value) -> Variables.text(value);
      case Optional<?> some -> of(some.orElse(null));
      case OptionalLong some ->
          some.isPresent() ? new Value.Whole(some.getAsLong()) : Value.Null.NULL;
      case OptionalDouble some ->
          some.isPresent() ? new Value.Real(some.getAsDouble()) : Value.Null.NULL;
      case Evidence<?> some -> of(some.collected().orElse(null));
      case Collection<?> some -> new Value.Sequence(some.stream().map(RecordValues::of).toList());
      case Map<?, ?> map -> mapping(map);
      case Record some -> record(some);
      default -> Variables.text(String.valueOf(object));
    };
  }

  private static Value mapping(Map<?, ?> map) {
    SequencedMap<String, Value> entries = new TreeMap<>();
    map.forEach((key, value) -> entries.put(String.valueOf(key), of(value)));
    return Variables.mapping(entries);
  }

  private static Value record(Record some) {
    SequencedMap<String, Value> entries = new LinkedHashMap<>();
    for (RecordComponent component : some.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        entries.put(
            component.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT),
            of(component.getAccessor().invoke(some)));
      } catch (ReflectiveOperationException defect) {
        throw new IllegalStateException(defect);
      }
    }
    return Variables.mapping(entries);
  }
}
