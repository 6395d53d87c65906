package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How long a host's SSH server takes to connect to a service for us.
///
/// The answer to "open a connection from there" comes back over the SSH connection once the service
/// has accepted: it takes that connection's own round trip and the one that is sought. Only the
/// shortest of each tells anything, since sshd and the program at our end hold single ones back.
///
/// @param peer the host that serves, as the audit knows it
/// @param address where the connections really went
/// @param opened how long each took to be open
/// @param own round trips of the SSH connection itself
/// @param refusal why not all were opened
/// @param closed the SSH server tried, and the service or something on the way refused or did not
///   answer; evidence of earlier versions does not tell
public record TunnelRtt(
    HostName peer,
    Address address,
    int port,
    List<Duration> opened,
    List<Duration> own,
    Optional<String> refusal,
    boolean closed) {

  /// No part of the program that runs on hosts: it is asked over SSH itself, after it, and only
  /// where a round trip is still not known, or a move needs the port.
  public static final Probe<List<TunnelRtt>> PROBE =
      new Probe<>(
          "network.tunnels",
          "Round trips to services that this host uses, where neither echo requests nor the kernel tell them; and, for plan, whether the new host gets through to all that the old one asks, and who asks the old one to what listens on the new one: the host's own SSH server connects to the service's port, five times, and nothing is said there.",
          "an SSH server that lets the login user forward TCP connections (AllowTcpForwarding)",
          "",
          "# no program on the host: what `ssh -W ADDRESS:PORT HOST` does, timed\n",
          Duration.ofSeconds(30),
          false,
          Set.of(0),
          result -> new Evidence.Collected<>(parse(result.output())));

  private static final String OWN = "@ssh ";
  private static final String TO = "@to ";
  private static final String OPENED = "@opened ";
  private static final String REFUSED = "@refused ";
  private static final String CLOSED = "@closed ";

  private static final int HIGHEST_PORT = 65_535;

  public TunnelRtt {
    opened = opened.stream().sorted().toList();
    own = own.stream().sorted().toList();
  }

  /// The round trip to the service; 0 where it is too short to be told from the connection's own.
  public Optional<Duration> shortest() {
    return opened.isEmpty() || own.isEmpty()
        ? Optional.empty()
        : Optional.of(max(opened.getFirst().minus(own.getFirst()), Duration.ZERO));
  }

  /// The recorded form, which [#PROBE] reads.
  public static String text(List<TunnelRtt> tunnels) {
    StringBuilder text = new StringBuilder();
    for (TunnelRtt tunnel : tunnels) {
      text.append(TO)
          .append(tunnel.address())
          .append(' ')
          .append(tunnel.port())
          .append(' ')
          .append(tunnel.peer())
          .append('\n');
      times(text, OWN, tunnel.own());
      times(text, OPENED, tunnel.opened());
      tunnel
          .refusal()
          .ifPresent(why ->
              text.append(tunnel.closed() ? CLOSED : REFUSED).append(Text.clip(why)).append('\n'));
    }
    return text.toString();
  }

  private static void times(StringBuilder text, String what, List<Duration> times) {
    if (!times.isEmpty()) {
      text.append(what)
          .append(String.join(" ", times.stream().map(time -> "" + Millis.of(time)).toList()))
          .append('\n');
    }
  }

  static List<TunnelRtt> parse(String output) {
    if (!output.startsWith(TO)) {
      throw new UnreadableOutput("not a list of tunnels: " + Text.firstLine(output));
    }
    List<TunnelRtt> tunnels = new ArrayList<>();
    for (String section : ("\n" + output).split("\n" + TO, -1)) {
      if (!section.isBlank()) {
        tunnels.add(section(section.lines().toList()));
      }
    }
    return List.copyOf(tunnels);
  }

  private static TunnelRtt section(List<String> lines) {
    String[] service = lines.getFirst().split(" ", 3);
    if (service.length < 3 || service[2].isEmpty()) {
      throw new UnreadableOutput("not a service: " + Text.clip(lines.getFirst()));
    }
    Address address = Address.of(service[0]);
    int port = Text.smallCount(service[1]);
    if (!address.isNumeric() || port > HIGHEST_PORT) {
      throw new UnreadableOutput("not a service: " + Text.clip(lines.getFirst()));
    }
    Optional<String> closed = after(lines, CLOSED);
    return new TunnelRtt(
        new HostName(service[2]),
        address,
        port,
        times(lines, OPENED),
        times(lines, OWN),
        closed.or(() -> after(lines, REFUSED)).map(Text::clip),
        closed.isPresent());
  }

  private static List<Duration> times(List<String> lines, String what) {
    return after(lines, what).map(Text::words).orElse(List.of()).stream()
        .map(Text::milliseconds)
        .toList();
  }

  private static Optional<String> after(List<String> lines, String what) {
    return lines.stream()
        .filter(line -> line.startsWith(what))
        .map(line -> line.substring(what.length()))
        .findFirst();
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
