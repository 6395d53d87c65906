package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.ssh.HostKeyPolicy.Strictness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHostsTest {
  @TempDir Path directory;

  private KnownHosts reading(String... lines) throws IOException {
    return KnownHosts.read(List.of(Files.write(directory.resolve("known_hosts"), List.of(lines))));
  }

  private SshTarget target(String address, int port) {
    return SshTarget.of(address, port, "auditor")
        .withHostKeys(HostKeyPolicy.ofFiles(List.of(directory.resolve("known_hosts"))));
  }

  /// Why a key is not trusted, if it isn't.
  private static Optional<String> refusal(KnownHost host, PublicKey key) {
    return switch (host.verdict(key)) {
      case KnownHost.Verdict.Trusted() -> Optional.empty();
      case KnownHost.Verdict.Refused(var _, String reason) -> Optional.of(reason);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "db1                | db1     | 22   | true",
        "db1                | DB1     | 22   | true",
        "DB1                | db1     | 22   | true",
        "db1                | db11    | 22   | false",
        "db1,10.0.0.1       | 10.0.0.1 | 22  | true",
        "[db1]:2222         | db1     | 2222 | true",
        "[db1]:2222         | db1     | 22   | false",
        "[db1]:2222         | db1     | 2223 | false",
        "[DB1]:2222         | db1     | 2222 | true",
        "db1                | db1     | 2222 | true", // a name without port, as OpenSSH does
        "*.example.org      | a.example.org | 22   | true",
        "*.example.org      | example.org   | 22   | false",
        "*                  | db1     | 2222 | true",
        "[*.example.org]:*  | a.example.org | 2222 | true",
        "db?                | db1     | 22   | true",
        "db?                | db      | 22   | false",
        "db*,!db1           | db1     | 22   | false",
        "!db1,db*           | db1     | 22   | false",
        "!db1,db*           | db2     | 22   | true",
        "!db1               | db2     | 22   | false",
        "*a*a*a*a*a*a*a*b   | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 22 | false",
        "2001:db8::1        | 2001:db8::1 | 22   | true",
        "[2001:db8::1]:2222 | 2001:db8::1 | 2222 | true",
      })
  void trusts_a_key_for_the_hosts_that_its_line_names(
      String pattern, String address, int port, boolean trusted) throws IOException {
    KnownHost host = reading(Keys.line(pattern, Keys.HOST)).about(target(address, port));
    assertThat(refusal(host, Keys.HOST.getPublic()).isEmpty()).isEqualTo(trusted);
  }

  @ParameterizedTest
  @CsvSource({"db1, 22", "db1, 2222", "db2, 22", "10.0.0.1, 22", "web9, 22", "nobody, 22"})
  void agrees_with_ssh_keygen_about_the_lines_for_a_host(String address, int port)
      throws Exception {
    KnownHosts known =
        reading(
            Keys.line("db1", Keys.HOST),
            "# a comment",
            Keys.line("[db1]:2222", Keys.HOST),
            Keys.line("db*,!db1", Keys.HOST),
            Keys.line("10.0.0.?", Keys.HOST),
            "",
            Keys.line("db1,db2", Keys.ECDSA_HOST),
            Keys.line("web*,!web1", Keys.HOST) + " with a comment",
            "@revoked " + Keys.line("db1", Keys.OTHER_HOST),
            Keys.line("DB1", Keys.OTHER_HOST),
            "@cert-authority " + Keys.line("*.example.org,db2", Keys.HOST));
    String name = port == 22 ? address : "[" + address + "]:" + port;
    String printed = Keys.sshKeygen(directory, "-F", name, "-f", "known_hosts");
    List<Integer> theirs =
        Pattern.compile("found: line (\\d+)")
            .matcher(printed)
            .results()
            .map(found -> Integer.valueOf(found.group(1)))
            .toList();
    assertThat(known.about(target(address, port)).own())
        .extracting(KnownHostsLine::number)
        .isEqualTo(theirs);
  }

  @Test
  void finds_hosts_that_ssh_keygen_hashed() throws Exception {
    reading(Keys.line("db1", Keys.HOST), Keys.line("[db1]:2222", Keys.ECDSA_HOST));
    Keys.sshKeygen(directory, "-H", "-f", "known_hosts");
    KnownHosts known = KnownHosts.read(List.of(directory.resolve("known_hosts")));
    assertThat(known.warnings()).isEmpty();
    assertThat(known.about(target("DB1", 22)).keyTypes()).containsExactly("ssh-ed25519");
    assertThat(known.about(target("db1", 2222)).keyTypes()).containsExactly("ecdsa-sha2-nistp256");
    assertThat(known.about(target("db2", 22)).keyTypes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db1",
        "db1 ssh-ed25519",
        "@cert-authority",
        "@trusted db1 ssh-ed25519 AAAA",
        "db1 ssh-ed25519 AAAA",
        "db1 ssh-ed25519 ====",
        "db1 ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIJ1Dtq2Y2jTvhKmPqN5nYgQv3rq2c3mGq1oSx0rVq8fA",
        "|1|salt ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1Dtq2Y2jTvhKmPqN5nYgQv3rq2c3mGq1oSx0rVq8fA",
        "|2|c2FsdA==|c2FsdA== ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1Dtq2Y2jTvhKmPqN5nYgQv3rq2c3mGq1oSx0rVq8fA",
        "\u001b[31mred \u0000 \u00ff",
      })
  void skips_a_malformed_line_with_a_warning_and_reads_on(String malformed) throws IOException {
    Path file = directory.resolve("known_hosts");
    Files.writeString(file, malformed + "\n" + Keys.line("db1", Keys.HOST) + "\n");
    KnownHosts known = KnownHosts.read(List.of(file));
    assertThat(known.warnings())
        .singleElement()
        .asString()
        .startsWith(file + ":1 is skipped: ")
        .doesNotContain("\u001b");
    assertThat(refusal(known.about(target("db1", 22)), Keys.HOST.getPublic())).isEmpty();
  }

  @Test
  void reads_several_files_and_minds_neither_missing_nor_binary_ones() throws IOException {
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 0, 10, 65});
    Path second = Files.writeString(directory.resolve("second"), Keys.line("db1", Keys.HOST));
    KnownHosts known =
        KnownHosts.read(List.of(directory.resolve("missing"), binary, second, directory));
    assertThat(refusal(known.about(target("db1", 22)), Keys.HOST.getPublic())).isEmpty();
    assertThat(known.warnings())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(binary + ":1 is skipped"),
            line -> assertThat(line).startsWith(binary + ":2 is skipped"),
            line -> assertThat(line).startsWith(directory + " cannot be read"));
  }

  @Test
  void tells_how_to_accept_an_unknown_key() throws IOException {
    assertThat(refusal(reading().about(target("db1", 2222)), Keys.HOST.getPublic()))
        .hasValueSatisfying(reason ->
            assertThat(reason)
                .startsWith("db1:2222 has a host key that known_hosts does not have")
                .contains("ssh-ed25519 " + HostKey.of(Keys.HOST.getPublic()).fingerprint())
                .contains("echo '[db1]:2222 ssh-")
                .endsWith("' >> " + directory.resolve("known_hosts")));
  }

  @Test
  void advises_no_file_that_keeps_nothing() throws IOException {
    var target =
        target("db1", 22).withHostKeys(HostKeyPolicy.ofFiles(List.of(Path.of("/dev/null"))));
    assertThat(refusal(reading().about(target), Keys.HOST.getPublic()))
        .hasValueSatisfying(reason ->
            assertThat(reason)
                .endsWith("' >> ~/.ssh/known_hosts, and let UserKnownHostsFile name that file"));
  }

  @Test
  void tells_a_changed_key_from_an_unknown_one() throws IOException {
    KnownHosts known = reading("", Keys.line("[db1]:2222", Keys.HOST));
    assertThat(refusal(known.about(target("db1", 2222)), Keys.OTHER_HOST.getPublic()))
        .hasValueSatisfying(reason ->
            assertThat(reason)
                .startsWith("db1:2222 shows another host key than the one known")
                .contains(HostKey.of(Keys.HOST.getPublic()).fingerprint())
                .contains(HostKey.of(Keys.OTHER_HOST.getPublic()).fingerprint())
                .contains(directory.resolve("known_hosts") + ":2")
                .contains("ssh-keygen -R '[db1]:2222'"));
  }

  @Test
  void does_not_call_a_key_changed_that_is_known_for_another_port() throws IOException {
    KnownHosts known = reading(Keys.line("db1", Keys.HOST));
    assertThat(refusal(known.about(target("db1", 2222)), Keys.OTHER_HOST.getPublic()))
        .hasValueSatisfying(reason -> assertThat(reason).contains("does not have"));
  }

  @Test
  void names_the_known_keys_when_the_host_shows_one_of_another_type() throws IOException {
    KnownHosts known = reading(Keys.line("db1", Keys.HOST));
    assertThat(refusal(known.about(target("db1", 22)), Keys.ECDSA_HOST.getPublic()))
        .hasValueSatisfying(reason ->
            assertThat(reason)
                .contains("of another type than those known")
                .contains(HostKey.of(Keys.HOST.getPublic()).fingerprint())
                .contains("accept this very key with: echo "));
  }

  @Test
  void refuses_a_revoked_key_even_where_it_is_trusted() throws IOException {
    KnownHosts known =
        reading(Keys.line("db1", Keys.HOST), "@revoked " + Keys.line("*", Keys.HOST));
    assertThat(refusal(known.about(target("db1", 22)), Keys.HOST.getPublic()))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("known_hosts:2 marks as revoked"));
  }

  @Test
  void does_not_take_the_key_of_an_authority_for_a_host_key() throws IOException {
    KnownHosts known = reading("@cert-authority " + Keys.line("db1", Keys.HOST));
    assertThat(refusal(known.about(target("db1", 22)), Keys.HOST.getPublic())).isPresent();
  }

  @Test
  void prints_fingerprints_as_ssh_keygen_does() throws Exception {
    Keys.sshKeygen(directory, "-q", "-t", "rsa", "-N", "", "-f", "id");
    String[] fields = Files.readString(directory.resolve("id.pub")).split(" ", -1);
    assertThat(Keys.sshKeygen(directory, "-l", "-f", "id.pub"))
        .contains(" " + HostKey.parse(fields[0], fields[1]).fingerprint() + " ");
  }

  @Test
  void goes_through_thousands_of_hashed_lines_once_for_each_name() throws Exception {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 5000; i++) {
      lines.add(Keys.line("host" + i, Keys.HOST));
    }
    reading(lines.toArray(String[]::new));
    Keys.sshKeygen(directory, "-H", "-f", "known_hosts");
    KnownHosts known = KnownHosts.read(List.of(directory.resolve("known_hosts")));
    long start = System.nanoTime();
    for (int i = 0; i < 5000; i++) {
      assertThat(known.about(target("host4999", 22)).keyTypes()).containsExactly("ssh-ed25519");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void looks_for_an_alias_without_its_port() throws IOException {
    KnownHosts known = reading(Keys.line("web1", Keys.HOST));
    var policy =
        new HostKeyPolicy(List.of(), List.of(), Strictness.YES, Optional.of("WEB1"), false, false);
    assertThat(
            refusal(known.about(target("db1", 2222).withHostKeys(policy)), Keys.HOST.getPublic()))
        .isEmpty();
  }
}
