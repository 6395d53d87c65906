package dev.earshot.report.sarif;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Earshot uses of SARIF 2.1.0 (OASIS). Components have the names of the standard's
/// properties; an empty one is left out.
record SarifLog(@JsonProperty("$schema") String schema, String version, List<Run> runs) {

  /// @param results there though there are none: GitHub refuses a run without them
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Run(
      Tool tool,
      List<Invocation> invocations,
      Map<String, Base> originalUriBaseIds,
      String columnKind,
      @JsonInclude(JsonInclude.Include.ALWAYS) List<Result> results) {}

  /// A folder that only whoever reads the log can tell.
  record Base(Message description) {}

  record Tool(Driver driver) {}

  record Driver(String name, String version, List<Rule> rules) {}

  record Rule(
      String id,
      Message shortDescription,
      Message fullDescription,
      Help help,
      Configuration defaultConfiguration) {}

  record Help(String text, String markdown) {}

  record Configuration(String level) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Invocation(
      boolean executionSuccessful,
      String startTimeUtc,
      List<Notification> toolExecutionNotifications) {}

  record Notification(String level, Message message) {}

  /// @param text in which brackets make no link
  record Message(String text) {
    Message {
      text = text.replaceAll("([\\[\\]])", "\\\\$1");
    }
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Result(
      String ruleId,
      int ruleIndex,
      String kind,
      String level,
      Message message,
      List<Location> locations,
      Map<String, String> partialFingerprints,
      List<Suppression> suppressions,
      Optional<String> baselineState) {}

  record Suppression(String kind, String status, String justification, Location location) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Location(PhysicalLocation physicalLocation, List<LogicalLocation> logicalLocations) {}

  record PhysicalLocation(ArtifactLocation artifactLocation, Region region) {}

  /// @param uriBaseId of what is relative to another folder than that of the run
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record ArtifactLocation(String uri, Optional<String> uriBaseId) {}

  record Region(int startLine) {}

  record LogicalLocation(String name, String kind) {}
}
