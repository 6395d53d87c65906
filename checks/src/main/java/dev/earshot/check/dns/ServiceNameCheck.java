package dev.earshot.check.dns;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.ServiceName;
import dev.earshot.topology.KnownName;
import dev.earshot.topology.ResolvedName;
import dev.earshot.topology.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Clients go where DNS sends them. A name that leads past the load balancers, or to an address
/// that the service has left, breaks it for a share of them, and no host sees that.
///
/// A name that leads to no host of the audit is no fault: before many services stands a CDN. Nor is
/// one that only a web server knows and that leads to that server: it may be another service's.
public final class ServiceNameCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
            "dns.service-name",
            "The service's public names lead to its load balancers",
            Severity.HIGH,
            """
            Clients go where DNS sends them: a name that leads past the load balancers, or to an address \
            that the service has left, breaks it for a share of them, and no host sees that.\
            """,
            card())
        .about(InventoryHost.Topic.SERVICE_NAME);
  }

  private static Card card() {
    return new Card(
        List.of(
            "dns.names",
            "lemmy.nodeinfo",
            "haproxy.stats",
            "nginx.timings",
            "network.addresses",
            "network.listeners",
            "network.sockets",
            "postgres.settings"),
        List.of(),
        """
        # anywhere: which addresses the name has, and for how many seconds they are remembered
        dig +noall +answer lemmy.example.org A lemmy.example.org AAAA
        # on each load balancer: whether they are its own
        ip -o addr show\
        """,
        "Let the name's A and AAAA records have the addresses of the load balancers, or of what stands before them, and no others.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<ResolvedName> names = fleet.topology().names();
    List<KnownName> unasked =
        KnownName.of(fleet.evidence()).stream()
            .filter(known -> names.stream().noneMatch(name -> name.name().equals(known.name())))
            .toList();
    if (names.isEmpty() && unasked.isEmpty()) {
      return List.of(Finding.of(info(), new Subject.OfFleet(), nothingKnown(fleet)));
    }
    List<ResolvedName> ofService = names.stream().filter(name -> isOfService(fleet, name)).toList();
    return Stream.of(
            names.stream().map(name -> judge(fleet, name)),
            unasked.stream().map(known -> unasked(fleet, known)),
            balancers(fleet)
                .filter(_ -> ofService.stream().anyMatch(name -> !name.hosts().isEmpty()))
                .map(balancer -> judge(balancer, ofService)))
        .flatMap(findings -> findings)
        .toList();
  }

  /// Whether load balancers are meant to answer to it: what only a web server knows is of a service
  /// of its own, unless it leads to a load balancer.
  private static boolean isOfService(Fleet fleet, ResolvedName name) {
    return teller(fleet, name).filter(KnownName.Teller.WEB_SERVER::equals).isEmpty()
        || name.hosts().stream().anyMatch(host -> isBalancer(fleet, host));
  }

  private static Optional<KnownName.Teller> teller(Fleet fleet, ResolvedName name) {
    return KnownName.of(fleet.evidence()).stream()
        .filter(known -> known.name().equals(name.name()))
        .findFirst()
        .map(KnownName::by);
  }

  private static Verdict nothingKnown(Fleet fleet) {
    for (HostEvidence host : fleet.hosts()) {
      if (host.names() instanceof Evidence.Uncollected<?>(String reason)) {
        return new Verdict.Unknown("%s: %s".formatted(host.name(), reason));
      }
    }
    return new Verdict.NotApplicable(
        "no public name is known: neither Lemmy nor earshot_service_name tells one");
  }

  private Finding unasked(Fleet fleet, KnownName known) {
    String reason =
        fleet
            .evidence()
            .host(known.host())
            .map(host ->
                host.names() instanceof Evidence.Uncollected<?>(String why)
                    ? why
                    : "DNS was not asked for it")
            .orElse("");
    return Finding.of(
        info(),
        subject(known.host(), known.name()),
        new Verdict.Unknown("%s: %s".formatted(known.name(), reason)));
  }

  private static Subject subject(HostName host, String name) {
    return new Subject.OfHost(host, Optional.of(name));
  }

  private Finding judge(Fleet fleet, ResolvedName name) {
    if (name.owners().isEmpty()) {
      return withoutAddress(fleet, name);
    }
    Subject subject = subject(name.teller(), name.name());
    if (name.hosts().isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.NotApplicable(
              "%s; no host of the audit has such an address, as where a CDN, a proxy or a translated address stands before the service: which hosts are behind can't be told"
                  .formatted(name.told())),
          measured(name));
    }
    List<String> wrong = wrong(fleet, name);
    if (wrong.isEmpty()) {
      List<HostName> blind = name.hosts().stream().filter(host -> isBlind(fleet, host)).toList();
      return Finding.of(
          info(),
          subject,
          blind.isEmpty()
              ? new Verdict.Pass(name.told())
              : new Verdict.Unknown(
                  "%s; what %s does is not known".formatted(name.told(), joined(blind))),
          measured(name));
    }
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(Severity.MEDIUM, name.told() + ": " + String.join("; ", wrong)),
            measured(name))
        .with(
            new Remedy(
                "Take these addresses out of the records of %s, or tell the audit which host they belong to (earshot_address)."
                    .formatted(name.name()),
                "",
                List.of(ServiceName.byHand(name.name()))));
  }

  private Finding withoutAddress(Fleet fleet, ResolvedName name) {
    Subject subject = subject(name.teller(), name.name());
    Optional<String> trouble = name.answer().trouble();
    if (trouble.isPresent()) {
      return Finding.of(
          info(), subject, new Verdict.Unknown("%s: %s".formatted(name.name(), trouble.get())));
    }
    Optional<KnownName.Teller> by = teller(fleet, name);
    return by.filter(KnownName.Teller.SERVICE::equals).isPresent()
        ? Finding.of(
                info(),
                subject,
                new Verdict.Fail(
                    Severity.HIGH,
                    "%s says that it is %s, which has no address in DNS"
                        .formatted(name.teller(), name.name())))
            .with(
                new Remedy(
                    "Give %s the addresses of the load balancers.".formatted(name.name()),
                    "",
                    List.of(ServiceName.byHand(name.name()))))
        : Finding.of(
            info(),
            subject,
            new Verdict.NotApplicable(
                "%s, which %s %s, has no address in DNS: no client is led by it"
                    .formatted(
                        name.name(),
                        by.filter(KnownName.Teller.WEB_SERVER::equals).isPresent()
                            ? "a web server answers to on"
                            : "the inventory sets for",
                        name.teller())));
  }

  private static List<String> wrong(Fleet fleet, ResolvedName name) {
    List<String> wrong = new ArrayList<>();
    List<HostName> past =
        name.hosts().stream()
            .filter(host -> !isBalancer(fleet, host) && !isBlind(fleet, host))
            .filter(host -> isOfService(fleet, name) || !isServed(fleet, host, name))
            .toList();
    String balancers =
        balancers(fleet).map(host -> host.name().value()).collect(Collectors.joining(", "));
    if (!past.isEmpty() && !balancers.isEmpty()) {
      wrong.add(
          "%s is no load balancer, so requests go past %s".formatted(joined(past), balancers));
    }
    if (!name.strangers().isEmpty()) {
      wrong.add(
          "no host of the audit has %s"
              .formatted(
                  name.strangers().stream().map(Address::value).collect(Collectors.joining(", "))));
    }
    return wrong;
  }

  private Finding judge(HostEvidence balancer, List<ResolvedName> names) {
    Subject subject = Subject.host(balancer.name());
    List<String> leading =
        names.stream()
            .filter(name -> name.hosts().contains(balancer.name()))
            .map(ResolvedName::name)
            .toList();
    if (!leading.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Pass(
              "%s is in the answer for %s".formatted(balancer.name(), String.join(", ", leading))));
    }
    List<String> others = names.stream().map(ResolvedName::name).toList();
    return names.stream().anyMatch(name -> name.answer().trouble().isPresent())
        ? Finding.of(
            info(),
            subject,
            new Verdict.Unknown(
                "whether a name leads to %s is not known: DNS did not answer for all of %s"
                    .formatted(balancer.name(), String.join(", ", others))))
        : Finding.of(
                info(),
                subject,
                new Verdict.Fail(
                    Severity.INFO,
                    "%s is a load balancer, and not in the answer for %s: right for one that stands by for a floating address"
                        .formatted(balancer.name(), String.join(", ", others))))
            .with(
                new Remedy(
                    "Give %s a record of its own, unless it stands by or something else sends requests to it."
                        .formatted(balancer.name()),
                    "",
                    others.stream().map(ServiceName::byHand).toList()));
  }

  private static boolean isServed(Fleet fleet, HostName host, ResolvedName name) {
    return fleet.evidence().host(host).stream()
        .anyMatch(each -> KnownName.servedBy(each).contains(name.name()));
  }

  private static Stream<HostEvidence> balancers(Fleet fleet) {
    return fleet.hosts().stream().filter(host -> isBalancer(fleet, host.name()));
  }

  private static boolean isBalancer(Fleet fleet, HostName host) {
    return fleet.topology().roles(host).contains(Role.LOAD_BALANCER);
  }

  /// Whether neither it nor its groups say what it does.
  private static boolean isBlind(Fleet fleet, HostName host) {
    return fleet.topology().roles(host).isEmpty()
        && fleet.evidence().host(host).filter(each -> each.unreachable().isPresent()).isPresent();
  }

  private static Measurement measured(ResolvedName name) {
    return Measurement.of(
        "timeToLiveSeconds",
        name.answer().timeToLive().map(Duration::toSeconds).orElse(0L),
        name.answer().nameServer().isPresent() ? "name server" : "resolver");
  }

  private static String joined(List<HostName> hosts) {
    return hosts.stream().map(HostName::value).collect(Collectors.joining(", "));
  }
}
