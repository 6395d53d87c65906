package dev.earshot.report;

import dev.earshot.evidence.Addresses;
import dev.earshot.evidence.CloudInit;
import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.ContainerReadiness;
import dev.earshot.evidence.ContainerSockets;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.Cpu;
import dev.earshot.evidence.Disk;
import dev.earshot.evidence.Dmi;
import dev.earshot.evidence.Filesystem;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HaProxyConfiguration;
import dev.earshot.evidence.HaProxyLog;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.LemmyDatabase;
import dev.earshot.evidence.LemmyNode;
import dev.earshot.evidence.LemmyProcess;
import dev.earshot.evidence.Listener;
import dev.earshot.evidence.Memory;
import dev.earshot.evidence.Metadata;
import dev.earshot.evidence.Nginx;
import dev.earshot.evidence.OperatingSystem;
import dev.earshot.evidence.PgBouncer;
import dev.earshot.evidence.Ping;
import dev.earshot.evidence.Place;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.Pressure;
import dev.earshot.evidence.Probe;
import dev.earshot.evidence.ProcessTimes;
import dev.earshot.evidence.Socket;
import dev.earshot.evidence.TimeSync;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A host that answers as a real one does; calm, without services, until told otherwise.
final class RecordedHost {

  private static final long EPOCH = 1_706_781_600;
  private static final String START = "86400.00 172000.00\n";
  private static final String END = "86410.06 172019.00\n";

  final String name;
  final String address;
  private final InventoryHost host;
  private final Map<Question, Answer> answers = new HashMap<>();
  private final List<String> listeners =
      new ArrayList<>(List.of("State Recv-Q Send-Q Local Address:Port Peer Address:Port Process"));
  private final List<String> socketsBefore = new ArrayList<>();
  private final List<String> socketsAfter = new ArrayList<>();
  private final StringBuilder pings = new StringBuilder();

  RecordedHost(String name, String address, int line, Optional<Place> declared, String... groups) {
    this.name = name;
    this.address = address;
    this.host =
        new InventoryHost(
            new HostName(name), address, List.of(groups), declared, "hosts.yml", line);
    answers(
        OperatingSystem.PROBE,
        "Linux 6.1.0-18-amd64 x86_64\n%s\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"
            .formatted(name));
    answers(
        Cpu.PROBE,
        "0.20 0.18 0.15 1/200 4242\ncpu  1000 0 500 98000 100 0 20 10 0 0\ncpu0 1000 0 500 98000 100 0 20 10 0 0\n",
        "0.21 0.18 0.15 1/200 4243\ncpu  1040 0 525 98930 103 0 21 11 0 0\ncpu0 1040 0 525 98930 103 0 21 11 0 0\n");
    answers(Memory.PROBE, "MemTotal: 8000000 kB\nMemAvailable: 6000000 kB\n2\n");
    answers(
        Filesystem.PROBE,
        "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda1 40000000 12000000 26000000 32% /\n");
    disks(0);
    absent(Dmi.PROBE);
    absent(CloudInit.PROBE);
    absent(Metadata.PROBE);
    answers(
        TimeSync.PROBE, "synchronized\ndaemon systemd-timesyn\nclock %d.002\n".formatted(EPOCH));
    answers(
        Pressure.PROBE,
        "/proc/stat:cpu  1000 0 500 98000 100 0 20 10 0 0\n/proc/vmstat:oom_kill 0\n",
        "/proc/stat:cpu  1040 0 525 98930 103 0 21 11 0 0\n/proc/vmstat:oom_kill 0\n");
    answers(Addresses.PROBE, "2: eth0    inet %s/24 scope global eth0\n".formatted(address));
    absent(PostgresSettings.PROBE);
    absent(PostgresHealth.PROBE);
    absent(PostgresHba.PROBE);
    absentTwice(PostgresActivity.PROBE);
    absentTwice(PgBouncer.PROBE);
    absentTwice(HaProxy.PROBE);
    absent(HaProxyConfiguration.PROBE);
    absent(HaProxyLog.PROBE);
    absent(Nginx.PROBE);
    absent(Containers.PROBE);
    absentTwice(ContainerSockets.PROBE);
    absent(ContainerReadiness.PROBE);
    absent(LemmyNode.PROBE);
    absent(LemmyProcess.PROBE);
    absentTwice(LemmyDatabase.PROBE);
    listens(22, "sshd");
    computes(22, 0);
  }

  /// Processor time of the process that listens on a port, within the window.
  RecordedHost computes(int port, int milliseconds) {
    String line = "%d (a server) %d 40\n";
    return answers(
        ProcessTimes.PROBE,
        line.formatted(port, 500),
        line.formatted(port, 500 + milliseconds / 10));
  }

  RecordedHost answers(Probe<?> probe, String output) {
    return put(probe, Moment.ONCE, CommandResult.of(output));
  }

  /// At both ends of the window.
  RecordedHost answers(Probe<?> probe, String before, String after) {
    put(probe, Moment.START, CommandResult.of(START + before));
    return put(probe, Moment.END, CommandResult.of(END + after));
  }

  RecordedHost absent(Probe<?> probe) {
    return put(probe, Moment.ONCE, new CommandResult(CommandResult.ABSENT, "", false));
  }

  RecordedHost absentTwice(Probe<?> probe) {
    put(probe, Moment.START, new CommandResult(CommandResult.ABSENT, "", false));
    return put(probe, Moment.END, new CommandResult(CommandResult.ABSENT, "", false));
  }

  RecordedHost refuses(Probe<?> probe, String reason) {
    CommandResult refusal = new CommandResult(CommandResult.COULD_NOT_LOOK, reason, false);
    for (Moment moment : Moment.values()) {
      put(probe, moment, refusal);
    }
    return this;
  }

  RecordedHost listens(int port, String process) {
    listeners.add(
        "LISTEN 0 128 0.0.0.0:%d 0.0.0.0:* users:((\"%s\",pid=%d,fd=3))"
            .formatted(port, process, port));
    return this;
  }

  /// Whole milliseconds of flushing disk per commit.
  RecordedHost disks(int flushes) {
    return answers(
        Disk.PROBE,
        " 254 0 vda 100 0 800 20 5000 10 90000 2000 0 900 2100 0 0 0 0 4000 3200\n",
        " 254 0 vda 100 0 800 20 %d 10 90000 %d 0 950 2100 0 0 0 0 %d %d\n"
            .formatted(5000 + flushes, 2000 + flushes / 3, 4000 + flushes, 3200 + flushes));
  }

  /// Ten echo requests to a peer, all answered within ten per cent of `milliseconds`.
  RecordedHost pings(RecordedHost peer, double milliseconds) {
    return pings(peer.name, peer.address, milliseconds);
  }

  RecordedHost pings(String peer, String at, double milliseconds) {
    pings.append("=== %s\nPING %s (%s) 56(84) bytes of data.\n".formatted(peer, at, at));
    for (int request = 1; request <= 10; request++) {
      pings.append(
          String.format(
              Locale.ROOT,
              "64 bytes from %s: icmp_seq=%d ttl=64 time=%.3f ms\n",
              at,
              request,
              milliseconds * (1 + ((request % 3) - 1) / 200.0)));
    }
    pings.append("\n--- %s ping statistics ---\n".formatted(at));
    pings.append("10 packets transmitted, 10 received, 0% packet loss, time 1800ms\n");
    return this;
  }

  /// Ten echo requests that nobody answers.
  RecordedHost pingsInVain(RecordedHost peer) {
    pings.append(
        "=== %s\nPING %s (%s) 56(84) bytes of data.\n\n10 packets transmitted, 0 received, 100%% packet loss, time 9000ms\n"
            .formatted(peer.name, peer.address, peer.address));
    return this;
  }

  /// One connection over the window, at both of its ends.
  ///
  /// @param requests answered within the window, one segment each way
  static void talk(
      RecordedHost client, RecordedHost server, int port, int from, double rtt, int requests) {
    client.socket(client.address, from, server.address, port, rtt, requests);
    server.socket(server.address, port, client.address, from, rtt, requests);
  }

  private void socket(String local, int port, String peer, int peerPort, double rtt, int requests) {
    int quiet = requests > 0 ? 120 : 60_000;
    String line =
        "0 0 %s:%d %s:%d cubic rto:204 rtt:%s/0.4 minrtt:%s data_segs_out:%d data_segs_in:%d lastsnd:%d lastrcv:%d";
    String least = String.format(Locale.ROOT, "%.3f", rtt);
    String smoothed = String.format(Locale.ROOT, "%.3f", rtt * 1.02);
    socketsBefore.add(
        line.formatted(local, port, peer, peerPort, smoothed, least, 5000, 5000, quiet, quiet));
    socketsAfter.add(
        line.formatted(
            local,
            port,
            peer,
            peerPort,
            smoothed,
            least,
            5000 + requests,
            5000 + requests,
            requests > 0 ? 126 : quiet + 10_060,
            requests > 0 ? 126 : quiet + 10_060));
  }

  HostRecording recording() {
    putUnlessThere(Ping.PROBE, pings.toString());
    putUnlessThere(Listener.PROBE, String.join("\n", listeners) + "\n");
    Question sockets = new Question(Socket.PROBE.id(), Moment.START);
    if (!answers.containsKey(sockets)) {
      answers(Socket.PROBE, String.join("\n", socketsBefore), String.join("\n", socketsAfter));
    }
    Instant began = Instant.ofEpochSecond(EPOCH);
    return new HostRecording(
        host,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new HostRecording.Begun(began.minusMillis(15), began.plusMillis(15))),
        answers);
  }

  HostRecording unreachable(String reason) {
    return HostRecording.unreachable(host, reason);
  }

  private void putUnlessThere(Probe<?> probe, String output) {
    answers.putIfAbsent(
        new Question(probe.id(), Moment.ONCE), new Answer(CommandResult.of(output), EPOCH));
  }

  private RecordedHost put(Probe<?> probe, Moment moment, CommandResult result) {
    answers.put(new Question(probe.id(), moment), new Answer(result, EPOCH));
    return this;
  }
}
