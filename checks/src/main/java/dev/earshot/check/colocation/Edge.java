package dev.earshot.check.colocation;

import dev.earshot.check.Limit;
import dev.earshot.check.Quoted;
import dev.earshot.check.Subject;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Link;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A flow whose round trips requests wait for, and what is known of how long these take.
record Edge(Topology topology, Flow flow) {

  /// Of several flows between the same hosts the one with the longest way counts, or one whose way
  /// is not known.
  static Map<Subject.OfPair, Flow> farthest(Topology topology, List<Flow> flows) {
    return flows.stream()
        .collect(
            Collectors.toMap(
                flow -> new Subject.OfPair(flow.from(), flow.to()),
                Function.identity(),
                (a, b) -> farther(topology, a, b),
                LinkedHashMap::new));
  }

  private static Flow farther(Topology topology, Flow a, Flow b) {
    Duration unknown = Duration.ofSeconds(Long.MAX_VALUE);
    Duration first = topology.rtts().of(a).orElse(unknown);
    return first.compareTo(topology.rtts().of(b).orElse(unknown)) >= 0 ? a : b;
  }

  /// Why a host's SSH server could not measure the way to another one.
  static Optional<String> refusal(Topology topology, HostName from, HostName to) {
    return topology
        .fleet()
        .host(from)
        .flatMap(host -> host.tunnels().collected())
        .flatMap(tunnels ->
            tunnels.stream()
                .filter(tunnel -> topology.book().server(tunnel, from).equals(to))
                .flatMap(tunnel -> tunnel.refusal().stream())
                .findFirst());
  }

  Optional<Duration> rtt() {
    return topology.rtts().of(flow);
  }

  /// That no round trip is known, as a sentence.
  String untold() {
    return "%s → %s: no round trip could be measured, neither by ping nor by the kernel%s"
        .formatted(
            flow.from(),
            flow.to(),
            refusal(topology, flow.from(), flow.to())
                .map(why -> "; through sshd: " + why)
                .orElse(""));
  }

  /// How the round trip was measured, as a phrase.
  String method() {
    List<String> methods = new ArrayList<>();
    topology.rtts().icmp(flow).ifPresent(link -> methods.add(icmp(link)));
    flow.minRtt()
        .ifPresent(min ->
            methods.add(
                "kernel minimum %s on %d %s"
                    .formatted(
                        Millis.format(min),
                        flow.connections(),
                        flow.connections() == 1 ? "socket" : "sockets")));
    topology
        .rtts()
        .tunnel(flow.from(), flow.to())
        .ifPresent(link ->
            methods.add(
                "shortest of %d connections through sshd on %s"
                    .formatted(link.received(), link.from())));
    return methods.isEmpty() ? "measured another way between them" : String.join("; ", methods);
  }

  /// The same as a measurement's source.
  String by() {
    if (topology.rtts().icmp(flow).isPresent()) {
      return "icmp";
    }
    return flow.minRtt().isEmpty() && topology.rtts().tunnel(flow.from(), flow.to()).isPresent()
        ? "tunnel"
        : "kernel";
  }

  /// A play that fails where the client is too far from the server.
  ///
  /// @param clients and what they ask, as plain words
  String playbook(String clients, String server, Duration limit) {
    String within = Limit.Time.told(limit);
    return """
    - name: CLIENTS run within %s of their SERVER
      hosts: %s
      gather_facts: false
      tasks:
        - name: Measure the round trip to the SERVER
          ansible.builtin.command:
            argv: [ping, -n, -q, -c, "10", -i, "0.2", %s]
          register: earshot_ping
          changed_when: false
          check_mode: false
        - name: The round trip takes %s at most
          ansible.builtin.assert:
            that: (earshot_ping.stdout | regex_search('= [0-9.]+/([0-9.]+)/', '\\\\1') | first | float) <= %d
            fail_msg: "This host is too far from its SERVER: a round trip takes longer than %s"
    """
        .replace("CLIENTS", clients)
        .replace("SERVER", server)
        .formatted(
            within,
            Quoted.yaml(flow.from().value()),
            Quoted.yaml(flow.address()),
            within,
            limit.toMillis(),
            within);
  }

  /// To see it by hand.
  List<String> commands() {
    String client = Quoted.comment(flow.from().value());
    return List.of(
        "ping -n -c 10 %s   # on %s".formatted(Quoted.shell(flow.address()), client),
        "ss -tin dport = :%d   # on %s: minrtt is the kernel's own figure"
            .formatted(flow.port(), client));
  }

  private static String icmp(Link link) {
    return "ICMP median %s of %d"
        .formatted(link.median().map(Millis::format).orElse("unknown"), link.received());
  }
}
