package dev.earshot.report.layout;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.PlanReport;
import dev.earshot.report.Trends;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/// Takes the power out of text that hosts, inventories and errors bring along: characters that
/// would steer a terminal, turn the direction of writing or hide themselves are spelled out.
public final class Harmless {

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  private Harmless() {}

  /// The same report, harmless. Only playbooks keep their line breaks: nothing else may begin a
  /// line of its own.
  public static AuditReport report(AuditReport report) {
    return (AuditReport) record(report, Harmless::line);
  }

  /// The same of a plan.
  public static PlanReport plan(PlanReport report) {
    return (PlanReport) record(report, Harmless::line);
  }

  /// The same of trends.
  public static Trends trends(Trends trends) {
    return (Trends) record(trends, Harmless::line);
  }

  /// `\x1b` for an escape, `\u202e` for an override of direction.
  public static String line(String text) {
    return spell(text, false);
  }

  /// The same, but line breaks stay.
  public static String lines(String text) {
    return spell(text, true);
  }

  /// Whether a character is not what it looks like, or looks like nothing.
  public static boolean isTreacherous(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  private static String spell(String text, boolean keepLines) {
    if (isHarmless(text)) {
      return text;
    }
    StringBuilder spelled = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (!isTreacherous(c) || (keepLines && c == '\n')) {
            spelled.appendCodePoint(c);
          } else {
            String pattern = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
            spelled.append(String.format(Locale.ROOT, pattern, c));
          }
        });
    return spelled.toString();
  }

  private static boolean isHarmless(String text) {
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      if (isTreacherous(text.codePointAt(at))) {
        return false;
      }
    }
    return true;
  }

  private static Object record(Record record, UnaryOperator<String> change) {
    try {
      Shape shape = SHAPES.get(record.getClass());
      Object[] values = new Object[shape.components().size()];
      for (int at = 0; at < values.length; at++) {
        Component component = shape.components().get(at);
        values[at] =
            value(
                component.accessor().invoke(record),
                component.keepsLines() ? Harmless::lines : change);
      }
      return shape.constructor().newInstance(values);
    } catch (IllegalAccessException
        | InstantiationException
        | InvocationTargetException impossible) {
      throw new IllegalStateException("the records of a report are public", impossible);
    }
  }

  /// How a record is taken apart and put together. Large reports hold a hundred thousand records of
  /// a dozen classes, and asking a class anew each time costs seconds.
  private record Shape(Constructor<?> constructor, List<Component> components) {

    static Shape of(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      try {
        return new Shape(
            type.getDeclaredConstructor(types),
            Arrays.stream(components)
                .map(component -> new Component(component.getAccessor(), isPlaybook(component)))
                .toList());
      } catch (NoSuchMethodException impossible) {
        throw new IllegalStateException("a record has its constructor", impossible);
      }
    }
  }

  private record Component(Method accessor, boolean keepsLines) {}

  private static boolean isPlaybook(RecordComponent component) {
    return component.getDeclaringRecord() == RemedyRow.class
        && component.getName().equals("playbook");
  }

  private static Object value(Object value, UnaryOperator<String> change) {
    return switch (value) {
      case String text -> change.apply(text);
      case Record record -> record(record, change);
      case List<?> list -> list.stream().map(one -> value(one, change)).toList();
      case Optional<?> optional -> optional.map(one -> value(one, change));
      case OptionalDouble number -> number;
      case OptionalInt number -> number;
      case Number number -> number;
      case Boolean flag -> flag;
      default -> throw new IllegalStateException("a report holds no " + value.getClass());
    };
  }
}
