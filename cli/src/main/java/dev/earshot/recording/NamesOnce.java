package dev.earshot.recording;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.ServiceName;
import dev.earshot.topology.KnownName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What DNS says of a name belongs to the first host that tells the name. In each part of an audit
/// another one is the first, so that the parts together have an answer from each of them.
final class NamesOnce {

  private static final Question QUESTION = new Question(ServiceName.PROBE.id(), Moment.ONCE);

  private NamesOnce() {}

  /// The same hosts, with only those answers of DNS that one machine would have asked for.
  static List<HostRecording> of(List<HostRecording> hosts) {
    List<HostRecording> tellers =
        hosts.stream().filter(host -> host.answers().containsKey(QUESTION)).toList();
    if (tellers.size() < 2) {
      return hosts;
    }
    FleetEvidence evidence =
        FleetEvidence.of(
            new FleetRecording(
                Instant.EPOCH, Duration.ofSeconds(1), "", Depth.USUAL, tellers, List.of()),
            Optional.empty());
    Map<HostName, Set<String>> known =
        KnownName.of(evidence).stream()
            .collect(
                Collectors.groupingBy(
                    KnownName::host, Collectors.mapping(KnownName::name, Collectors.toSet())));
    return hosts.stream()
        .map(host ->
            evidence
                .host(host.host().name())
                .flatMap(teller -> without(teller, known.getOrDefault(teller.name(), Set.of())))
                .orElse(host))
        .toList();
  }

  /// A host without its answers for other names; nothing where it has none, or can't be read.
  private static Optional<HostRecording> without(HostEvidence teller, Set<String> known) {
    List<ServiceName> answers = teller.names().collected().orElse(List.of());
    List<ServiceName> own =
        answers.stream().filter(answer -> known.contains(answer.name())).toList();
    return own.size() == answers.size()
        ? Optional.empty()
        : Optional.of(with(teller.recording(), own));
  }

  private static HostRecording with(HostRecording host, List<ServiceName> names) {
    Map<Question, Answer> answers = new HashMap<>(host.answers());
    Answer all = answers.remove(QUESTION);
    if (all != null && !names.isEmpty()) {
      answers.put(
          QUESTION, new Answer(CommandResult.of(ServiceName.text(names)), all.epochSecond()));
    }
    return new HostRecording(
        host.host(), host.unreachable(), host.leftTo(), host.interrupted(), host.begun(), answers);
  }
}
