package dev.earshot.check.machine;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.TimeDaemon;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.TimeSync;
import java.util.List;

/// Logs of two hosts can be read side by side only where their clocks agree, and signed requests
/// between servers are refused when one is off.
public final class TimeSyncCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "machine.time-sync",
        "Something keeps the clock right",
        Severity.MEDIUM,
        """
        A clock that nobody corrects drifts by seconds a week. Then logs of two hosts can't be laid \
        side by side, and signed requests are refused.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("machine.time-sync"),
        List.of(
            new Card.Threshold(
                "a daemon counts that root or a system user runs",
                "anybody may name a program chronyd; system users: SYS_UID_MAX of login.defs, and systemd's DynamicUser=")),
        """
        # on the host: "System clock synchronized: yes" is good
        timedatectl
        # which time daemon runs
        ps -e | grep -E 'chronyd|ntpd|systemd-timesyn'\
        """,
        "Run a time daemon (chrony, systemd-timesyncd) and let it reach its servers over UDP port 123. A container takes its host's clock: correct it there.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return fleet.hosts().stream().map(this::judge).toList();
  }

  private Finding judge(HostEvidence host) {
    Subject subject = Subject.host(host.name());
    return switch (host.timeSync()) {
      case Evidence.Uncollected<TimeSync>(String reason) ->
          Finding.of(
              info(),
              subject,
              new Verdict.Unknown("%s: time synchronisation: %s".formatted(host.name(), reason)));
      case Evidence.Absent<TimeSync>() -> unknown(host, subject);
      case Evidence.Collected<TimeSync>(TimeSync sync) when sync.hidden() && !sync.trusted() ->
          unknown(host, subject);
      case Evidence.Collected<TimeSync>(TimeSync sync) -> {
        String daemon = sync.daemon().orElse("no daemon");
        Verdict verdict =
            sync.trusted()
                ? new Verdict.Pass(
                    "%s: %s%s"
                        .formatted(
                            host.name(),
                            sync.daemon().map(name -> name + " runs").orElse("the clock is set"),
                            sync.synchronised() ? " and has reached a time server" : ""))
                : new Verdict.Fail(
                    Severity.MEDIUM,
                    sync.daemon().isPresent()
                        ? "%s: %s runs but has not reached a time server since boot"
                            .formatted(host.name(), daemon)
                        : "%s: no chronyd, ntpd, systemd-timesyncd or other time daemon is seen to run"
                            .formatted(host.name()));
        Finding finding = Finding.of(info(), subject, verdict);
        yield finding.failed() ? finding.with(TimeDaemon.remedy(host.name())) : finding;
      }
    };
  }

  private Finding unknown(HostEvidence host, Subject subject) {
    return Finding.of(
        info(),
        subject,
        new Verdict.Unknown(
            "%s: which programs run is hidden from the login user: audit with become"
                .formatted(host.name())));
  }
}
