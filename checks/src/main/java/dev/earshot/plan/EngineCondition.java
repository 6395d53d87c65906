package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.check.machine.Readiness;
import dev.earshot.evidence.Container;
import dev.earshot.evidence.ContainerReadiness;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Work in containers needs the engine that it runs in, and Docker's tools beside Docker: what
/// `machine.container-readiness` asks of every host with Docker.
final class EngineCondition implements Condition {

  private static final String PODMAN = "podman";

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.containers",
        "Where the work runs in containers, the new host has the same engine, and what Compose and Ansible need of it",
        Severity.HIGH,
        "Installing an engine in the middle of a move is where moves get stuck: modules for the old docker-compose are gone from community.docker 4, and pip refuses to install it on Debian 12 (PEP 668).",
        new Card(
            List.of(Containers.PROBE.id(), ContainerReadiness.PROBE.id()),
            List.of(
                new Card.Threshold(
                    "another engine or none: high; what machine.container-readiness finds: as it does there, at least medium where the work needs Compose",
                    "each engine has networks, volumes and restarts of its own")),
            "docker version; docker compose version; podman version   # on the new host",
            "Install the engine and Compose's plugin from packages, and use docker_compose_v2."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    return switch (situation.work().containers()) {
      case Evidence.Absent<Containers>() -> none(situation);
      case Evidence.Uncollected<Containers>(String reason) ->
          List.of(
              finding(
                  situation,
                  new Verdict.Unknown(
                      "%s: whether its work runs in containers is not known: %s"
                          .formatted(situation.work().name(), reason))));
      case Evidence.Collected<Containers>(Containers containers) ->
          withLeftOut(
              situation,
              containers,
              containers.up().isEmpty() ? none(situation) : needed(situation, containers.up()));
    };
  }

  private List<Finding> withLeftOut(
      Situation situation, Containers containers, List<Finding> findings) {
    return containers
        .leftOut()
        .map(reason ->
            Stream.concat(
                    findings.stream()
                        .filter(one -> !(one.verdict() instanceof Verdict.NotApplicable)),
                    Stream.of(
                        finding(
                            situation,
                            new Verdict.Unknown(
                                "%s: which containers its work runs in is not wholly known: %s"
                                    .formatted(situation.work().name(), reason)))))
                .toList())
        .orElse(findings);
  }

  private List<Finding> none(Situation situation) {
    return List.of(
        finding(
            situation,
            new Verdict.NotApplicable("%s runs no containers".formatted(situation.work().name()))));
  }

  private Finding finding(Situation situation, Verdict verdict) {
    return Finding.of(info(), Subject.host(situation.target().name()), verdict);
  }

  /// On what one engine needs: work may run in two.
  private Finding finding(Situation situation, String engine, Verdict verdict) {
    return Finding.of(
        info(), new Subject.OfHost(situation.target().name(), Optional.of(engine)), verdict);
  }

  private List<Finding> needed(Situation situation, List<Container> up) {
    return up.stream()
        .map(Container::engine)
        .distinct()
        .sorted()
        .map(engine ->
            needed(
                situation,
                engine,
                up.stream().filter(container -> container.engine().equals(engine)).toList()))
        .toList();
  }

  private Finding needed(Situation situation, String engine, List<Container> up) {
    HostEvidence target = situation.target();
    String because =
        "%s runs %d %s with %s"
            .formatted(
                situation.work().name(),
                up.size(),
                up.size() == 1 ? "container" : "containers",
                engine);
    return switch (target.containers()) {
      case Evidence.Uncollected<Containers>(String reason) ->
          finding(
              situation,
              engine,
              new Verdict.Unknown("%s; %s: %s".formatted(because, target.name(), reason)));
      case Evidence.Absent<Containers>() -> idle(situation, engine, because);
      case Evidence.Collected<Containers>(Containers there) ->
          there.engines().contains(engine)
              ? running(situation, engine, because, isComposed(up))
              : there
                  .leftOut()
                  .map(reason ->
                      finding(
                          situation,
                          engine,
                          new Verdict.Unknown(
                              "%s; %s: %s".formatted(because, target.name(), reason))))
                  .orElseGet(() -> idle(situation, engine, because));
    };
  }

  private static boolean isComposed(List<Container> up) {
    return up.stream().anyMatch(container -> container.compose().isPresent());
  }

  private Finding running(Situation situation, String engine, String because, boolean composed) {
    HostEvidence target = situation.target();
    String there = "%s; %s runs on %s".formatted(because, engine, target.name());
    return switch (target.readiness()) {
      case Evidence.Collected<ContainerReadiness>(ContainerReadiness readiness)
          when readiness.docker() && !engine.equals(PODMAN) ->
          ready(
              situation,
              engine,
              there,
              Readiness.of(readiness, target.host().ownPython()),
              composed && readiness.plugins().isEmpty());
      case Evidence.Uncollected<ContainerReadiness>(String reason) when !engine.equals(PODMAN) ->
          finding(
              situation,
              engine,
              new Verdict.Unknown(
                  "%s; what Compose and Ansible find there is not known: %s"
                      .formatted(there, reason)));
      case Evidence.Collected<ContainerReadiness> _,
          Evidence.Uncollected<ContainerReadiness> _,
          Evidence.Absent<ContainerReadiness> _ ->
          finding(situation, engine, new Verdict.Pass(there));
    };
  }

  /// @param lacking the work is started with Compose, which the host does not have
  private Finding ready(
      Situation situation, String engine, String there, Readiness readiness, boolean lacking) {
    if (readiness.troubles().isEmpty()) {
      return finding(
          situation,
          engine,
          new Verdict.Pass(
              "%s%s"
                  .formatted(
                      there,
                      readiness.figures().isEmpty()
                          ? ""
                          : "; " + String.join(", ", readiness.figures()))));
    }
    Severity severity =
        lacking && !readiness.severity().isAtLeast(Severity.MEDIUM)
            ? Severity.MEDIUM
            : readiness.severity();
    return finding(
            situation,
            engine,
            new Verdict.Fail(
                severity, "%s; %s".formatted(there, String.join("; ", readiness.troubles()))))
        .with(readiness.remedy(situation.target().name()));
  }

  /// No process of the engine runs there. Podman has none until it runs a container.
  private Finding idle(Situation situation, String engine, String because) {
    HostEvidence target = situation.target();
    if (target.readiness() instanceof Evidence.Uncollected<ContainerReadiness>(String reason)) {
      return finding(
          situation,
          engine,
          new Verdict.Unknown(
              "%s; whether %s has it is not known: %s".formatted(because, target.name(), reason)));
    }
    Optional<ContainerReadiness> readiness = target.readiness().collected();
    if (engine.equals(PODMAN) && readiness.isPresent()) {
      Optional<Boolean> podman = readiness.get().podman();
      if (podman.isEmpty()) {
        return finding(
            situation,
            engine,
            new Verdict.Unknown(
                "%s; this evidence of %s does not tell whether it is installed; by hand: podman version"
                    .formatted(because, target.name())));
      } else if (podman.get()) {
        return finding(
            situation,
            engine,
            new Verdict.Pass(
                "%s; it is installed on %s, and needs no daemon"
                    .formatted(because, target.name())));
      }
    }
    boolean stopped =
        !engine.equals(PODMAN) && readiness.filter(ContainerReadiness::docker).isPresent();
    return finding(
            situation,
            engine,
            new Verdict.Fail(
                Severity.HIGH,
                "%s, which %s on %s"
                    .formatted(
                        because,
                        stopped ? "is installed but does not run" : "is not",
                        target.name())))
        .with(
            stopped
                ? start(target, engine)
                : engine.equals(PODMAN) ? podman(target, readiness) : docker(situation, readiness));
  }

  private static Remedy docker(Situation situation, Optional<ContainerReadiness> readiness) {
    HostEvidence target = situation.target();
    return readiness
        .map(found ->
            Readiness.withoutDocker(
                    found, target.host().ownPython(), situation.work().name().value())
                .remedy(target.name()))
        .orElseGet(() -> installation(target, "docker", ""));
  }

  private static Remedy podman(HostEvidence target, Optional<ContainerReadiness> readiness) {
    boolean apt =
        readiness
            .flatMap(ContainerReadiness::system)
            .filter(ContainerReadiness.Distribution::ofDebian)
            .isPresent();
    return installation(
        target,
        PODMAN,
        apt
            ? """
            - name: The new host runs containers
              hosts: %s
              become: true
              gather_facts: false
              tasks:
                - name: Install the engine
                  ansible.builtin.apt:
                    name: podman
            """
                .formatted(Quoted.yaml(target.name().value()))
            : "");
  }

  private static Remedy installation(HostEvidence target, String engine, String playbook) {
    return new Remedy(
        "Install %s on %s from packages, never through pip, before the move."
            .formatted(engine, target.name()),
        playbook,
        List.of("%s version   # on %s".formatted(engine, Quoted.comment(target.name().value()))));
  }

  private static Remedy start(HostEvidence target, String engine) {
    return new Remedy(
        "Start %s on %s, and have it started with the host.".formatted(engine, target.name()),
        """
        - name: The new host runs containers
          hosts: %s
          become: true
          gather_facts: false
          tasks:
            - name: Start the engine
              ansible.builtin.systemd:
                name: docker.service
                state: started
                enabled: true
        """
            .formatted(Quoted.yaml(target.name().value())),
        List.of("systemctl status docker   # on " + Quoted.comment(target.name().value())));
  }
}
