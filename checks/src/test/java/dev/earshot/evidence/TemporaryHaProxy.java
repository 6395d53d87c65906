package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A HAProxy of this machine on loopback, from a directory of its own, with a server behind it that
/// works, one that does not, and a log that is sent as to a syslog daemon.
final class TemporaryHaProxy {

  private static final String CONFIGURATION =
      """
      global
        stats socket DIR/admin.sock mode 600 level operator
        log 127.0.0.1:LOG local0
      defaults
        mode http
        log global
        option httplog
        timeout connect 2s
        timeout client 5s
        timeout server 5s
      userlist people
        user admin insecure-password hush
      frontend web # hush
        bind 127.0.0.1:FRONT name hush
        http-request set-header X-Token hush
        use_backend app if { path_beg /hush }
        default_backend app
      backend app
        server works 127.0.0.1:BEHIND maxconn 1
        server away 127.0.0.1:1 check inter 100ms fall 1
      """;

  private final Path directory;
  private final int port;
  private final HttpServer behind;
  private final DatagramSocket log;
  private final Process process;

  private TemporaryHaProxy(
      Path directory, int port, HttpServer behind, DatagramSocket log, Process process) {
    this.directory = directory;
    this.port = port;
    this.behind = behind;
    this.log = log;
    this.process = process;
  }

  /// Skips the test, with the reason, where there is no HAProxy to start.
  ///
  /// @param response how long the server takes
  /// @param around the command that starts it, as a container's engine would
  static TemporaryHaProxy start(Duration response, String... around)
      throws IOException, InterruptedException {
    Optional<Path> program = ShellRun.find("haproxy");
    assumeTrue(program.isPresent(), "HAProxy is not installed on this machine");
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "earshot-haproxy");
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    HttpServer behind = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    behind.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Thread.sleep(response);
            exchange.sendResponseHeaders(200, -1);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
    behind.start();
    DatagramSocket log = new DatagramSocket(new InetSocketAddress(loopback, 0));
    log.setSoTimeout(5000);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
      port = socket.getLocalPort();
    }
    Path configuration = directory.resolve("haproxy.cfg");
    Files.writeString(
        configuration,
        CONFIGURATION
            .replace("DIR", directory.toString())
            .replace("LOG", String.valueOf(log.getLocalPort()))
            .replace("FRONT", String.valueOf(port))
            .replace("BEHIND", String.valueOf(behind.getAddress().getPort())));
    Path output = directory.resolve("output");
    List<String> command = new ArrayList<>(List.of(around));
    command.addAll(List.of(program.get().toString(), "-db", "-f", configuration.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    for (int tries = 0; !Files.readString(output).contains("away is DOWN"); tries++) {
      assertThat(tries < 100 && process.isAlive()).as(Files.readString(output)).isTrue();
      Thread.sleep(50);
    }
    return new TemporaryHaProxy(directory, port, behind, log, process);
  }

  int port() {
    return port;
  }

  Path configuration() {
    return directory.resolve("haproxy.cfg");
  }

  void get(String path) throws IOException {
    URI address = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    try (InputStream answer = address.toURL().openStream()) {
      answer.readAllBytes();
    }
  }

  /// Writes what came of the log as a syslog daemon would.
  ///
  /// @param prefix the time and the host
  /// @param requests to wait for
  void writeLog(String prefix, int requests) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int seen = 0; seen < requests; ) {
      DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
      log.receive(packet);
      String line =
          new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8).strip();
      seen += line.contains("HTTP/1.1") ? 1 : 0;
      lines.append(prefix).append(line.substring(line.indexOf("haproxy["))).append('\n');
    }
    Files.writeString(directory.resolve("log"), lines);
  }

  /// Asks a probe as it stands, but for where it looks for this HAProxy.
  ///
  /// @param others that come before it in the kernel's list
  <T> Evidence<T> ask(Probe<T> probe, List<String> shell, TemporaryHaProxy... others)
      throws IOException, InterruptedException {
    return ask(probe, shell, System.getenv("PATH"), others);
  }

  /// @param path where programs are looked for
  <T> Evidence<T> ask(
      Probe<T> probe, List<String> shell, @Nullable String path, TemporaryHaProxy... others)
      throws IOException, InterruptedException {
    StringBuilder processes = new StringBuilder("1 (init) 0 0");
    for (TemporaryHaProxy other : others) {
      processes.append("\n%d (haproxy) 0 0".formatted(other.pid()));
    }
    List<String> command = new ArrayList<>(shell);
    command.addAll(
        List.of(
            "-c",
            probe
                .command()
                .replace("/etc/haproxy/haproxy.cfg", directory.resolve("haproxy.cfg").toString())
                .replace("/var/log/haproxy.log", directory.resolve("log").toString())
                .replace("/run/log/journal", directory.resolve("none").toString())
                .replace("/var/log/journal", directory.resolve("journal").toString())));
    return probe.read(
        ShellRun.run(
            command,
            Map.of(
                "PATH",
                path == null ? "/usr/sbin:/usr/bin:/sbin:/bin" : path,
                "EARSHOT_PROCESSES",
                processes.append("\n%d (haproxy) 0 0".formatted(pid())).toString())));
  }

  /// Moves the log to where a journal would have it, with a `journalctl` that shows it.
  ///
  /// @return where that program is
  Path journalLog() throws IOException {
    Path journal = Files.createDirectories(directory.resolve("journal/0a1b"));
    Files.move(
        directory.resolve("log"),
        journal.resolve("system.journal"),
        StandardCopyOption.REPLACE_EXISTING);
    Path programs = Files.createDirectories(directory.resolve("bin"));
    Path program = programs.resolve("journalctl");
    Files.writeString(
        program,
        """
        #!/bin/sh
        [ "$*" = '-q -t haproxy -o short -n 5000 --no-pager' ] && exec cat %s
        """
            .formatted(journal.resolve("system.journal")));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return programs;
  }

  void leaveAnEmptyLog() throws IOException {
    Files.createFile(directory.resolve("log"));
  }

  void forgetLog() throws IOException {
    Files.delete(directory.resolve("log"));
  }

  /// Takes the journal away again.
  void forgetJournal() throws IOException {
    Files.deleteIfExists(directory.resolve("journal/0a1b/system.journal"));
  }

  /// Of HAProxy itself, whatever is around it.
  private long pid() {
    return process.children().findFirst().map(ProcessHandle::pid).orElse(process.pid());
  }

  void stop() throws IOException, InterruptedException {
    process.children().forEach(ProcessHandle::destroyForcibly);
    process.destroy();
    process.waitFor();
    behind.stop(0);
    log.close();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
