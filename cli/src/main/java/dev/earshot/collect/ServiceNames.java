package dev.earshot.collect;

import dev.earshot.dns.NameLookup;
import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.ServiceName;
import dev.earshot.topology.KnownName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Asks DNS for the names that hosts say clients know the service by.
final class ServiceNames implements Afterwards {

  private static final Question QUESTION = new Question(ServiceName.PROBE.id(), Moment.ONCE);

  private final Supplier<NameLookup> dns;
  private final Map<HostName, List<KnownName>> known;

  /// @param known each once
  ServiceNames(Supplier<NameLookup> dns, List<KnownName> known) {
    this.dns = dns;
    this.known = known.stream().collect(Collectors.groupingBy(KnownName::host));
  }

  @Override
  public boolean concerns(Target target) {
    return known.containsKey(target.host().name());
  }

  @Override
  public HostRecording ask(Target target, HostRecording recording) {
    List<KnownName> names = known.getOrDefault(target.host().name(), List.of());
    Duration each = ServiceName.PROBE.deadline().dividedBy(Math.max(1, names.size()));
    NameLookup lookup = dns.get();
    List<ServiceName> answers =
        names.stream().map(name -> lookup.lookUp(name.name(), each)).toList();
    return recording.later(QUESTION, CommandResult.of(ServiceName.text(answers)));
  }
}
