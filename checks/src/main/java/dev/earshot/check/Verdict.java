package dev.earshot.check;

/// What a check says of one subject, and why: a sentence with subject, value found, and limit.
public sealed interface Verdict {

  String because();

  /// The good state holds.
  record Pass(String because) implements Verdict {}

  /// It does not.
  record Fail(Severity severity, String because) implements Verdict {}

  /// It does not, and somebody answers for that: it is told, and counts for nothing.
  record Waived(Fail failure, Waiver waiver) implements Verdict {
    @Override
    public String because() {
      return failure.because();
    }
  }

  /// We could not look, or saw too little. Never a pass.
  record Unknown(String because) implements Verdict {}

  /// The question does not arise here.
  record NotApplicable(String because) implements Verdict {}

  /// `pass`, `fail`, `waived`, `unknown`, `notApplicable`
  default String label() {
    return switch (this) {
      case Pass _ -> "pass";
      case Fail _ -> "fail";
      case Waived _ -> "waived";
      case Unknown _ -> "unknown";
      case NotApplicable _ -> "notApplicable";
    };
  }
}
