package dev.earshot.check;

import java.util.List;
import java.util.Optional;

/// What a check says of one subject.
///
/// @param remedy present on every failure, waived or not
public record Finding(
    CheckInfo check,
    Subject subject,
    Verdict verdict,
    List<Measurement> measured,
    Optional<Remedy> remedy) {

  public Finding {
    measured = List.copyOf(measured);
  }

  /// A finding that needs no remedy.
  public static Finding of(
      CheckInfo check, Subject subject, Verdict verdict, Measurement... measured) {
    return new Finding(check, subject, verdict, List.of(measured), Optional.empty());
  }

  public Finding with(Remedy mend) {
    return new Finding(check, subject, verdict, measured, Optional.of(mend));
  }

  /// The same, which somebody answers for.
  public Finding waived(Verdict.Fail failure, Waiver waiver) {
    return new Finding(check, subject, new Verdict.Waived(failure, waiver), measured, remedy);
  }

  /// Of the failure; of the check where nothing failed.
  public Severity severity() {
    return switch (verdict) {
      case Verdict.Fail(Severity severity, _) -> severity;
      case Verdict.Waived(Verdict.Fail(Severity severity, _), _) -> severity;
      case Verdict.Pass _, Verdict.Unknown _, Verdict.NotApplicable _ -> check.severity();
    };
  }

  public boolean failed() {
    return verdict instanceof Verdict.Fail;
  }

  /// The same from run to run: `colocation.app-database/backend1/db1`.
  public String key() {
    return check.id() + "/" + subject.key();
  }
}
