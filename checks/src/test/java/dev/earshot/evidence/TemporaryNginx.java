package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An nginx of this machine that serves loopback from a directory of its own, without privileges.
///
/// `/` is answered by itself; `/app` by a server behind it, after one that is never there.
final class TemporaryNginx {

  private static final String CONFIGURATION =
      """
      daemon off;
      pid DIR/nginx.pid;
      error_log DIR/error.log;
      events {}
      http {
        client_body_temp_path DIR/temp/body;
        proxy_temp_path DIR/temp/proxy;
        fastcgi_temp_path DIR/temp/fastcgi;
        uwsgi_temp_path DIR/temp/uwsgi;
        scgi_temp_path DIR/temp/scgi;
        upstream app { server 127.0.0.1:1 max_fails=0; server 127.0.0.1:BEHIND; }
        include conf.d/*.conf;
        server {
          listen 127.0.0.1:FRONT;
          server_name front-PORT.example.org "quoted.Example.org" *.example.org ~^www\\d+[.]example[.]org$ _ localhost
            front-PORT.example.org;
          include "sites/*";
          location / { return 200 ok; }
          location ~ "^/app/[a-z]{3,}$" { proxy_pass http://app; } # access_log nowhere;
        }
        server {
          listen 127.0.0.1:BEHIND;
          access_log off;
          location / { return 200 ok; }
        }
      }
      """;

  private final Path directory;
  private final int port;
  private final Process process;

  private TemporaryNginx(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /// Skips the test, with the reason, where there is no nginx to start.
  ///
  /// @param http what its section `http` says of logs; DIR is its directory
  /// @param site what its section `server` says
  static TemporaryNginx start(String http, String site) throws IOException, InterruptedException {
    Optional<Path> program = ShellRun.find("nginx");
    assumeTrue(program.isPresent(), "nginx is not installed on this machine");
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "earshot-nginx");
    int port = freePort();
    for (String folder : List.of("temp", "conf.d", "sites")) {
      Files.createDirectory(directory.resolve(folder));
    }
    write(
        directory,
        "nginx.conf",
        CONFIGURATION
            .replace("FRONT", String.valueOf(port))
            .replace("PORT", String.valueOf(port))
            .replace("BEHIND", String.valueOf(freePort())));
    write(directory, "conf.d/logs.conf", http);
    write(directory, "sites/default", site);
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      ShellRun.run(List.of("chown", "-R", "65534", directory.toString()), Map.of());
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.addAll(
        List.of(
            program.get().toString(), "-p", directory.toString(), "-c", directory + "/nginx.conf"));
    Path output = directory.resolve("output");
    TemporaryNginx server =
        new TemporaryNginx(
            directory,
            port,
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());
    for (int tries = 0; !Files.exists(directory.resolve("nginx.pid")); tries++) {
      assertThat(tries < 100 && server.process.isAlive()).as(Files.readString(output)).isTrue();
      Thread.sleep(50);
    }
    return server;
  }

  private static void write(Path directory, String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text.replace("DIR", directory.toString()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  Path directory() {
    return directory;
  }

  /// Asks for a page, as a client whose name looks like a line of a log.
  void get(String path) throws IOException {
    URLConnection connection =
        URI.create("http://127.0.0.1:%d%s".formatted(port, path)).toURL().openConnection();
    connection.setRequestProperty("User-Agent", "a \"quoted\" rt=9.999 urt=\"8.888\" agent");
    try (InputStream answer = connection.getInputStream()) {
      answer.readAllBytes();
    }
  }

  /// The name that its configuration gives it.
  String name() {
    return "front-%d.example.org".formatted(port);
  }

  /// What the probe says of all on this machine.
  Nginx askAll(List<String> shell) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(shell);
    command.addAll(List.of("-c", Nginx.PROBE.command()));
    CommandResult result = ShellRun.run(command, Map.of());
    return Nginx.PROBE
        .read(result)
        .collected()
        .orElseThrow(() -> new AssertionError(result.output()));
  }

  /// What the probe says of this nginx, others on this machine and syslog left out.
  List<Nginx.Log> ask(List<String> shell) throws IOException, InterruptedException {
    return askAll(shell).logs().stream()
        .filter(log -> log.path().startsWith(directory.toString()))
        .toList();
  }

  void stop() throws IOException, InterruptedException {
    process.destroy();
    process.waitFor();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
