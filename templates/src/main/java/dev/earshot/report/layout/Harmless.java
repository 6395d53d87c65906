package dev.earshot.report.layout;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.PlanReport;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/// Takes the power out of text that hosts, inventories and errors bring along: characters that
/// would steer a terminal, turn the direction of writing or hide themselves are spelled out.
public final class Harmless {

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
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String spell(String text, boolean keepLines) {
    if (text.codePoints().noneMatch(Harmless::isTreacherous)) {
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

  private static Object record(Record record, UnaryOperator<String> change) {
    try {
      RecordComponent[] components = record.getClass().getRecordComponents();
      Object[] values = new Object[components.length];
      for (int at = 0; at < components.length; at++) {
        values[at] =
            value(
                components[at].getAccessor().invoke(record),
                isPlaybook(components[at]) ? Harmless::lines : change);
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (NoSuchMethodException
        | IllegalAccessException
        | InstantiationException
        | InvocationTargetException impossible) {
      throw new IllegalStateException("the records of a report are public", impossible);
    }
  }

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
      case Number number -> number;
      default -> throw new IllegalStateException("a report holds no " + value.getClass());
    };
  }
}
