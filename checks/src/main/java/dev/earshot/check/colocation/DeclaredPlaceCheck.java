package dev.earshot.check.colocation;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Dmi;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Place;
import dev.earshot.topology.Distance;
import dev.earshot.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// People plan by what the inventory says. Where round trips or the firmware contradict it, plans
/// go wrong: two hosts declared to share a zone can't be tens of milliseconds apart, and a standby
/// in another region can't answer in a fraction of one.
public final class DeclaredPlaceCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
            "colocation.declared-place",
            "What the inventory declares, the machines say and round trips show agree",
            Severity.HIGH,
            """
            Everybody plans by the place that the inventory declares. A host that stands elsewhere is \
            slow for reasons that nobody looks for.\
            """,
            card())
        .about(InventoryHost.Topic.PLACE);
  }

  private static Card card() {
    return new Card(
        List.of(
            "machine.dmi",
            "network.addresses",
            "network.listeners",
            "network.sockets",
            "network.pings",
            "network.tunnels"),
        List.of(
            new Card.Threshold(
                "above %s between most hosts of one declared zone: high on a request's path, else medium; of one region without zones: medium, else low"
                    .formatted(Millis.format(Distance.SAME_SITE)),
                "hosts of one datacenter are less than 1 to 2 ms apart; light covers 100 km of fibre and back in 1 ms"),
            new Card.Threshold(
                "%s or less between hosts of different declared regions: medium where both are named as providers name them, else low"
                    .formatted(Millis.format(DeclaredNeighbours.ONE_ROOM)),
                "so near are hosts of one rack or datacenter, as a rule; it is 50 km at most, which two sites of a town may be")),
        """
        # on the host: whose machine it is, by its firmware
        cat /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name
        # and how far a host of the same declared region is
        ping -c 10 OTHER_HOST\
        """,
        "Find out from the provider's console where the host runs, then correct the inventory's earshot_provider, earshot_region and earshot_zone, or move the host.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    DeclaredNeighbours neighbours = new DeclaredNeighbours(fleet.evidence(), fleet.topology());
    return fleet.hosts().stream()
        .map(host ->
            Finding.of(
                info(), Subject.host(host.name()), verdict(fleet.topology(), neighbours, host)))
        .map(finding -> finding.failed() ? finding.with(remedy(finding.subject())) : finding)
        .toList();
  }

  private static Verdict verdict(
      Topology topology, DeclaredNeighbours neighbours, HostEvidence host) {
    Optional<String> silence = host.recording().silence();
    if (silence.isPresent()) {
      return new Verdict.Unknown("%s: %s".formatted(host.name(), silence.get()));
    }
    Optional<Place> declared = host.host().declared();
    if (declared.isEmpty()) {
      return notDeclared(
          topology, host, "place (variables earshot_provider, earshot_region, earshot_zone)");
    }
    Optional<String> firmware = host.dmi().collected().flatMap(Dmi::provider);
    Set<String> named = declared.get().provider().map(Providers::named).orElse(Set.of());
    boolean confirmed = firmware.filter(named::contains).isPresent();
    if (firmware.isPresent() && !named.isEmpty() && !confirmed) {
      return new Verdict.Fail(
          Severity.HIGH,
          "%s is declared to be at %s; its firmware says %s"
              .formatted(host.name(), declared.get().provider().orElse(""), firmware.get()));
    }
    return confirmed || declared.get().region().or(declared.get()::zone).isPresent()
        ? neighbours.judge(host, declared.get(), confirmed)
        : notDeclared(topology, host, "region or zone (variables earshot_region, earshot_zone)");
  }

  private static Verdict notDeclared(Topology topology, HostEvidence host, String what) {
    return topology.site(host.name()).isEmpty() && host.dmi().collected().isEmpty()
        ? new Verdict.Unknown(
            "%s: neither the inventory nor the host nor a round trip tells where it is"
                .formatted(host.name()))
        : new Verdict.NotApplicable(
            "%s: the inventory declares no %s".formatted(host.name(), what));
  }

  private static Remedy remedy(Subject subject) {
    HostName host = subject.hosts().getFirst();
    return new Remedy(
        "Find out where %s really runs (the provider's console, its invoice, traceroute) and correct the inventory, or move the host."
            .formatted(host),
        """
        - name: Show where this host says it is
          hosts: %s
          gather_facts: false
          tasks:
            - name: Read the firmware's words
              ansible.builtin.command:
                argv: [head, /sys/class/dmi/id/sys_vendor, /sys/class/dmi/id/product_name]
              register: earshot_dmi
              changed_when: false
              failed_when: false
              check_mode: false
            - name: Compare them with the inventory
              ansible.builtin.debug:
                var: earshot_dmi.stdout_lines
        """
            .formatted(Quoted.yaml(host.value())),
        List.of(
            "cat /sys/class/dmi/id/sys_vendor   # on %s".formatted(Quoted.comment(host.value())),
            "earshot audit -i INVENTORY   # the matrix shows who is far from whom"));
  }
}
