package dev.earshot.check.container;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Container;
import dev.earshot.evidence.Container.Run;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.HostEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A container that is started again and again, or that its own health check gives up on, serves
/// some of the requests at best.
///
/// Limits: engines wait up to a minute between restarts (Docker's manual), so a container that was
/// restarted three times and is not up for ten minutes is in a loop rather than over one.
public final class StabilityCheck implements Check {

  private static final int RESTARTS = 3;
  private static final Duration SETTLED = Duration.ofMinutes(10);

  /// SIGKILL and SIGTERM, by which engines stop containers when told to.
  private static final Set<Integer> STOPPED = Set.of(0, 137, 143);

  /// With these, a container that ends is meant to come back.
  private static final Set<String> MEANT_TO_RUN = Set.of("always", "unless-stopped", "on-failure");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "container.stability",
        "Containers stay up and healthy",
        Severity.HIGH,
        """
        What is restarted in a loop, killed for want of memory or unhealthy answers late, or not at \
        all, while everything around it looks idle.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("containers.list"),
        List.of(
            new Card.Threshold(
                "%d restarts or more, and up for less than %d min: high"
                    .formatted(RESTARTS, SETTLED.toMinutes()),
                "engines wait up to a minute between restarts (Docker's manual), so that it is in a loop rather than over one")),
        """
        # on the host: how long each is up, and whether it is healthy
        docker ps -a --format '{{.Names}}: {{.Status}}'
        # how often it was restarted, how it ended, whether for want of memory
        docker inspect --format '{{.RestartCount}} {{.State.ExitCode}} {{.State.OOMKilled}}' CONTAINER\
        """,
        "Read the container's last words (docker logs --tail 50 CONTAINER). Where it was killed for want of memory, raise its limit or find what it holds; where its health check fails, run that check by hand inside.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return ContainerHosts.judge(info(), fleet, this::judge);
  }

  private List<Finding> judge(HostEvidence host, Containers containers) {
    List<Finding> findings = new ArrayList<>();
    for (Container container : containers.all()) {
      worry(container.run(), containers.asked())
          .ifPresent(fail -> findings.add(finding(host, container, fail)));
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                Subject.host(host.name()),
                new Verdict.Pass(
                    "%s: %d containers up, none unhealthy, killed or in a restart loop"
                        .formatted(host.name(), containers.up().size()))))
        : findings;
  }

  private static Optional<Verdict.Fail> worry(Run run, Instant now) {
    Optional<Duration> up = run.started().map(started -> Duration.between(started, now));
    if (run.oomKilled()) {
      return high(
          "the kernel killed a process of it for want of memory (state %s)".formatted(run.state()));
    }
    if (run.state().equals("restarting")
        || (run.isUp()
            && run.restarts() >= RESTARTS
            && up.filter(time -> time.compareTo(SETTLED) < 0).isPresent())) {
      return high(
          "it is in a restart loop: restarted %d times, last exit code %d%s; limit %d restarts until it is up for %d min"
              .formatted(
                  run.restarts(),
                  run.exitCode(),
                  up.map(time -> ", started %d s ago".formatted(Math.max(0, time.toSeconds())))
                      .orElse(""),
                  RESTARTS,
                  SETTLED.toMinutes()));
    }
    if (run.isUp() && run.health().filter("unhealthy"::equals).isPresent()) {
      return high("its health check fails");
    }
    if (run.state().equals("dead")) {
      return high("it is dead: the engine could not remove it");
    }
    if (run.state().equals("exited")
        && !STOPPED.contains(run.exitCode())
        && MEANT_TO_RUN.contains(run.restartPolicy())) {
      return Optional.of(
          new Verdict.Fail(
              Severity.MEDIUM,
              "it ended with exit code %d, though its restart policy is %s"
                  .formatted(run.exitCode(), run.restartPolicy())));
    }
    return Optional.empty();
  }

  private static Optional<Verdict.Fail> high(String because) {
    return Optional.of(new Verdict.Fail(Severity.HIGH, because));
  }

  private Finding finding(HostEvidence host, Container container, Verdict.Fail worry) {
    return Finding.of(
            info(),
            ContainerHosts.subject(host, container),
            new Verdict.Fail(
                worry.severity(),
                "%s: container %s: %s".formatted(host.name(), container.name(), worry.because())),
            Measurement.limited(
                "containerRestarts", container.run().restarts(), RESTARTS, container.engine()))
        .with(remedy(host, container));
  }

  private static Remedy remedy(HostEvidence host, Container container) {
    String name = ContainerName.word(container.name());
    String at = "   # on " + Quoted.comment(host.name().value());
    return new Remedy(
        "Read its last words; where it was killed for want of memory, raise its limit or find what it holds.",
        "",
        List.of(
            "%s logs --tail 50 %s%s".formatted(container.engine(), name, at),
            "%s inspect --format '{{json .State}}' %s%s".formatted(container.engine(), name, at)));
  }
}
