package dev.earshot.cli;

import dev.earshot.anonymity.Pseudonyms;
import dev.earshot.config.Options;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.inventory.Host;
import dev.earshot.plan.Destinations;
import dev.earshot.plan.Move;
import dev.earshot.policy.PolicyFile;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.Judging;
import dev.earshot.recording.RecordingException;
import dev.earshot.recording.SavedAudit;
import dev.earshot.report.ExitCode;
import dev.earshot.report.PlanAssembly;
import dev.earshot.report.PlanReport;
import dev.earshot.text.NearNames;
import dev.earshot.text.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Go or no-go for moving one host's work to another, before the move; or, after it, whether it
/// went well.
@Command(
    name = "plan",
    description = "Tell whether a host's work would do well on another host.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 go; 1 no-go; 2 wrong use or unreadable input; 3 it can't be told."
    })
final class PlanCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin final LookOptions look;
  @Mixin PlanReports writing = new PlanReports();
  @Mixin Anonymity anonymity = new Anonymity();

  @Option(
      names = "--move",
      required = true,
      paramLabel = "OLD=NEW",
      description = "The host that does the work, and the one that would do it.")
  String move = "";

  @Option(
      names = "--new",
      paramLabel = "HOST",
      description =
          "A host that is not in the inventory: looked at with the settings of the group all; may"
              + " be repeated.")
  List<String> added = new ArrayList<>();

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description = "Judge what --save kept, instead of asking hosts.")
  @Nullable Path evidence;

  @Option(names = "--after", description = "The move was made: judge whether it went well.")
  boolean after;

  @Option(
      names = "--before",
      paramLabel = "FILE",
      description =
          "With --after: what --save kept before the move, to compare with what was predicted.")
  @Nullable Path before;

  PlanCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.look = new LookOptions(terminal, surroundings);
  }

  @Override
  public Integer call() {
    List<String> problems =
        writing.unwritable(
            look.save,
            Stream.of(evidence, before)
                .flatMap((@Nullable Path file) -> Stream.ofNullable(file))
                .toList());
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    Move wanted = move();
    PolicyFile declared = look.policyFile().withoutChecks();
    Optional<FleetRecording> planned = planned(wanted);
    if (evidence != null) {
      SavedAudit kept = KeptEvidence.open(evidence, terminal);
      refuseStrangers(wanted, names(kept.recording()), "the evidence");
      return write(
          planned(
              kept.recording(),
              declared.text().isPresent()
                  ? declared
                  : look.policy.read(kept.judging(), terminal).withoutChecks(),
              wanted,
              planned));
    }
    addHosts();
    look.verbose = writing.verbose;
    if (!after) {
      look.tried = topology -> Destinations.of(topology, wanted);
    }
    FleetRecording recording =
        look.look(
            declared,
            hosts ->
                refuseStrangers(
                    wanted,
                    hosts.stream().map(Host::name).toList(),
                    "the inventory, or not among the hosts that --limit leaves"));
    Planned judged = planned(recording, declared, wanted, planned);
    Optional<RecordingException> unsaved =
        look.keep(judged.shown(), Judging.USUAL, anonymity.kept(declared));
    int exitCode = write(judged);
    if (unsaved.isPresent()) {
      throw unsaved.get();
    }
    return exitCode;
  }

  /// A plan, and what is shown of it.
  ///
  /// @param shown the recording to keep
  private record Planned(PlanReport judged, FleetRecording shown, PlanReport report) {}

  private Planned planned(
      FleetRecording recording,
      PolicyFile declared,
      Move wanted,
      Optional<FleetRecording> planned) {
    Judgement judgement = Judgement.of(recording, Judging.USUAL, declared, planned, terminal);
    PlanReport judged = report(judgement, wanted);
    Optional<Pseudonyms> names = anonymity.pseudonyms(recording, planned);
    if (names.isEmpty()) {
      return new Planned(judged, recording, judged);
    }
    Judgement other = judgement.with(names.get());
    PlanReport shown =
        report(other, new Move(names.get().of(wanted.from()), names.get().of(wanted.to())));
    Anonymity.refuseOtherVerdicts(Verdicts.of(judged), Verdicts.of(shown));
    return new Planned(judged, other.recording(), shown);
  }

  private PlanReport report(Judgement judgement, Move wanted) {
    return after
        ? PlanAssembly.after(judgement.fleet(), wanted, judgement.fleetBefore(), Main.version())
        : PlanAssembly.before(judgement.fleet(), wanted, Main.version());
  }

  private int write(Planned planned) {
    writing.write(
        (format, options, out) -> format.render(planned.report(), options, out), terminal);
    return ExitCode.of(planned.judged()).status();
  }

  private Move move() {
    int equals = move.indexOf('=');
    String from = equals < 0 ? "" : move.substring(0, equals).strip();
    String to = equals < 0 ? "" : move.substring(equals + 1).strip();
    List<String> problems = new ArrayList<>();
    if (from.isEmpty() || to.isEmpty()) {
      problems.add(
          "--move names two hosts, as in --move backend1=backend2, rather than '%s'"
              .formatted(Printable.of(move)));
    } else if (from.equals(to)) {
      problems.add("--move names the same host twice: %s".formatted(Printable.of(from)));
    }
    if (before != null && !after) {
      problems.add("--before goes with --after: it is the evidence from before the move");
    }
    if (evidence != null && !added.isEmpty()) {
      problems.add("--new is for asking hosts; with --evidence, no host is asked");
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return new Move(new HostName(from), new HostName(to));
  }

  private Optional<FleetRecording> planned(Move wanted) {
    if (before == null) {
      return Optional.empty();
    }
    FleetRecording kept = KeptEvidence.open(before, terminal).recording();
    refuseStrangers(wanted, names(kept), "the evidence from before the move");
    return Optional.of(kept);
  }

  /// Ansible reads a list of hosts wherever it reads an inventory; beside that, what it is
  /// configured with has to be named.
  private void addHosts() {
    if (added.isEmpty()) {
      return;
    }
    InventoryOptions inventory = look.inventory;
    if (inventory.sources.isEmpty()) {
      inventory.configuration().get(Options.INVENTORY).stream()
          .map(Path::toString)
          .forEach(inventory.sources::add);
    }
    added.forEach(host -> inventory.sources.add(host + ","));
  }

  private static List<String> names(FleetRecording recording) {
    return recording.hosts().stream().map(host -> host.host().name().value()).toList();
  }

  private static void refuseStrangers(Move move, Collection<String> known, String where) {
    List<String> problems = new ArrayList<>();
    for (HostName host : List.of(move.from(), move.to())) {
      if (!known.contains(host.value())) {
        problems.add(
            Printable.of(
                "--move: there is no host %s in %s%s"
                    .formatted(host, where, NearNames.didYouMean(host.value(), known))));
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }
}
