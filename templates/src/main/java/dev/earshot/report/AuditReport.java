package dev.earshot.report;

import dev.earshot.check.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One audit's result, ready to be laid out: `earshot.report/1`.
///
/// The names of the components are the keys of the JSON, which other tools rely on: more may be
/// added, none renamed. Units end the names; rates are per second, ratios from 0 to 1.
///
/// @param takenAt when the audit began, ISO 8601 in UTC
/// @param declared what is judged otherwise because `earshot.yml` says so
/// @param verdict `fail` where a finding failed, else `incomplete` where something could not be
///   asked or there was nobody to ask, else `pass`
/// @param baseline where this audit was compared with another one
/// @param headline the result in a sentence or two: what makes requests slow, else the worst
///   finding
public record AuditReport(
    String schema,
    String takenAt,
    double windowSeconds,
    String earshotVersion,
    ProfileRow profile,
    List<DeclaredRow> declared,
    String verdict,
    String headline,
    Summary summary,
    List<HostRow> hosts,
    List<SiteRow> sites,
    List<LinkRow> links,
    PingRow pings,
    List<FlowRow> flows,
    List<ContainerRow> containers,
    List<BudgetRow> budgets,
    List<FindingRow> findings,
    List<TroubleRow> troubles,
    Optional<BaselineRow> baseline) {

  public static final String SCHEMA = "earshot.report/1";

  public AuditReport {
    declared = List.copyOf(declared);
    hosts = List.copyOf(hosts);
    sites = List.copyOf(sites);
    links = List.copyOf(links);
    flows = List.copyOf(flows);
    containers = List.copyOf(containers);
    budgets = List.copyOf(budgets);
    findings = List.copyOf(findings);
    troubles = List.copyOf(troubles);
  }

  /// How many findings there are: failures by severity, then the rest by verdict.
  ///
  /// @param waived failures that somebody answers for, in none of the other numbers
  public record Summary(
      int critical,
      int high,
      int medium,
      int low,
      int info,
      int waived,
      int pass,
      int unknown,
      int notApplicable) {

    /// All failures that count.
    public int failed() {
      return critical + high + medium + low + info;
    }

    /// The severity of the worst of them.
    public Optional<Severity> worst() {
      return Stream.of(
              Map.entry(Severity.CRITICAL, critical),
              Map.entry(Severity.HIGH, high),
              Map.entry(Severity.MEDIUM, medium),
              Map.entry(Severity.LOW, low),
              Map.entry(Severity.INFO, info))
          .filter(count -> count.getValue() > 0)
          .map(Map.Entry::getKey)
          .findFirst();
    }
  }

  /// One host.
  ///
  /// @param state `audited`, `partial` or `unreachable`
  /// @param reason why it could not be reached, or was not asked
  /// @param leftTo the part of the fleet that was to ask it and is not here; then nobody tried to
  ///   reach it
  /// @param roles `load-balancer`, `backend`, `database`, `cache`, `monitoring`
  /// @param site none where no round trip to or from the host was measured
  /// @param location the line of the inventory that declares it
  public record HostRow(
      String name,
      String address,
      String state,
      Optional<String> reason,
      Optional<ShardRow> leftTo,
      List<String> roles,
      Optional<String> site,
      List<PlaceRow> place,
      Optional<String> os,
      Optional<LocationRow> location) {

    public HostRow {
      roles = List.copyOf(roles);
      place = List.copyOf(place);
    }

    public boolean unreachable() {
      return state.equals("unreachable");
    }
  }

  /// One of the parts into which a fleet is cut for several machines to ask it.
  public record ShardRow(int number, int count) {}

  /// Where a host is, by one source: `declared` or `dmi`.
  public record PlaceRow(
      String source, Optional<String> provider, Optional<String> region, Optional<String> zone) {}

  /// Hosts that must share a datacenter.
  public record SiteRow(String name, List<String> hosts) {

    public SiteRow {
      hosts = List.copyOf(hosts);
    }
  }

  /// Measured round trips; no values where none came back. Of the kernel's, and of those through
  /// tunnels, only the shortest is distance: the others hold what the peer did before it answered,
  /// delayed acknowledgements among it.
  ///
  /// @param method `icmp`, `kernel` or `tunnel`
  /// @param lossRatio none where nothing was sent, and where no echo request was answered: what
  ///   drops them all may let everything else through
  public record LinkRow(
      String from,
      String to,
      String method,
      long sent,
      long received,
      OptionalDouble rttMinMs,
      OptionalDouble rttMedianMs,
      OptionalDouble rttP95Ms,
      OptionalDouble rttMaxMs,
      OptionalDouble lossRatio) {

    /// How far away the other host is: the median of the echo requests, else the shortest. A report
    /// of an earlier Earshot may have a median by the kernel.
    public OptionalDouble distanceMs() {
      return method.equals("icmp") ? rttMedianMs : rttMinMs;
    }
  }

  /// How much of the fleet was pinged.
  ///
  /// @param pairs ordered, of all hosts
  /// @param pinged from the first to the second, answered or not
  /// @param leftOut what was left out on purpose, and why
  public record PingRow(long pairs, long pinged, Optional<String> leftOut) {}

  /// Who talks to whom.
  public record FlowRow(
      String from,
      String to,
      int port,
      String service,
      int connections,
      OptionalDouble rttMinMs,
      OptionalDouble roundTripsPerSecond) {}

  /// One container of a host, stopped ones included.
  ///
  /// @param engine `docker` or `podman`
  /// @param image as whoever started it wrote it
  /// @param digest of the registry's manifest, where the engine knows one
  /// @param version that the image's label tells
  /// @param created when the container was made, ISO 8601 in UTC
  /// @param project of Compose
  /// @param memoryLimitBytes none where it may use all that the host has
  /// @param cpuLimit the same, in processors
  public record ContainerRow(
      String host,
      String engine,
      String name,
      String image,
      Optional<String> digest,
      Optional<String> version,
      Optional<String> created,
      String state,
      Optional<String> project,
      List<String> networks,
      List<PublishedRow> ports,
      Optional<Long> memoryLimitBytes,
      OptionalDouble cpuLimit) {

    public ContainerRow {
      networks = List.copyOf(networks);
      ports = List.copyOf(ports);
    }
  }

  /// A port of a container that the host's address leads to.
  ///
  /// @param protocol `tcp` or `udp`
  /// @param address at the host's end, all of its addresses where that is `0.0.0.0` or `::`
  public record PublishedRow(int port, String protocol, String address, int hostPort) {}

  /// What a check says of one subject.
  ///
  /// @param verdict `pass`, `fail`, `waived`, `unknown` or `notApplicable`
  /// @param severity of the failure; of the check where nothing failed
  /// @param key the same from run to run
  /// @param waiver of a failure that somebody answers for
  /// @param location the line of the inventory that declares the host concerned; of a waiver, its
  ///   own
  public record FindingRow(
      String check,
      String severity,
      String verdict,
      SubjectRow subject,
      String title,
      String because,
      String why,
      String key,
      Optional<WaiverRow> waiver,
      Optional<LocationRow> location,
      List<MeasurementRow> measured,
      Optional<RemedyRow> remedy) {

    private static final Set<String> SEVERITIES =
        Stream.of(Severity.values()).map(Severity::label).collect(Collectors.toUnmodifiableSet());

    public FindingRow {
      if (!SEVERITIES.contains(severity)) {
        throw new IllegalArgumentException("there is no severity '%s'".formatted(severity));
      }
      measured = List.copyOf(measured);
    }

    public boolean failed() {
      return verdict.equals("fail");
    }
  }

  /// What a finding is about; the keys tell the kinds apart.
  public sealed interface SubjectRow {

    /// As people read it: `backend1 → db1`.
    String label();

    /// The hosts concerned; the one to change first comes first.
    default List<String> hosts() {
      return switch (this) {
        case HostSubject(_, String host, _) -> List.of(host);
        case PairSubject(_, String from, String to) -> List.of(from, to);
        case PathSubject(_, List<String> path) -> path;
        case FleetSubject(_) -> List.of();
        case EntrySubject(_, _) -> List.of();
      };
    }
  }

  /// One host, or one thing on it: a role, a mount point.
  public record HostSubject(String label, String host, Optional<String> detail)
      implements SubjectRow {}

  /// Two hosts, in the direction in which one asks the other.
  public record PairSubject(String label, String from, String to) implements SubjectRow {}

  /// A request's way through several hosts.
  public record PathSubject(String label, List<String> path) implements SubjectRow {

    public PathSubject {
      path = List.copyOf(path);
    }
  }

  /// All hosts together.
  public record FleetSubject(String label) implements SubjectRow {}

  /// Something that the admin wrote down.
  public record EntrySubject(String label, String entry) implements SubjectRow {}

  /// Who answers for a failure.
  ///
  /// @param expires the last day, ISO 8601
  public record WaiverRow(String reason, String owner, String expires, LocationRow location) {

    /// As a phrase: until when, by whom, why.
    public String told() {
      return "waived until %s by %s: %s".formatted(expires, owner, reason);
    }
  }

  /// Something that `earshot.yml` says.
  public record DeclaredRow(String told, LocationRow location) {}

  /// A line of an input file.
  public record LocationRow(String file, int line) {}

  /// A value that a verdict rests on.
  public record MeasurementRow(String name, double value, OptionalDouble limit, String by) {}

  /// How to mend it.
  ///
  /// @param playbook an Ansible playbook, empty where only people can do it
  /// @param commands that show the same by hand
  public record RemedyRow(String summary, String playbook, List<String> commands) {

    public RemedyRow {
      commands = List.copyOf(commands);
    }
  }

  /// What the fleet is taken to be meant for, by which some severities are chosen.
  ///
  /// @param name `generic` or `lemmy`
  /// @param because why this one
  public record ProfileRow(String name, String because) {}

  /// What is different from an audit that was found good.
  ///
  /// @param takenAt when that one began
  /// @param added keys of the findings that fail and did not, waived or not
  /// @param updated keys of those that failed with another severity
  /// @param absent findings that failed and do not any more
  /// @param unreachable hosts that could not be reached then, or were not asked
  public record BaselineRow(
      String takenAt,
      List<String> added,
      List<String> updated,
      List<FindingRow> absent,
      List<String> unreachable) {

    public BaselineRow {
      added = List.copyOf(added);
      updated = List.copyOf(updated);
      absent = List.copyOf(absent);
      unreachable = List.copyOf(unreachable);
    }
  }

  /// Something that could not be asked.
  public record TroubleRow(String host, Optional<String> probe, String reason) {}
}
