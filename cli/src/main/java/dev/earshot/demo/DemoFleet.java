package dev.earshot.demo;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostRecording;
import dev.earshot.recording.RecordingStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;

/// SSH servers that play the recorded hosts of a sample, with keys made for this one run, in a
/// folder of its own.
public final class DemoFleet implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String USER = "demo";

  private final Path folder;
  private final Sample sample;
  private final FleetRecording recording;
  private final List<SshServer> servers = new ArrayList<>();

  private DemoFleet(Path folder, Sample sample, FleetRecording recording) {
    this.folder = folder;
    this.sample = sample;
    this.recording = recording;
  }

  /// Plays a sample until it is closed.
  public static DemoFleet start(String sampleName) {
    try {
      Path folder = Files.createTempDirectory("earshot-demo-");
      Sample sample = Sample.unpack(sampleName, folder);
      DemoFleet fleet = new DemoFleet(folder, sample, RecordingStore.load(sample.recorded()));
      // Keys don't outlive a demo that is interrupted.
      Runtime.getRuntime().addShutdownHook(new Thread(fleet::removeFolder));
      fleet.start();
      return fleet;
    } catch (IOException | GeneralSecurityException trouble) {
      throw new IllegalStateException("the demo's servers could not be started", trouble);
    }
  }

  public int size() {
    return servers.size();
  }

  /// `audit` and what it needs to find the fleet.
  public List<String> auditArguments() {
    return List.of(
        "audit",
        "-i",
        sample.inventory().toString(),
        "-i",
        demoInventory().toString(),
        "--known-hosts",
        knownHosts().toString());
  }

  /// The hosts that are played.
  public List<String> limit() {
    return List.of(
        "--limit", String.join(",", played().map(host -> host.host().name().value()).toList()));
  }

  /// The window that the recording was made with.
  public List<String> window() {
    return List.of("--window", recording.window().toSeconds() + "s");
  }

  private void start() throws IOException, GeneralSecurityException {
    KeyPair login = newKey();
    Path identity = folder.resolve("id_ed25519");
    Files.createFile(
        identity,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var out = Files.newOutputStream(identity)) {
      new OpenSSHKeyPairResourceWriter().writePrivateKey(login, "earshot demo", null, out);
    }
    StringBuilder inventory = new StringBuilder("all:\n  hosts:\n");
    StringBuilder known = new StringBuilder();
    for (HostRecording host : played().toList()) {
      KeyPair hostKey = newKey();
      int port = serve(host, hostKey, login);
      known.append(
          "[%s]:%d %s\n".formatted(LOOPBACK, port, PublicKeyEntry.toString(hostKey.getPublic())));
      inventory.append(
          """
              %s:
                ansible_host: %s
                ansible_port: %d
                ansible_user: %s
                ansible_ssh_private_key_file: %s
                earshot_address: %s
          """
              .formatted(
                  host.host().name(), LOOPBACK, port, USER, identity, host.host().address()));
    }
    Files.writeString(knownHosts(), known);
    Files.writeString(demoInventory(), inventory);
  }

  private int serve(HostRecording host, KeyPair hostKey, KeyPair login) throws IOException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost(LOOPBACK);
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator(
        (user, key, _) -> user.equals(USER) && KeyUtils.compareKeys(key, login.getPublic()));
    server.setCommandFactory((_, _) -> new RecordedCommand(host));
    server.start();
    servers.add(server);
    return server.getPort();
  }

  /// The machine that ran the recorded audit is not played: it has no SSH server of its own.
  private Stream<HostRecording> played() {
    return recording.hosts().stream().filter(host -> sample.isPlayed(host.host().name().value()));
  }

  private Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  private Path demoInventory() {
    return folder.resolve("demo.yml");
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
  }

  @Override
  public void close() {
    for (SshServer server : servers) {
      try {
        server.stop(true);
      } catch (IOException ending) {
        throw new UncheckedIOException(ending);
      }
    }
    removeFolder();
  }

  private void removeFolder() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      throw new UncheckedIOException("the demo's folder could not be removed", left);
    }
  }
}
