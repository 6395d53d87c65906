package dev.earshot.cli;

import dev.earshot.anonymity.Pseudonyms;
import dev.earshot.evidence.FleetRecording;
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

  /// What reports show of it.
  Judgement shown(Judgement judgement) {
    return pseudonyms(judgement.recording(), judgement.baseline())
        .map(judgement::with)
        .orElse(judgement);
  }
}
