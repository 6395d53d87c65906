package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Container;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import java.util.List;
import java.util.stream.Collectors;

/// Work in containers needs their engine.
final class EngineCondition implements Condition {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.containers",
        "Where the work runs in containers, their engine runs on the new host",
        Severity.HIGH,
        "Installing an engine in the middle of a move is where moves get stuck: modules for the old docker-compose are gone from community.docker 4, and pip refuses to install it on Debian 12 (PEP 668).",
        new Card(
            List.of("containers.list"),
            List.of(),
            "docker version; docker compose version   # on the new host",
            "Install the engine and Compose's plugin from packages, and use docker_compose_v2."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    return List.of(
        switch (situation.work().containers()) {
          case Evidence.Absent<Containers>() -> none(situation);
          case Evidence.Uncollected<Containers>(String reason) ->
              finding(
                  situation,
                  new Verdict.Unknown(
                      "%s: whether its work runs in containers is not known: %s"
                          .formatted(situation.work().name(), reason)));
          case Evidence.Collected<Containers>(Containers containers) ->
              containers.up().isEmpty() ? none(situation) : needed(situation, containers);
        });
  }

  private Finding none(Situation situation) {
    return finding(
        situation,
        new Verdict.NotApplicable("%s runs no containers".formatted(situation.work().name())));
  }

  private Finding finding(Situation situation, Verdict verdict) {
    return Finding.of(info(), Subject.host(situation.target().name()), verdict);
  }

  private Finding needed(Situation situation, Containers containers) {
    HostEvidence target = situation.target();
    String engines =
        containers.up().stream()
            .map(Container::engine)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" and "));
    String because =
        "%s runs %d %s with %s"
            .formatted(
                situation.work().name(),
                containers.up().size(),
                containers.up().size() == 1 ? "container" : "containers",
                engines);
    return switch (target.containers()) {
      case Evidence.Collected<Containers> _ ->
          finding(
              situation,
              new Verdict.Pass("%s; an engine runs on %s".formatted(because, target.name())));
      case Evidence.Uncollected<Containers>(String reason) ->
          finding(
              situation,
              new Verdict.Unknown("%s; %s: %s".formatted(because, target.name(), reason)));
      case Evidence.Absent<Containers>() ->
          finding(
                  situation,
                  new Verdict.Fail(
                      Severity.HIGH,
                      "%s; no container engine runs on %s".formatted(because, target.name())))
              .with(remedy(target, engines));
    };
  }

  private static Remedy remedy(HostEvidence target, String engines) {
    String packages =
        engines.contains("docker") ? "docker.io, docker-compose, python3-docker" : "podman";
    return new Remedy(
        "Install %s on %s from packages, never through pip, before the move."
            .formatted(engines, target.name()),
        """
        - name: The new host runs containers
          hosts: %s
          become: true
          gather_facts: false
          tasks:
            - name: Install the engine
              ansible.builtin.apt:
                name: [%s]
        """
            .formatted(Quoted.yaml(target.name().value()), packages),
        List.of("docker version   # on " + Quoted.comment(target.name().value())));
  }
}
