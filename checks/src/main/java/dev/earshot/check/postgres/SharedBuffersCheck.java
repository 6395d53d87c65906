package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Memory;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresSettings;
import java.util.List;
import java.util.Optional;

/// Limits: PostgreSQL's manual on `shared_buffers`. From 1 GB of memory, 25 % is a reasonable value
/// to begin with, and more than 40 % is unlikely to work better; 128 MB is what `initdb` writes.
public final class SharedBuffersCheck implements Check {

  private static final Bytes UNTOUCHED = Bytes.ofKiB(128 * 1024);
  private static final Bytes SMALL_HOST = Bytes.ofKiB(1024 * 1024);
  private static final Percent MOST = new Percent(40);

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.shared-buffers",
        "Shared buffers suit the memory of the host",
        Severity.MEDIUM,
        """
        Too small, and PostgreSQL asks the kernel again for what it just had; too large, and the \
        kernel's own cache and the sessions lack the memory.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "postgres.settings",
            "machine.memory",
            "network.addresses",
            "network.listeners",
            "network.sockets"),
        List.of(
            new Card.Threshold(
                "more than %s of the memory: medium".formatted(MOST),
                "PostgreSQL's manual: more is unlikely to work better"),
            new Card.Threshold(
                "%s or less on a host with %s or more: low".formatted(UNTOUCHED, SMALL_HOST),
                "what initdb writes; PostgreSQL's manual begins with 25 % from 1 GB of memory on")),
        """
        # on the database's host
        sudo -u postgres psql -X -c 'show shared_buffers'
        # how much memory there is: the column total
        free -m\
        """,
        "Set shared_buffers to a quarter of the memory where the host serves PostgreSQL alone, less where it does not. It takes effect at the next restart.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.judge(info(), fleet, (host, settings) -> List.of(judge(host, settings)));
  }

  private Finding judge(HostEvidence host, PostgresSettings settings) {
    Subject subject = Servers.subject(host, settings);
    Optional<Bytes> buffers = ServerSetting.blocks(settings, "shared_buffers");
    Optional<Bytes> memory =
        host.memory().collected().map(Memory::total).filter(total -> total.value() > 0);
    if (buffers.isEmpty() || memory.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown(
              "%s: %s could not be read"
                  .formatted(
                      host.name(), buffers.isEmpty() ? "shared_buffers" : "the host's memory")));
    }
    Percent share = Percent.ofRatio((double) buffers.get().value() / memory.get().value());
    String because =
        "%s: shared_buffers is %s, %s of the host's %s; 25 %% is where to begin, limit %s"
            .formatted(host.name(), buffers.get(), share, memory.get(), MOST);
    Measurement measured =
        Measurement.limited(
            "sharedBuffersPercent", share.value(), MOST.value(), "pg_settings, /proc/meminfo");
    boolean small =
        buffers.get().compareTo(UNTOUCHED) <= 0 && memory.get().compareTo(SMALL_HOST) >= 0;
    if (!small && share.compareTo(MOST) <= 0) {
      return Finding.of(info(), subject, new Verdict.Pass(because), measured);
    }
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(small ? Severity.LOW : Severity.MEDIUM, because),
            measured)
        .with(
            ServerSetting.alterSystem(
                host,
                settings,
                "Set a quarter of the memory where the host serves PostgreSQL alone, less where it does not; it takes effect at the next restart.",
                "shared_buffers",
                "%dMB".formatted(memory.get().value() / 4 / 1024 / 1024)));
  }
}
