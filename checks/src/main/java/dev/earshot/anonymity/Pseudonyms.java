package dev.earshot.anonymity;

import dev.earshot.check.Policy;
import dev.earshot.check.Waiver;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.OperatingSystem;
import dev.earshot.evidence.Ping;
import dev.earshot.evidence.Place;
import dev.earshot.evidence.Remote;
import dev.earshot.evidence.TunnelRtt;
import dev.earshot.topology.DeclaredTopology;
import dev.earshot.topology.KnownName;
import dev.earshot.topology.Role;
import dev.earshot.topology.Topology;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Other names and addresses for all that tells whose fleet it is.
///
/// Hosts are called after their first role and numbered in the order of their names: `backend-1`.
/// The same recording always gets the same pseudonyms, and so does another one of the same hosts in
/// the same roles. The names of places and groups stay, as checks read them.
public final class Pseudonyms {

  /// Where Ping and TunnelRtt name the host that they are about, whatever its name is.
  private static final Pattern ABOUT_HOST =
      Pattern.compile("(?dm)^(=== |@to \\S+ \\d+ |[0-9a-fA-F.:]+ )(.+)$");

  private static final Pattern LOGIN = Pattern.compile("[^\\s@/:'\"(]+(?=@)");
  private static final Pattern HOME = Pattern.compile("(?<=/home/|/Users/)[^/\\s:'\"]+");

  private final Map<HostName, HostName> hosts = new LinkedHashMap<>();
  private final Map<String, String> files = new HashMap<>();
  private final NamePseudonyms names = new NamePseudonyms();
  private final AddressPseudonyms addresses = new AddressPseudonyms();

  private Pseudonyms() {}

  /// For all that is in these recordings.
  public static Pseudonyms of(List<FleetRecording> recordings) {
    Pseudonyms pseudonyms = new Pseudonyms();
    List<FleetEvidence> fleets =
        recordings.stream()
            .map(recording -> FleetEvidence.of(recording, Optional.empty()))
            .toList();
    fleets.forEach(pseudonyms::nameHosts);
    List<HostEvidence> all = fleets.stream().flatMap(fleet -> fleet.hosts().stream()).toList();
    pseudonyms.nameMachines(all);
    pseudonyms.nameServices(all);
    pseudonyms.nameInstances(recordings, fleets);
    pseudonyms.nameFiles(all);
    return pseudonyms;
  }

  /// What a host is called now.
  public HostName of(HostName host) {
    return hosts.getOrDefault(host, host);
  }

  /// The recording with other names.
  public FleetRecording of(FleetRecording recording) {
    return new FleetRecording(
        recording.takenAt(),
        recording.window(),
        recording.version(),
        recording.depth(),
        recording.hosts().stream().map(this::host).toList(),
        recording.remotes().stream().map(this::remote).toList());
  }

  /// What is declared, with other names. Who answers for a waiver is told to nobody.
  public Policy of(Policy policy) {
    return new Policy(
        declared(policy.topology()),
        policy.thresholds(),
        policy.waivers().stream().map(this::waiver).toList(),
        policy.custom().stream().map(check -> check.renamed(this::any, this::text)).toList(),
        policy.notes().stream()
            .map(note -> new Policy.Note(text(note.told()), note.origin()))
            .toList());
  }

  private DeclaredTopology declared(DeclaredTopology topology) {
    return new DeclaredTopology(
        topology.roles().entrySet().stream()
            .collect(Collectors.toMap(entry -> any(entry.getKey()), Map.Entry::getValue)),
        topology.ignored().stream()
            .map(flow ->
                new DeclaredTopology.IgnoredFlow(
                    flow.from().map(this::all), flow.to().map(this::all), flow.port()))
            .toList());
  }

  private Waiver waiver(Waiver waiver) {
    Waiver.Scope scope = waiver.scope();
    return new Waiver(
        text(waiver.name()),
        waiver.check(),
        new Waiver.Scope(
            scope.hosts().map(this::all),
            scope.from().map(this::all),
            scope.to().map(this::all),
            scope.detail().map(this::text)),
        text(waiver.reason()),
        "owner",
        waiver.expires(),
        waiver.origin());
  }

  private Set<HostName> all(Set<HostName> some) {
    return some.stream().map(this::any).collect(Collectors.toSet());
  }

  /// Of a host of the audit, or of one outside that is known by its address.
  private HostName any(HostName host) {
    return Optional.ofNullable(hosts.get(host)).orElseGet(() -> new HostName(text(host.value())));
  }

  private Remote remote(Remote remote) {
    return new Remote(
        text(remote.name()), text(remote.domain()), poll(remote.start()), poll(remote.end()));
  }

  private Evidence<Remote.Poll> poll(Evidence<Remote.Poll> poll) {
    return switch (poll) {
      case Evidence.Uncollected<Remote.Poll>(String reason) ->
          new Evidence.Uncollected<>(text(reason));
      case Evidence.Collected<Remote.Poll> _, Evidence.Absent<Remote.Poll> _ -> poll;
    };
  }

  private void nameHosts(FleetEvidence fleet) {
    Topology topology = Topology.of(fleet);
    Map<String, Integer> numbers = new HashMap<>();
    fleet.hosts().stream()
        .sorted(
            Comparator.comparing((HostEvidence host) -> role(topology.roles(host.name())))
                .thenComparing(HostEvidence::name))
        .filter(host -> !hosts.containsKey(host.name()))
        .forEach(host -> {
          String role = role(topology.roles(host.name()));
          hosts.put(host.name(), new HostName(role + "-" + numbers.merge(role, 1, Integer::sum)));
        });
  }

  private static String role(Set<Role> roles) {
    return roles.stream().sorted().findFirst().map(Role::label).orElse("host");
  }

  /// What hosts call themselves, their domains and their addresses.
  private void nameMachines(List<HostEvidence> all) {
    Set<String> domains = new TreeSet<>();
    for (HostName host : hosts.keySet()) {
      name(host.value(), of(host).value(), domains);
    }
    for (HostEvidence host : all) {
      String pseudonym = of(host.name()).value();
      name(host.host().address(), pseudonym, domains);
      host.os()
          .collected()
          .map(OperatingSystem::hostname)
          .ifPresent(own -> name(own, pseudonym, domains));
    }
    names.number(domains, "domain", ".example");
    hosts.keySet().stream()
        .flatMap(name -> all.stream().filter(host -> host.name().equals(name)))
        .flatMap(host ->
            Stream.concat(
                Stream.of(host.host().address()),
                host.addresses().collected().stream()
                    .flatMap(own -> own.all().stream())
                    .map(Address::value)
                    .sorted()))
        .forEach(addresses::replace);
  }

  /// A name with a domain stands for its host without the domain, too.
  private void name(String name, String pseudonym, Set<String> domains) {
    names.put(name, pseudonym);
    int dot = name.indexOf('.');
    if (dot > 0 && name.indexOf('.', dot + 1) > 0 && !Address.of(name).isNumeric()) {
      names.put(name.substring(0, dot), pseudonym);
      domains.add(name.substring(dot + 1));
    }
  }

  private void nameServices(List<HostEvidence> all) {
    ServiceNames services = ServiceNames.of(all);
    names.number(services.roles(), "role", "");
    names.number(services.databases(), "dbname", "");
    names.number(services.instances(), "instance", ".example");
    names.number(services.containers(), "container", "");
    names.number(services.projects(), "project", "");
    names.number(services.proxies(), "proxy", "");
  }

  /// The service's public names, and the instances that were asked about it.
  private void nameInstances(List<FleetRecording> recordings, List<FleetEvidence> fleets) {
    names.number(
        fleets.stream()
            .flatMap(fleet -> KnownName.of(fleet).stream())
            .map(KnownName::name)
            .collect(Collectors.toCollection(TreeSet::new)),
        "service",
        ".example");
    List<Remote> remotes =
        recordings.stream().flatMap(recording -> recording.remotes().stream()).toList();
    names.number(
        remotes.stream()
            .flatMap(remote -> Stream.of(remote.domain(), remote.name()))
            .collect(Collectors.toCollection(TreeSet::new)),
        "remote",
        ".example");
  }

  private void nameFiles(List<HostEvidence> all) {
    all.stream()
        .map(host -> host.host().file())
        .filter(file -> !file.isEmpty())
        .sorted()
        .distinct()
        .forEach(file -> {
          int dot = file.lastIndexOf('.');
          files.put(
              file,
              "inventory-%d%s"
                  .formatted(
                      files.size() + 1, dot > file.lastIndexOf('/') ? file.substring(dot) : ""));
        });
  }

  private HostRecording host(HostRecording recording) {
    Map<Question, Answer> answers = new LinkedHashMap<>();
    recording.answers().entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
        .forEach(
            entry -> answers.put(entry.getKey(), answer(entry.getKey().probe(), entry.getValue())));
    return new HostRecording(
        inventoryHost(recording.host()),
        recording.unreachable().map(this::reason),
        recording.interrupted().map(this::reason),
        recording.begun(),
        answers);
  }

  private InventoryHost inventoryHost(InventoryHost host) {
    return new InventoryHost(
        of(host.name()),
        text(host.address()),
        host.groups().stream().map(names::replace).toList(),
        host.declared().map(this::place),
        host.lemmyVersion().map(this::text),
        host.serviceName().map(this::text),
        files.getOrDefault(host.file(), ""),
        host.line());
  }

  private Place place(Place place) {
    return new Place(
        place.source(),
        place.provider().map(names::replace),
        place.region().map(names::replace),
        place.zone().map(names::replace));
  }

  private Answer answer(String probe, Answer answer) {
    String output = answer.result().output();
    boolean aboutHosts = probe.equals(Ping.PROBE.id()) || probe.equals(TunnelRtt.PROBE.id());
    return new Answer(
        new CommandResult(
            answer.result().exitStatus(),
            text(aboutHosts ? ABOUT_HOST.matcher(output).replaceAll(this::aboutHost) : output),
            answer.result().truncated()),
        answer.epochSecond());
  }

  private String aboutHost(MatchResult line) {
    HostName host = new HostName(line.group(2));
    return Matcher.quoteReplacement(line.group(1) + of(host));
  }

  private String reason(String reason) {
    return reason.equals(HostRecording.MANAGED)
        ? reason
        : LOGIN.matcher(text(reason)).replaceAll("user");
  }

  private String text(String text) {
    return HOME.matcher(addresses.replace(names.replace(text))).replaceAll("user");
  }
}
