package dev.earshot.cli;

import dev.earshot.anonymity.Pseudonyms;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.policy.PolicyFile;
import dev.earshot.report.AuditReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Whether reports call things by other names. For commands that judge evidence: from a report, no
/// name can be taken any more.
final class Anonymity {

  static final String OPTION = "--anonymise";

  @Option(
      names = OPTION,
      description =
          "Call hosts after their roles, as in backend-1, and replace addresses, domains and the names of roles, databases, containers and proxies, in reports and in what --save keeps. Names of places, groups and images stay.")
  boolean wanted;

  /// Other names for what is in a recording, and in the one that it is compared with, if that is
  /// wanted.
  Optional<Pseudonyms> pseudonyms(FleetRecording recording, Optional<FleetRecording> compared) {
    return wanted
        ? Optional.of(
            Pseudonyms.of(Stream.concat(Stream.of(recording), compared.stream()).toList()))
        : Optional.empty();
  }

  /// What of a policy is kept with the evidence: one that calls things by their names is not.
  PolicyFile kept(PolicyFile declared) {
    return wanted ? PolicyFile.none() : declared;
  }

  /// What reports show of it: the same verdicts, with other names.
  ///
  /// @param judged what it comes to with its own names
  /// @throws UsageException if another name changes a verdict
  Shown shown(Judgement judgement, AuditReport judged) {
    Optional<Judgement> other =
        pseudonyms(judgement.recording(), judgement.baseline()).map(judgement::with);
    if (other.isEmpty()) {
      return new Shown(judgement.recording(), judged);
    }
    AuditReport report = other.get().report();
    refuseOtherVerdicts(Verdicts.of(judged), Verdicts.of(report));
    return new Shown(other.get().recording(), report);
  }

  /// @throws UsageException if they are not the same
  static void refuseOtherVerdicts(List<String> judged, List<String> shown) {
    if (!judged.equals(shown)) {
      List<String> other = new ArrayList<>(judged);
      shown.forEach(other::remove);
      throw new UsageException(
          List.of(
              "no anonymous report was written, as other names would change what is judged (%s): give a host, role or database whose name is a word of PostgreSQL's or of the system's another one, or report with the real names"
                  .formatted(other.isEmpty() ? "more is found" : "first " + other.getFirst())));
    }
  }

  /// A recording, and what it comes to.
  record Shown(FleetRecording recording, AuditReport report) {}
}
