package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.HostKeyPolicy.Strictness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTrustTest {
  @TempDir Path directory;

  private KnownHosts reading(String... lines) throws IOException {
    return KnownHosts.read(List.of(Files.write(directory.resolve("known_hosts"), List.of(lines))));
  }

  private static SshTarget target(String address, int port) {
    return SshTarget.of(address, port, "auditor");
  }

  @Test
  void refuses_a_name_that_leads_to_the_address_of_another_host() throws IOException {
    KnownHosts known =
        reading(Keys.line("db1", Keys.HOST), Keys.line("192.0.2.1", Keys.OTHER_HOST));
    var checking =
        new HostKeyPolicy(List.of(), List.of(), Strictness.YES, Optional.empty(), true, false);
    var trust = new HostTrust(target("db1", 22).withHostKeys(checking), known, _ -> {});
    assertThat(trust.judge(Keys.HOST.getPublic(), new InetSocketAddress("192.0.2.1", 22)).refusal())
        .hasValueSatisfying(reason ->
            assertThat(reason)
                .contains("known_hosts:2 has another host key")
                .contains("192.0.2.1"));
    assertThat(trust.judge(Keys.HOST.getPublic(), new InetSocketAddress("192.0.2.2", 22)).refusal())
        .isEmpty();
  }

  @Test
  void refuses_an_rsa_key_that_is_too_short() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    PublicKey key = generator.generateKeyPair().getPublic();
    for (int wanted : List.of(0, 2048, 3072)) {
      var policy =
          new HostKeyPolicy(
              List.of(),
              List.of(),
              Strictness.NO,
              Optional.empty(),
              false,
              false,
              RevokedKeys.NONE,
              Optional.empty(),
              wanted);
      var target = target("db1", 22).withHostKeys(policy);
      var trust = new HostTrust(target, new KnownHostsFiles(_ -> {}).of(policy), _ -> {});
      Optional<String> refusal = trust.judge(key, new InetSocketAddress("192.0.2.1", 22)).refusal();
      if (wanted <= 2048) {
        assertThat(refusal).isEmpty();
      } else {
        assertThat(refusal.orElseThrow()).contains("2048 bits, fewer than the 3072");
      }
    }
  }

  @Test
  void remembers_a_new_key_once_and_no_other_for_the_same_host() throws Exception {
    Path file = directory.resolve("known_hosts");
    var accepting = accepting(file, false);
    var told = Collections.synchronizedList(new ArrayList<String>());
    var target = target("db1", 2222).withHostKeys(accepting);
    var trust = new HostTrust(target, new KnownHostsFiles(told::add).of(accepting), told::add);
    var address = new InetSocketAddress("192.0.2.1", 2222);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        threads.execute(() -> trust.judge(Keys.HOST.getPublic(), address));
      }
    }
    assertThat(Files.readAllLines(file)).containsExactly(Keys.line("[db1]:2222", Keys.HOST));
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("db1:2222 was not known; its host key ssh-ed25519 SHA256:")
        .endsWith("is remembered in " + file);
    assertThat(trust.judge(Keys.OTHER_HOST.getPublic(), address).refusal())
        .hasValueSatisfying(reason -> assertThat(reason).contains("shows another host key"));
  }

  private static HostKeyPolicy accepting(Path file, boolean hashed) {
    return new HostKeyPolicy(
        List.of(file), List.of(), Strictness.ACCEPT_NEW, Optional.empty(), false, hashed);
  }

  /// Judges the key of a host that is not known.
  private static List<String> told(HostKeyPolicy policy) {
    var told = new ArrayList<String>();
    var target = target("DB1", 2222).withHostKeys(policy);
    var trust = new HostTrust(target, new KnownHostsFiles(told::add).of(policy), told::add);
    assertThat(
            trust.judge(Keys.HOST.getPublic(), new InetSocketAddress("192.0.2.1", 2222)).refusal())
        .isEmpty();
    return told;
  }

  @Test
  void remembers_a_new_key_without_telling_whose_it_is() throws IOException {
    Path file = directory.resolve("known_hosts");
    told(accepting(file, true));
    assertThat(Files.readString(file)).startsWith("|1|").doesNotContainIgnoringCase("db1");
    var known = KnownHosts.read(List.of(file)).about(target("db1", 2222));
    assertThat(known.keyTypes()).containsExactly("ssh-ed25519");
  }

  /// As OpenSSH, which makes ~/.ssh and nothing else.
  @Test
  void makes_no_directory_for_a_new_key() {
    Path file = directory.resolve("new/known_hosts");
    assertThat(told(accepting(file, false)))
        .singleElement()
        .asString()
        .contains("is trusted for this run only: " + file + " cannot be written");
    assertThat(file.getParent()).doesNotExist();
  }

  @Test
  void two_lists_that_begin_with_the_same_file_write_to_it_at_once() throws Exception {
    Path file = directory.resolve("known_hosts");
    try (var threads = Executors.newFixedThreadPool(20)) {
      for (int i = 0; i < 200; i++) {
        String line = Keys.line("db" + i, Keys.HOST);
        threads.execute(() -> {
          try {
            KnownHostsFiles.append(file, line);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
      }
    }
    assertThat(Files.readAllLines(file)).hasSize(200);
  }

  /// OpenSSH 9.2 makes one line of two here.
  @Test
  void begins_a_new_line_after_one_that_was_not_ended() throws IOException {
    Path file = Files.writeString(directory.resolve("known_hosts"), "db1 unended");
    KnownHostsFiles.append(file, Keys.line("db2", Keys.HOST));
    assertThat(Files.readString(file))
        .isEqualTo("db1 unended\n" + Keys.line("db2", Keys.HOST) + "\n");
  }
}
