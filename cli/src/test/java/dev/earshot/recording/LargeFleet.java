package dev.earshot.recording;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Evidence of as many hosts as `make bench` wants to replay: the incident that was recorded in the
/// lab, again and again, each time under other names and addresses.
final class LargeFleet {

  private static final String NETWORK = "10.77.0.";

  private LargeFleet() {}

  /// Saves such a fleet.
  ///
  /// @param arguments how many hosts, of which recording, and where to keep them
  public static void main(String[] arguments) {
    int wanted = Integer.parseInt(arguments[0]);
    FleetRecording incident = RecordingStore.load(Path.of(arguments[1]));
    List<HostRecording> hosts = new ArrayList<>();
    for (int copy = 0; hosts.size() < wanted; copy++) {
      UnaryOperator<String> renaming = renaming(incident, copy);
      incident.hosts().stream().map(host -> renamed(host, renaming)).forEach(hosts::add);
    }
    RecordingStore.save(
        new FleetRecording(
            incident.takenAt(), incident.window(), incident.version(), hosts.subList(0, wanted)),
        Path.of(arguments[2]));
  }

  private static UnaryOperator<String> renaming(FleetRecording incident, int copy) {
    Pattern names =
        Pattern.compile(
            incident.hosts().stream()
                .map(host -> Pattern.quote(host.host().name().value()))
                .collect(Collectors.joining("|", "\\b(?:", ")\\b")));
    String network = "10.%d.%d.".formatted(copy / 256, copy % 256);
    return text -> names.matcher(text).replaceAll("$0-" + copy).replace(NETWORK, network);
  }

  private static HostRecording renamed(HostRecording recording, UnaryOperator<String> renaming) {
    InventoryHost host = recording.host();
    return new HostRecording(
        new InventoryHost(
            new HostName(renaming.apply(host.name().value())),
            renaming.apply(host.address()),
            host.groups(),
            host.declared(),
            host.lemmyVersion(),
            host.serviceName(),
            host.ownPython(),
            host.file(),
            host.line(),
            host.said()),
        recording.unreachable(),
        recording.interrupted(),
        recording.begun(),
        recording.answers().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry<Question, Answer>::getKey,
                    entry -> renamed(entry.getValue(), renaming))));
  }

  private static Answer renamed(Answer answer, UnaryOperator<String> renaming) {
    CommandResult result = answer.result();
    return new Answer(
        new CommandResult(result.exitStatus(), renaming.apply(result.output()), result.truncated()),
        answer.epochSecond());
  }
}
