package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Listener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where another program listens already, the service does not start.
final class PortsCondition implements Condition {

  /// Every host has its own.
  private static final int SSH = 22;

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.ports",
        "The ports on which the work is served are free on the new host, or the same program has them",
        Severity.HIGH,
        "A service whose port is taken does not start; the move then ends in the middle.",
        new Card(
            List.of("network.listeners"),
            List.of(),
            "ss -tlnp   # on both hosts",
            "Stop or move the other program, or let the service listen elsewhere."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    Subject subject = Subject.host(situation.target().name());
    for (HostEvidence host : List.of(situation.work(), situation.target())) {
      if (host.listeners() instanceof Evidence.Uncollected<List<Listener>>(String reason)) {
        return List.of(
            Finding.of(
                info(),
                subject,
                new Verdict.Unknown(
                    "%s: which ports are taken is not known: %s".formatted(host.name(), reason))));
      }
    }
    Map<Integer, Optional<String>> served = ports(situation.work());
    Map<Integer, Optional<String>> taken = ports(situation.target());
    List<Finding> findings = new ArrayList<>();
    served.forEach((port, program) ->
        Optional.ofNullable(taken.get(port))
            .filter(other -> !other.equals(program))
            .ifPresent(other ->
                findings.add(
                    program.isPresent() && other.isPresent()
                        ? collision(situation, port, named(program), named(other))
                        : untold(situation, port))));
    if (findings.isEmpty()) {
      findings.add(
          Finding.of(
              info(),
              subject,
              new Verdict.Pass(
                  "%s: nothing else listens on what %s serves (%s)"
                      .formatted(
                          situation.target().name(),
                          situation.work().name(),
                          served.isEmpty() ? "no ports" : ports(served)))));
    }
    return findings;
  }

  private static String ports(Map<Integer, Optional<String>> served) {
    return String.join(
        ", ",
        served.entrySet().stream().map(one -> one.getKey() + " " + named(one.getValue())).toList());
  }

  private Finding collision(Situation situation, int port, String program, String other) {
    String target = situation.target().name().value();
    return Finding.of(
            info(),
            new Subject.OfHost(situation.target().name(), Optional.of("port " + port)),
            new Verdict.Fail(
                Severity.HIGH,
                "%s: port %d is taken by %s; %s serves %s on it"
                    .formatted(target, port, other, situation.work().name(), program)))
        .with(
            new Remedy(
                "Stop %s on %s or move it to another port, or let %s listen elsewhere."
                    .formatted(other, target, program),
                """
                - name: The port is free
                  hosts: %s
                  gather_facts: false
                  tasks:
                    - name: Nothing listens on it
                      ansible.builtin.wait_for:
                        port: %d
                        state: stopped
                        timeout: 1
                """
                    .formatted(Quoted.yaml(target), port),
                List.of("ss -tlnp sport = :%d   # on %s".formatted(port, Quoted.comment(target)))));
  }

  private Finding untold(Situation situation, int port) {
    return Finding.of(
        info(),
        new Subject.OfHost(situation.target().name(), Optional.of("port " + port)),
        new Verdict.Unknown(
            "port %d is served on %s and on %s, and whether by the same program is not shown: allow sudo -n ss"
                .formatted(port, situation.work().name(), situation.target().name())));
  }

  private static String named(Optional<String> program) {
    return program.orElse("a program that is not shown");
  }

  /// Those that others can reach, with the program where it is shown.
  private static Map<Integer, Optional<String>> ports(HostEvidence host) {
    Map<Integer, Optional<String>> ports = new TreeMap<>();
    host.listeners().collected().orElse(List.of()).stream()
        .filter(listener -> !listener.endpoint().address().isLoopback())
        .filter(listener -> listener.endpoint().port() != SSH)
        .sorted(Comparator.comparing(listener -> listener.process().isEmpty()))
        .forEach(listener -> ports.putIfAbsent(listener.endpoint().port(), listener.process()));
    return ports;
  }
}
