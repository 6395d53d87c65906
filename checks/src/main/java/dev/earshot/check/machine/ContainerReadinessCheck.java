package dev.earshot.check.machine;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.ContainerReadiness;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Moving containers to a new host is the wrong moment to learn that its Ansible modules do not
/// work there.
///
/// Sources: community.docker's changelog (`docker_compose` was deprecated in 3.10.0 and removed in
/// 4.0.0; `docker_compose_v2` needs the client's plugin; since 3.0 most modules need only
/// `requests`; requests 2.32 needs 3.10.2, or Docker's SDK 7.1.0), its issue 672 and
/// docker/compose's issues 10836 and 11168 for what pip's docker-compose does on Debian 12, and PEP
/// 668 for `EXTERNALLY-MANAGED`.
public final class ContainerReadinessCheck implements Check {

  private static final Set<String> NO_ROLE = Set.of("all", "ungrouped");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "machine.container-readiness",
        "Ansible's Docker modules and Docker Compose find what they need",
        Severity.MEDIUM,
        """
        Compose as a Python program is gone, Debian 12 keeps pip away from its Python, and Ansible's \
        old module with it. Whoever finds that out while moving a service fights the tools instead.\
        """,
        new Card(
            List.of(ContainerReadiness.PROBE.id(), Containers.PROBE.id()),
            List.of(
                new Threshold(
                    "no plugin, or Compose v1 beside it",
                    "community.docker 4.0.0 has docker_compose_v2 only; v1 and v2 name projects differently"),
                new Threshold(
                    "no requests for Python, or 2.32 with Docker's SDK before 7.1.0",
                    "community.docker 3.0.0 and 3.10.2"),
                new Threshold(
                    "EXTERNALLY-MANAGED deleted, break-system-packages set, pip's docker-compose or PyYAML 5",
                    "PEP 668; community.docker issue 672")),
            "docker compose version; command -v docker-compose; dpkg -l python3-docker python3-requests; ls /usr/lib/python3*/EXTERNALLY-MANAGED",
            "Install the Compose plugin and Debian's python3-requests; remove what pip brought."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<HostEvidence> running =
        fleet.hosts().stream()
            .filter(host ->
                host.containers().collected().stream()
                    .flatMap(containers -> containers.up().stream())
                    .anyMatch(container -> container.engine().equals("docker")))
            .toList();
    List<Finding> findings =
        fleet.hosts().stream().flatMap(host -> judge(running, host).stream()).toList();
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                new Subject.OfFleet(),
                new Verdict.NotApplicable(
                    "no host has Docker, or shares a group with one that runs containers")))
        : findings;
  }

  /// Nothing for a host that neither has Docker nor seems to be about to.
  ///
  /// @param running the hosts that run Docker's containers: Podman's need none of this
  private Optional<Finding> judge(List<HostEvidence> running, HostEvidence host) {
    return switch (host.readiness()) {
      case Evidence.Uncollected<ContainerReadiness>(String reason) ->
          Optional.of(
              Finding.of(
                  info(),
                  Subject.host(host.name()),
                  new Verdict.Unknown(
                      "%s: what Docker's tools would find: %s".formatted(host.name(), reason))));
      case Evidence.Absent<ContainerReadiness>() -> Optional.empty();
      case Evidence.Collected<ContainerReadiness>(ContainerReadiness readiness) ->
          readiness.docker()
              ? Optional.of(judge(host, Readiness.of(readiness, host.host().ownPython())))
              : peer(running, host)
                  .map(peer ->
                      judge(
                          host, Readiness.withoutDocker(readiness, host.host().ownPython(), peer)));
    };
  }

  private Finding judge(HostEvidence host, Readiness readiness) {
    Subject subject = Subject.host(host.name());
    if (readiness.troubles().isEmpty()) {
      return Finding.of(
          info(),
          subject,
          readiness
              .unjudged()
              .<Verdict>map(why ->
                  new Verdict.NotApplicable(
                      "%s: %s; %s"
                          .formatted(host.name(), String.join(", ", readiness.figures()), why)))
              .orElseGet(() ->
                  new Verdict.Pass(
                      "%s: %s".formatted(host.name(), String.join(", ", readiness.figures())))));
    }
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(
                readiness.severity(),
                "%s: %s".formatted(host.name(), String.join("; ", readiness.troubles()))))
        .with(readiness.remedy(host.name()));
  }

  /// `app1 of group backends`: somebody with the same part to play, who runs containers.
  private static Optional<String> peer(List<HostEvidence> running, HostEvidence host) {
    return running.stream()
        .filter(other -> !other.name().equals(host.name()))
        .flatMap(other ->
            other.host().groups().stream()
                .filter(group -> !NO_ROLE.contains(group) && host.host().groups().contains(group))
                .map(group -> "%s of group %s".formatted(other.name(), group)))
        .findFirst();
  }
}
