package dev.earshot.check;

import dev.earshot.evidence.InventoryHost.Topic;
import java.util.Optional;

/// A check's entry in the catalogue.
///
/// @param id stable, `subject.good-thing`
/// @param title the good state, as a sentence
/// @param severity of the worst failure
/// @param why what goes wrong otherwise, for somebody who is no expert
/// @param card what else there is to know of it
/// @param topic of the inventory's variables, where it judges what they say
public record CheckInfo(
    String id, String title, Severity severity, String why, Card card, Optional<Topic> topic) {

  /// One that looks at hosts alone.
  public CheckInfo(String id, String title, Severity severity, String why, Card card) {
    this(id, title, severity, why, card, Optional.empty());
  }

  /// The same, where the worst is of another severity.
  public CheckInfo as(Severity worst) {
    return new CheckInfo(id, title, worst, why, card, topic);
  }

  /// The same, of what variables say of this.
  public CheckInfo about(Topic variables) {
    return new CheckInfo(id, title, severity, why, card, Optional.of(variables));
  }
}
