package dev.earshot.python;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The value of a variable, with the type that Ansible gives it.
public sealed interface Value {

  /// A string.
  ///
  /// @param unsafe marked `!unsafe`: never a template, whatever it contains
  record Text(String text, boolean unsafe) implements Value {
    public Text(String text) {
      this(text, false);
    }
  }

  /// Python's integers have no bounds.
  record Whole(BigInteger number) implements Value {
    public Whole(long number) {
      this(BigInteger.valueOf(number));
    }
  }

  record Real(double number) implements Value {}

  record Bool(boolean truth) implements Value {}

  /// YAML's `null`, Python's `None`.
  enum Null implements Value {
    NULL
  }

  /// A date or a time.
  ///
  /// @param iso as Python's `isoformat()` writes it
  record Timestamp(String iso) implements Value {}

  record Sequence(List<Value> items) implements Value {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /// Entries in the order in which they were written; keys are scalars.
  record Mapping(SequencedMap<Value, Value> entries) implements Value {
    public Mapping {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }
  }

  /// A value encrypted with Ansible Vault. Its text form doesn't show the ciphertext.
  record Vaulted(String ciphertext) implements Value {
    @Override
    public String toString() {
      return "Vaulted[]";
    }
  }

  /// A scalar as the text that Ansible would put into a command or a configuration: `yes` in YAML
  /// is `True`. Absent for null, lists, mappings and encrypted values.
  default Optional<String> asText() {
    return switch (this) {
      case Text text -> Optional.of(text.text());
      case Whole whole -> Optional.of(whole.number().toString());
      case Real real -> Optional.of(PythonNumbers.repr(real.number()));
      case Bool bool -> Optional.of(bool.truth() ? "True" : "False");
      case Timestamp timestamp -> Optional.of(timestamp.iso().replace('T', ' '));
      case Null _, Sequence _, Mapping _, Vaulted _ -> Optional.empty();
    };
  }

  /// The value that stands for all those that are the same key to Python: `1`, `1.0` and `true`.
  default Value asKey() {
    return switch (this) {
      case Bool(boolean truth) -> new Whole(truth ? 1 : 0);
      case Real(double number) when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          new Whole((long) number);
      case Real _, Text _, Whole _, Null _, Timestamp _, Sequence _, Mapping _, Vaulted _ -> this;
    };
  }

  /// What it is, in words for a message.
  default String kind() {
    return switch (this) {
      case Text _ -> "a string";
      case Whole _, Real _ -> "a number";
      case Bool _ -> "a boolean";
      case Null _ -> "empty";
      case Timestamp _ -> "a date";
      case Sequence _ -> "a list";
      case Mapping _ -> "a mapping";
      case Vaulted _ -> "encrypted with Ansible Vault";
    };
  }

  /// Python's idea of truth: empty and zero are false.
  default boolean isTruthy() {
    return switch (this) {
      case Text text -> !text.text().isEmpty();
      case Whole whole -> whole.number().signum() != 0;
      case Real real -> real.number() != 0;
      case Bool bool -> bool.truth();
      case Null _ -> false;
      case Sequence sequence -> !sequence.items().isEmpty();
      case Mapping mapping -> !mapping.entries().isEmpty();
      case Timestamp _, Vaulted _ -> true;
    };
  }
}
