package dev.earshot.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// An OpenSSH server, agents, and one folder with all kinds of keys, certificates and known_hosts.
final class OpenSshScene implements AutoCloseable {
  private static final String USER = System.getProperty("user.name");
  private static final String[] QUIET = {"-q", "-N", ""};

  private final Path directory;
  private final OpenSshServer server;
  private final List<SshAgent> agents = new ArrayList<>();

  private OpenSshScene(Path directory, OpenSshServer server) {
    this.directory = directory;
    this.server = server;
  }

  static OpenSshScene in(Path directory) throws IOException, InterruptedException {
    Path authorized = Files.createFile(directory.resolve("authorized"));
    Path authorities = Files.createFile(directory.resolve("authorities"));
    OpenSshServer server =
        OpenSshServer.in(
            directory,
            "AuthorizedKeysFile %s\nTrustedUserCAKeys %s\nMaxAuthTries 6\n"
                .formatted(authorized, authorities));
    var scene = new OpenSshScene(directory, server);
    scene.makeKeys();
    scene.makeCertificates();
    scene.startAgents();
    scene.writeKnownHosts();
    return scene;
  }

  OpenSshServer server() {
    return server;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  private void keygen(String... arguments) throws IOException, InterruptedException {
    Keys.sshKeygen(directory, arguments);
  }

  private void key(String type, String name) throws IOException, InterruptedException {
    keygen(
        Stream.of(QUIET, new String[] {"-t", type, "-f", name})
            .flatMap(Stream::of)
            .toArray(String[]::new));
  }

  private void makeKeys() throws IOException, InterruptedException {
    key("ecdsa", "ecdsa");
    key("rsa", "rsa");
    key("ed25519", "other");
    key("ed25519", "kept");
    key("ed25519", "locked");
    key("ed25519", "last");
    key("ed25519", "stranger-authority");
    key("ed25519", "user-authority");
    for (String name : List.of("certified", "expired", "stranger", "bare")) {
      key("ed25519", name);
    }
    key("rsa", "certified-rsa");
    Files.copy(file("id"), file("exposed"));
    keygen("-q", "-t", "rsa", "-m", "PEM", "-N", "", "-f", "exposed-pem");
    for (String name : List.of("exposed", "exposed-pem")) {
      Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-r-----"));
    }
    Files.copy(file("certified"), file("bare"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(file("certified.pub"), file("bare.pub"), StandardCopyOption.REPLACE_EXISTING);
    var lines = new ArrayList<String>();
    for (String name : List.of("id", "ecdsa", "rsa", "exposed-pem", "kept", "locked", "last")) {
      lines.add(server.publicKey(name));
    }
    Files.write(file("authorized"), lines);
    Files.writeString(file("authorities"), server.publicKey("user-authority") + "\n");
  }

  private void makeCertificates() throws IOException, InterruptedException {
    certify("user-authority", "certified", "-1d:+1d");
    certify("user-authority", "certified-rsa", "-1d:+1d");
    certify("user-authority", "expired", "-2d:-1d");
    certify("stranger-authority", "stranger", "-1d:+1d");
  }

  private void certify(String authority, String key, String validity)
      throws IOException, InterruptedException {
    keygen("-q", "-s", authority, "-I", key, "-n", USER, "-V", validity, key + ".pub");
  }

  private void startAgents() throws IOException, InterruptedException {
    agents.add(
        SshAgent.at(file("agent")).with(file("other"), file("kept"), file("locked"), file("id")));
    agents.add(SshAgent.at(file("rsa-agent")).with(file("rsa")));
    agents.add(SshAgent.at(file("certificate-agent")).with(file("certified")));
    var crowd = SshAgent.at(file("crowd"));
    agents.add(crowd);
    for (int i = 0; i < 7; i++) {
      key("ed25519", "crowd-" + i);
      crowd.with(file("crowd-" + i));
    }
    crowd.with(file("last"));
    Files.delete(file("kept"));
    Files.delete(file("last"));
    keygen("-q", "-p", "-P", "", "-N", "correct horse", "-f", "locked");
  }

  private void writeKnownHosts() throws IOException, InterruptedException {
    String name = "[127.0.0.1]:" + server.port() + " ";
    String host = server.publicKey("host_ed25519");
    String other = server.publicKey("other");
    String authority = server.publicKey("authority");
    known("known", name + host);
    known("ecdsa", name + server.publicKey("host_ecdsa"));
    known("hashed", name + host, "[elsewhere]:22 " + host);
    keygen("-H", "-f", "known-hashed");
    known("empty");
    known("wrong", name + other);
    known("other-type", name + server.publicKey("rsa"));
    known("revoked", name + host, "@revoked * " + host);
    known("two-keys", name + other, name + host);
    known("malformed", "what is this", "@trust " + name + host, name + host);
    known("portless", "127.0.0.1 " + host);
    known("portless-bad", "127.0.0.1 " + other);
    known("wildcard", "[127.0.*]:* " + host);
    known("negated", "[127.0.*]:*,!" + name + host);
    known("other-port", "[127.0.0.1]:1 " + host);
    known("ca", "@cert-authority [127.*]:* " + authority);
    known("other-ca", "@cert-authority * " + other);
    known("ca-revoked", "@cert-authority * " + authority, "@revoked * " + authority);
    known("cert-revoked", "@cert-authority * " + authority, "@revoked * " + host);
    known("alias", "web1 " + host);
    known("alias-ca", "@cert-authority web1,127.0.0.1 " + authority);
  }

  private void known(String name, String... lines) throws IOException {
    Files.write(file("known-" + name), List.of(lines));
  }

  @Override
  public void close() {
    agents.forEach(SshAgent::close);
    server.close();
  }
}
