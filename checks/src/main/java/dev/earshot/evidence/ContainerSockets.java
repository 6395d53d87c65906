package dev.earshot.evidence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Connections that end in network namespaces of containers: the host's own list does not have
/// them.
///
/// @param leftOut how many namespaces there are beside those that were looked into
public record ContainerSockets(List<Namespace> namespaces, int leftOut) {

  /// One network namespace.
  ///
  /// @param name the kernel's: `net:[4026532301]`
  /// @param container the beginning of the container's id, as its control group has it
  /// @param clients the connections that begin in it and leave it
  /// @param served the connections that others make to it; where clients are of other hosts, the
  ///   host's own list does not have them either: the kernel passes them on
  /// @param addresses its own, as far as a connection shows them
  public record Namespace(
      String name,
      String container,
      List<Socket> clients,
      List<Socket> served,
      Set<Address> addresses) {

    public Namespace {
      clients = List.copyOf(clients);
      served = List.copyOf(served);
      addresses = Set.copyOf(addresses);
    }
  }

  private static final String GUARD =
      Processes.elseReturn("dockerd)", "conmon)", "containerd-shim");

  /// The most namespaces that are looked into: each costs a process.
  private static final int MOST = 20;

  /// The kernel's path of a container that an engine of root's made: nobody else makes control
  /// groups there.
  private static final String OF_ROOT =
      "^/(docker/|system[.]slice/docker-|machine[.]slice/libpod-|libpod_parent/libpod-|kubepods)";

  /// The engine need not be asked: the kernel knows which processes have a network and process
  /// numbers of their own, and a control group with a container's id. Those with a network alone
  /// are no containers.
  ///
  /// Any user may make such a namespace, with any address in it, in a user namespace of its own.
  /// One of those counts where its control group could be made by root alone. Containers of
  /// rootless engines do not: nothing tells them from a forgery by their user, and what leaves them
  /// is carried on by a process outside (pasta, slirp4netns, RootlessKit), whose connections are in
  /// the host's own list, with the round trip that counts.
  public static final Probe<Sampled.Sample<ContainerSockets>> PROBE =
      guarded(
          SampledProbe.of(
              "containers.sockets",
              "Whom containers talk to: `ss` in each of at most 20 network namespaces of containers that an engine of root's runs (what rootless ones ask is in the host's own list). Only where Docker or Podman runs.",
              """
              seen='; connections that begin in containers are seen from their servers alone'
              for tool in ss nsenter awk; do
                command -v "$tool" >/dev/null || { echo "containers run here, but $tool is not installed: install the package that holds it (iproute2, util-linux, mawk)$seen"; exit 45; }
              done
              sudo=
              [ "${EARSHOT_UID-$(id -u)}" = 0 ] || sudo='sudo -n'
              links=$($sudo sh -c 'ls -l /proc/self/ns/net /proc/self/ns/pid /proc/self/ns/user /proc/[0-9]*/ns/net /proc/[0-9]*/ns/pid /proc/[0-9]*/ns/user' 2>/dev/null)
              case $links in
                *'net:['*) ;;
                *) echo "the containers' network namespaces are not for the login user to enter: audit with become, or allow it 'sudo sh' and 'sudo nsenter'$seen"; exit 45 ;;
              esac
              echo namespaces
              printf '%s\\n' "$links" | awk '
                BEGIN { for (digit = 0; digit < 64; digit++) number = number "[0-9a-f]" }
                $NF !~ /^(net|pid|user):/ { next }
                { split($(NF - 2), path, "/"); id = path[3]; kind = path[5] }
                id == "self" { own[kind] = $NF; next }
                kind == "net" { net[id] = $NF; order[++count] = id }
                kind == "pid" { pids[id] = $NF }
                kind == "user" { users[id] = $NF }
                END {
                  for (i = 1; i <= count; i++) {
                    id = order[i]
                    if (net[id] == own["net"] || pids[id] == "" || pids[id] == own["pid"] || net[id] in seen) continue
                    place = ""
                    file = "/proc/" id "/cgroup"
                    while (place !~ number && (getline group <file) > 0) {
                      place = group
                      sub(/^[^:]*:[^:]*:/, "", place)
                    }
                    close(file)
                    if (place !~ number || (users[id] != own["user"] && place !~ "OF_ROOT")) continue
                    seen[net[id]] = 1
                    if (shown++ < MOST) lines = lines id " " net[id] " " group "\\n"
                  }
                  if (shown > MOST) print "-", shown - MOST
                  printf "%s", lines
                }' |
                while read -r pid net group; do
                  [ "$pid" != - ] || { echo "left out $net"; continue; }
                  echo "=== $net $group"
                  $sudo nsenter -t "$pid" -n ss -t -i -n -O -H state established state listening 2>/dev/null || $sudo nsenter -t "$pid" -n ss -t -i -n state established state listening 2>/dev/null
                done | head -c LIMIT
              exit 0
              """
                  .replace("MOST", String.valueOf(MOST))
                  .replace("OF_ROOT", OF_ROOT)
                  .replace("LIMIT", String.valueOf(CommandResult.LIMIT / 2)),
              ContainerSockets::parse));

  private static final String HEAD = "=== ";
  private static final String LEFT_OUT = "left out ";
  private static final String LISTENING = "LISTEN";
  private static final String ESTABLISHED = "ESTAB";

  private static final Pattern CONTAINER =
      Pattern.compile("(?<![0-9a-f])([0-9a-f]{12})[0-9a-f]{52}(?![0-9a-f])");

  public ContainerSockets {
    namespaces = List.copyOf(namespaces);
  }

  /// What is not known of those that were left out.
  Optional<String> untold() {
    return leftOut == 0
        ? Optional.empty()
        : Optional.of(
            "%d more network namespaces of containers were left out (%d are looked into): connections that begin there are seen from their servers alone"
                .formatted(leftOut, MOST));
  }

  private static <T> Probe<T> guarded(Probe<T> probe) {
    return probe.needing("root, or `sudo -n sh` and `sudo -n nsenter`").guardedBy(GUARD);
  }

  /// A host's connections with those of its containers: to the rest of the fleet, they come from
  /// it.
  static Sampled<List<Socket>> joined(
      Sampled<List<Socket>> own, Sampled<ContainerSockets> containers) {
    return new Sampled<>(
        joined(own.start(), containers.start()), joined(own.end(), containers.end()));
  }

  private static Evidence<Sampled.Sample<List<Socket>>> joined(
      Evidence<Sampled.Sample<List<Socket>>> own,
      Evidence<Sampled.Sample<ContainerSockets>> containers) {
    Stream<Socket> clients =
        containers.collected().stream()
            .flatMap(sample -> sample.value().namespaces().stream())
            .flatMap(namespace -> namespace.clients().stream());
    List<Socket> more = clients.toList();
    return own.map(sample ->
        new Sampled.Sample<>(
            sample.uptime(), Stream.concat(sample.value().stream(), more.stream()).toList()));
  }

  /// The connections that others make to a host's containers.
  public static Sampled<List<Socket>> served(Sampled<ContainerSockets> containers) {
    return new Sampled<>(served(containers.start()), served(containers.end()));
  }

  private static Evidence<Sampled.Sample<List<Socket>>> served(
      Evidence<Sampled.Sample<ContainerSockets>> containers) {
    return containers.map(sample ->
        new Sampled.Sample<>(
            sample.uptime(),
            sample.value().namespaces().stream()
                .flatMap(namespace -> namespace.served().stream())
                .toList()));
  }

  static ContainerSockets parse(String output) {
    List<String> lines = output.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals("namespaces")) {
      throw new UnreadableOutput("it printed " + Text.firstLine(output));
    }
    List<Namespace> namespaces = new ArrayList<>();
    int leftOut = lines.size() > 1 ? leftOut(lines.get(1)) : 0;
    int from = leftOut > 0 ? 2 : 1;
    while (from < lines.size()) {
      int to = from + 1;
      while (to < lines.size() && !lines.get(to).startsWith(HEAD)) {
        to++;
      }
      namespace(lines.get(from), lines.subList(from + 1, to)).ifPresent(namespaces::add);
      from = to;
    }
    return new ContainerSockets(namespaces, leftOut);
  }

  private static int leftOut(String line) {
    return line.startsWith(LEFT_OUT) ? Text.smallCount(line.substring(LEFT_OUT.length())) : 0;
  }

  /// Nothing where it is no container's.
  private static Optional<Namespace> namespace(String head, List<String> lines) {
    if (!head.startsWith(HEAD) || Text.words(head).size() < 2) {
      throw new UnreadableOutput("not a namespace: " + Text.clip(head));
    }
    Matcher container = CONTAINER.matcher(head);
    if (!container.find()) {
      return Optional.empty();
    }
    Set<Integer> ports = new HashSet<>();
    StringBuilder established = new StringBuilder();
    boolean listening = false;
    for (String line : lines) {
      if (line.startsWith(LISTENING)) {
        listening = true;
        ports.add(port(line));
      } else if (line.startsWith(ESTABLISHED)) {
        listening = false;
        established.append(line.substring(ESTABLISHED.length()).strip()).append('\n');
      } else if (!listening && !line.startsWith("State")) {
        established.append(line).append('\n');
      }
    }
    List<Socket> sockets = Socket.parse(established.toString());
    Map<Boolean, List<Socket>> leaving =
        sockets.stream()
            .filter(socket -> !socket.peer().address().isLoopback())
            .collect(Collectors.partitioningBy(socket -> !ports.contains(socket.local().port())));
    return Optional.of(
        new Namespace(
            Text.words(head).get(1),
            container.group(1),
            leaving.getOrDefault(true, List.of()),
            leaving.getOrDefault(false, List.of()),
            sockets.stream()
                .map(socket -> socket.local().address())
                .filter(address -> !address.isLoopback())
                .collect(Collectors.toSet())));
  }

  private static int port(String listening) {
    List<String> columns = Text.words(listening);
    if (columns.size() < 5) {
      throw new UnreadableOutput("ss printed " + Text.clip(listening));
    }
    return Endpoint.of(columns.get(3).replaceFirst("^\\*:", "0.0.0.0:")).port();
  }
}
