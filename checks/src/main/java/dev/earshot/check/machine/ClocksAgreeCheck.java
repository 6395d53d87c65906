package dev.earshot.check.machine;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.ClockOffset;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostRecording.Begun;
import dev.earshot.evidence.TimeSync;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Each host's clock is held against the middle one of all hosts' clocks and that of the machine
/// that asked: where most agree, the others are off, whoever asks. Of several machines that shared
/// a fleet, each knows its own hosts' clocks by its own clock alone. Only what exceeds the
/// uncertainty of both counts.
///
/// Limits: a second is a thousand times what a time daemon leaves over (its own documentation
/// speaks of milliseconds), and the order in which one request's log lines are read; from a minute
/// on, sessions and tokens of short life fail. Lemmy's library signs requests for one hour and
/// refuses older ones (activitypub-federation-rust, `EXPIRES_AFTER`).
public final class ClocksAgreeCheck implements Check {

  private static final String ID = "machine.clocks-agree";

  private static final Limit.Time APART = new Limit.Time(ID, "apart", Duration.ofSeconds(1));
  private static final Limit.Time FAR_APART =
      new Limit.Time(ID, "far_apart", Duration.ofMinutes(1), APART);
  private static final Duration SIGNATURES_EXPIRE = Duration.ofHours(1);

  private static final ClockOffset ASKING = new ClockOffset(Duration.ZERO, Duration.ZERO);

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "The clocks of all hosts agree",
        Severity.HIGH,
        """
        Log lines of two hosts can be put in order only where their clocks agree. A clock that is \
        minutes off makes certificates and tokens invalid, and an hour makes federation fail: Lemmy \
        discards activities whose signature has expired.\
        """,
        new Card(
            List.of(TimeSync.PROBE.id()),
            List.of(
                new Threshold(
                    "more than 1 s apart, beyond the uncertainty: medium",
                    "a time daemon keeps milliseconds; log lines of one request lie within a second",
                    APART),
                new Threshold(
                    "more than 60 s apart, beyond the uncertainty: high",
                    "our own choice: codes and tokens that live for a minute fail",
                    FAR_APART),
                new Threshold(
                    "more than 1 h is told apart: federation stops",
                    "activitypub-federation-rust, EXPIRES_AFTER")),
            "for host in web1 db1; do ssh $host date +%s.%N; date +%s.%N; done   # each pair differs by the round trip and the offset",
            "Set the clock once (chronyc makestep), and let a time daemon keep it."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Map<Integer, ClockOffset> middles =
        fleet.hosts().stream()
            .collect(
                Collectors.groupingBy(
                    ClocksAgreeCheck::machine,
                    Collectors.collectingAndThen(
                        Collectors.toList(), hosts -> middle(hosts).orElse(ASKING))));
    Thresholds limits = fleet.policy().thresholds();
    return fleet.hosts().stream()
        .map(host -> judge(limits, host, middles.getOrDefault(machine(host), ASKING)))
        .toList();
  }

  /// The one that asked it.
  private static int machine(HostEvidence host) {
    return host.recording().begun().map(Begun::machine).orElse(1);
  }

  /// Where there are two in the middle, that which is nearer to the asking machine's.
  private static Optional<ClockOffset> middle(List<HostEvidence> hosts) {
    List<ClockOffset> all = new ArrayList<>(List.of(ASKING));
    hosts.forEach(host -> host.clock().collected().ifPresent(all::add));
    List<ClockOffset> sorted =
        all.stream().sorted(Comparator.comparing(ClockOffset::ahead)).toList();
    return sorted.subList((sorted.size() - 1) / 2, sorted.size() / 2 + 1).stream()
        .min(Comparator.comparing(offset -> offset.ahead().abs()));
  }

  private Finding judge(Thresholds limits, HostEvidence host, ClockOffset middle) {
    Subject subject = Subject.host(host.name());
    return switch (host.clock()) {
      case Evidence.Uncollected<ClockOffset>(String reason) ->
          Finding.of(
              info(), subject, new Verdict.Unknown("%s: clock: %s".formatted(host.name(), reason)));
      case Evidence.Absent<ClockOffset>() ->
          Finding.of(
              info(), subject, new Verdict.NotApplicable(host.name() + " shows no processes"));
      case Evidence.Collected<ClockOffset>(ClockOffset offset) ->
          judge(limits, host, offset, middle);
    };
  }

  private Finding judge(
      Thresholds limits, HostEvidence host, ClockOffset offset, ClockOffset middle) {
    Duration limit = limits.of(APART);
    Duration apart = offset.ahead().minus(middle.ahead());
    Duration uncertainty =
        offset.equals(middle)
            ? offset.uncertainty()
            : offset.uncertainty().plus(middle.uncertainty());
    Duration atLeast = apart.abs().minus(uncertainty);
    String others = middle.equals(ASKING) ? "the machine that asked" : "most hosts";
    String because =
        "%s: its clock %s %s, ± %s s; limit %s s"
            .formatted(
                host.name(),
                apart.abs().compareTo(uncertainty) <= 0
                    ? "agrees with that of"
                    : "is %s s %s that of"
                        .formatted(
                            seconds(apart.abs()), apart.isNegative() ? "behind" : "ahead of"),
                others,
                seconds(uncertainty),
                seconds(limit));
    Subject subject = Subject.host(host.name());
    Measurement[] measured = {
      Measurement.limited(
          "clockAheadSeconds", inSeconds(apart), inSeconds(limit), "date and the exchange's time"),
      Measurement.of("clockUncertaintySeconds", inSeconds(uncertainty), "half the exchange's time")
    };
    if (atLeast.compareTo(limit) > 0) {
      String consequence =
          atLeast.compareTo(SIGNATURES_EXPIRE) > 0
              ? "; signatures expire after one hour, so that Lemmy discards activities to and from it"
              : "";
      return Finding.of(
              info(),
              subject,
              new Verdict.Fail(
                  atLeast.compareTo(limits.of(FAR_APART)) > 0 ? Severity.HIGH : Severity.MEDIUM,
                  because + consequence),
              measured)
          .with(remedy(host.name().value()));
    }
    return Finding.of(
        info(),
        subject,
        uncertainty.compareTo(limit) > 0
            ? new Verdict.Unknown(because + ": the answer took too long to tell")
            : new Verdict.Pass(because),
        measured);
  }

  private static double inSeconds(Duration time) {
    return time.getSeconds() + time.getNano() / 1e9;
  }

  private static String seconds(Duration time) {
    return String.format(
            Locale.ROOT, time.compareTo(FAR_APART.usual()) > 0 ? "%.0f" : "%.3f", inSeconds(time))
        .replaceFirst("\\.000$", "");
  }

  private static Remedy remedy(String host) {
    return new Remedy(
        "Set the clock and let a time daemon keep it; logs and scheduled tasks see a jump. A container takes its host's clock: correct it there.",
        """
        - name: Set the clock
          hosts: %s
          become: true
          gather_facts: false
          tasks:
            - name: Install chrony
              ansible.builtin.apt:
                name: chrony
            - name: Run it
              ansible.builtin.systemd_service:
                name: chrony
                state: started
                enabled: true
              when: not ansible_check_mode
            - name: Step the clock once
              ansible.builtin.command:
                argv: [chronyc, makestep]
              when: earshot_allow_disruption | default(false) | bool
        """
            .formatted(Quoted.yaml(host)),
        List.of(
            "date -u; chronyc tracking || timedatectl   # on %s, beside `date -u` on another host"
                .formatted(Quoted.comment(host))));
  }
}
