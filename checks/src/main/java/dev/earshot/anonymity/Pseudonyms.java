package dev.earshot.anonymity;

import dev.earshot.check.Origin;
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

  /// As PostgreSQL's messages name things.
  private static final Pattern QUOTED =
      Pattern.compile(
          "\\b(?:role|user|database|schema|relation|table|index|constraint|slot|tablespace|host name|host|publication|subscription) \"{1,2}([^\"\\n]{1,253})\"");

  /// Stands for where something was declared.
  private static final String POLICY_FILE = "earshot.yml";

  private final Map<HostName, HostName> hosts = new LinkedHashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, String> files = new HashMap<>();
  private final NamePseudonyms names = new NamePseudonyms();
  private final Domains domains = new Domains();
  private final AddressPseudonyms addresses = new AddressPseudonyms();
  private final TextPseudonyms texts = new TextPseudonyms(names, addresses);

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
    pseudonyms.nameWhatMessagesQuote(recordings);
    pseudonyms.domains.name(pseudonyms.names, places(all));
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
        recording.remotes().stream().map(this::remote).toList(),
        recording.shard());
  }

  /// What is declared, with other names. Why it is so, and who answers for a waiver, is told to
  /// nobody.
  public Policy of(Policy policy) {
    return new Policy(
        declared(policy.topology()),
        policy.thresholds(),
        policy.waivers().stream().map(this::waiver).toList(),
        policy.custom().stream().map(check -> check.renamed(this::any, texts::of)).toList(),
        policy.notes().stream()
            .map(note ->
                new Policy.Note(texts.of(note.told()), Optional.empty(), origin(note.origin())))
            .toList());
  }

  private static Origin origin(Origin origin) {
    return new Origin(POLICY_FILE, origin.line());
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
        texts.of(waiver.name()),
        waiver.check(),
        new Waiver.Scope(
            scope.hosts().map(this::all),
            scope.from().map(this::all),
            scope.to().map(this::all),
            scope.detail().map(texts::of)),
        "reason",
        "owner",
        waiver.expires(),
        origin(waiver.origin()));
  }

  private Set<HostName> all(Set<HostName> some) {
    return some.stream().map(this::any).collect(Collectors.toSet());
  }

  /// Of a host of the audit, or of one outside that is known by its address.
  private HostName any(HostName host) {
    return Optional.ofNullable(hosts.get(host))
        .orElseGet(() -> new HostName(texts.of(host.value())));
  }

  private Remote remote(Remote remote) {
    return new Remote(
        texts.of(remote.name()),
        texts.of(remote.domain()),
        poll(remote.start()),
        poll(remote.end()));
  }

  private Evidence<Remote.Poll> poll(Evidence<Remote.Poll> poll) {
    return switch (poll) {
      case Evidence.Uncollected<Remote.Poll>(String reason) ->
          new Evidence.Uncollected<>(texts.of(reason));
      case Evidence.Collected<Remote.Poll> _, Evidence.Absent<Remote.Poll> _ -> poll;
    };
  }

  private void nameHosts(FleetEvidence fleet) {
    Topology topology = Topology.of(fleet);
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

  /// What hosts call themselves, and their addresses.
  private void nameMachines(List<HostEvidence> all) {
    for (HostName host : hosts.keySet()) {
      name(host.value(), of(host).value());
    }
    for (HostEvidence host : all) {
      String pseudonym = of(host.name()).value();
      name(host.host().address(), pseudonym);
      host.os().collected().map(OperatingSystem::hostname).ifPresent(own -> name(own, pseudonym));
    }
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
  private void name(String name, String pseudonym) {
    names.put(name, pseudonym);
    domains.above(name);
    int dot = name.indexOf('.');
    if (dot > 0 && name.indexOf('.', dot + 1) > 0 && !Address.of(name).isNumeric()) {
      names.put(name.substring(0, dot), pseudonym);
    }
  }

  private void nameServices(List<HostEvidence> all) {
    ServiceNames services = ServiceNames.of(all);
    PostgresNames postgres = services.postgres();
    names.keep(postgres.settings());
    names.number(postgres.roles(), "role", "");
    names.number(postgres.databases(), "dbname", "");
    domains(services.instances(), "instance");
    names.number(services.containers(), "container", "");
    names.number(postgres.containers(), "database-container", "");
    names.number(services.projects(), "project", "");
    names.number(services.proxies(), "proxy", "");
    names.number(postgres.slots(), "slot", "");
    names.number(postgres.schemas(), "schema", "");
    names.number(postgres.relations(), "relation", "");
    names.number(postgres.parts(), "part", "");
    names.number(postgres.extensions(), "extension", "");
    names.number(postgres.clusters(), "cluster", "");
    names.number(postgres.values(), "value", "");
    names.number(services.formats(), "format", "");
    domains(postgres.clients(), "client");
    domains(services.nameServers(), "nameserver");
  }

  /// Names that lie in domains.
  private void domains(Set<String> some, String kind) {
    names.number(some, kind, ".example");
    some.forEach(domains::above);
  }

  /// The service's public names, and the instances that were asked about it.
  private void nameInstances(List<FleetRecording> recordings, List<FleetEvidence> fleets) {
    domains(
        fleets.stream()
            .flatMap(fleet ->
                Stream.concat(
                    KnownName.of(fleet).stream().map(KnownName::name),
                    fleet.hosts().stream().flatMap(host -> KnownName.servedBy(host).stream())))
            .collect(Collectors.toCollection(TreeSet::new)),
        "service");
    List<Remote> remotes =
        recordings.stream().flatMap(recording -> recording.remotes().stream()).toList();
    domains(
        remotes.stream()
            .flatMap(remote -> Stream.of(remote.domain(), remote.name()))
            .collect(Collectors.toCollection(TreeSet::new)),
        "remote");
    domains(
        ServiceNames.of(fleets.stream().flatMap(fleet -> fleet.hosts().stream()).toList())
            .aliases(),
        "alias");
  }

  /// What is known of no other evidence: it was not there, or did not let itself be asked.
  private void nameWhatMessagesQuote(List<FleetRecording> recordings) {
    names.number(
        recordings.stream()
            .flatMap(recording -> recording.hosts().stream())
            .flatMap(host ->
                Stream.of(
                        host.unreachable().stream(),
                        host.interrupted().stream(),
                        host.answers().values().stream().map(answer -> answer.result().output()))
                    .flatMap(text -> text))
            .flatMap(text -> QUOTED.matcher(text).results())
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new)),
        "name",
        "");
  }

  /// Words of places, which stay.
  private static Set<String> places(List<HostEvidence> all) {
    return all.stream()
        .flatMap(host -> host.places().stream())
        .flatMap(place ->
            Stream.of(place.provider(), place.region(), place.zone(), place.zoneId())
                .flatMap(Optional::stream))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void nameFiles(List<HostEvidence> all) {
    all.stream()
        .map(HostEvidence::host)
        .filter(InventoryHost::hasFile)
        .map(InventoryHost::file)
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
        recording.unreachable().map(texts::reason),
        recording.leftTo(),
        recording.interrupted().map(texts::reason),
        recording.begun(),
        answers);
  }

  private InventoryHost inventoryHost(InventoryHost host) {
    return new InventoryHost(
        of(host.name()),
        texts.of(host.address()),
        host.groups().stream().map(names::replace).toList(),
        host.declared().map(this::place),
        host.lemmyVersion().map(texts::of),
        host.serviceName().map(texts::of),
        host.ownPython(),
        files.getOrDefault(host.file(), ""),
        host.line(),
        Map.of());
  }

  private Place place(Place place) {
    return new Place(
        place.source(),
        place.provider().map(names::replace),
        place.region().map(names::replace),
        place.zone().map(names::replace),
        place.zoneId().map(names::replace));
  }

  private Answer answer(String probe, Answer answer) {
    String output = answer.result().output();
    boolean aboutHosts = probe.equals(Ping.PROBE.id()) || probe.equals(TunnelRtt.PROBE.id());
    return new Answer(
        new CommandResult(
            answer.result().exitStatus(),
            texts.of(aboutHosts ? ABOUT_HOST.matcher(output).replaceAll(this::aboutHost) : output),
            answer.result().truncated()),
        answer.epochSecond());
  }

  private String aboutHost(MatchResult line) {
    HostName host = new HostName(line.group(2));
    return Matcher.quoteReplacement(line.group(1) + of(host));
  }
}
