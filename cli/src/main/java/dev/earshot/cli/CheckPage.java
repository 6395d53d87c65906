package dev.earshot.cli;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Limit;
import dev.earshot.evidence.Probe;
import dev.earshot.evidence.Probes;
import dev.earshot.report.layout.Wrap;
import java.util.List;
import java.util.stream.Collectors;

/// All that the catalogue knows of one check, for the terminal.
///
/// @param width columns that a line may take; commands are never broken, as people copy them
record CheckPage(int width) {

  private static final int INDENT = 2;

  String of(CheckInfo info) {
    Card card = info.card();
    return """
    %s (severity: up to %s)

    %s
    Why it matters
    %s
    What it looks at
    %s
    What decides
    %s
    How to see it by hand
    %s
    What to do
    %s\
    """
        .formatted(
            info.id(),
            info.severity().label(),
            block(0, info.title() + "."),
            block(INDENT, info.why()),
            card.probes().stream().map(this::evidence).collect(Collectors.joining()),
            thresholds(card.thresholds()),
            card.byHand().indent(INDENT) + inContainers(card),
            block(INDENT, card.remedy()));
  }

  /// Cards tell of a server on the host itself; a finding's own commands have its names.
  private String inContainers(Card card) {
    return card.byHand().contains("psql")
        ? block(
            2 * INDENT,
            "(of several servers, the one at PORT: psql -X -p PORT; in a container: docker exec -i -u postgres NAME psql -X -p PORT -U ROLE)")
        : "";
  }

  private String evidence(String id) {
    String purpose =
        Probes.ALL.stream()
            .filter(probe -> probe.id().equals(id))
            .map(Probe::purpose)
            .findFirst()
            .orElse("A question of your own, which stands in earshot.yml.");
    return id.indent(INDENT) + block(2 * INDENT, purpose);
  }

  private String thresholds(List<Card.Threshold> thresholds) {
    return thresholds.isEmpty()
        ? block(INDENT, "No number: what is found is as the title says, or is not.")
        : thresholds.stream()
            .map(threshold ->
                block(INDENT, threshold.limit())
                    + block(2 * INDENT, "(%s)".formatted(threshold.source()))
                    + threshold.set().map(this::set).orElse(""))
            .collect(Collectors.joining());
  }

  private String set(Limit limit) {
    return block(
        2 * INDENT,
        "%s in earshot.yml, below thresholds: %s (usually %s)"
            .formatted(limit.name(), limit.check(), limit.told()));
  }

  private String block(int indent, String text) {
    return String.join("\n", Wrap.lines(text, width - indent)).indent(indent);
  }
}
