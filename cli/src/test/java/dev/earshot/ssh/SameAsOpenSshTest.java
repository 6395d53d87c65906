package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whom the real ssh lets in and where it turns back, so do we. The table is a resource.
class SameAsOpenSshTest {
  private static final String USER = System.getProperty("user.name");

  @TempDir static Path shared;
  @TempDir Path own;
  private static OpenSshScene scene;

  /// One line of the table.
  record Row(boolean in, String knownHosts, List<String> options) {
    static Row parse(String line) {
      String[] fields = line.split("\\s*\\|\\s*", -1);
      return new Row(fields[0].equals("in"), fields[1], List.of(fields[2].split(" +", -1)));
    }

    List<String> all(String option) {
      return options.stream()
          .filter(each -> each.startsWith(option + "="))
          .map(each -> each.substring(option.length() + 1))
          .toList();
    }

    Optional<String> first(String option) {
      return all(option).stream().findFirst();
    }

    List<Path> files(String option) {
      return all(option).stream().map(name -> scene.file(name.substring(1))).toList();
    }

    @Override
    public String toString() {
      return knownHosts + " " + String.join(" ", options);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    scene = OpenSshScene.in(shared);
  }

  @AfterAll
  static void stop() {
    if (scene != null) {
      scene.close();
    }
  }

  static Stream<Row> rows() throws IOException {
    try (var table =
        Objects.requireNonNull(
            SameAsOpenSshTest.class.getResourceAsStream("/ssh/same-as-openssh.txt"))) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.contains("|") && !line.startsWith("#"))
              .map(Row::parse)
              .toList()
              .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void gets_in_where_ssh_does_and_nowhere_else(Row row) throws Exception {
    Path theirs = knownHosts(row, "theirs");
    Path ours = knownHosts(row, "ours");
    assertThat(ssh(row, theirs)).as("the table, of ssh").isEqualTo(row.in() ? "in" : "out");
    var told = new ArrayList<String>();
    ShellOutcome outcome = earshot(row, ours, told);
    assertThat(outcome)
        .isInstanceOf(row.in() ? ShellOutcome.Finished.class : ShellOutcome.Unreachable.class);
    boolean accepting = row.options().contains("StrictHostKeyChecking=accept-new");
    if (accepting && !ours.equals(theirs)) {
      assertThat(unsalted(ours)).isEqualTo(unsalted(theirs));
    }
    assertThat(told.stream().anyMatch(sentence -> sentence.contains(" was not known")))
        .isEqualTo(accepting && row.in() && !row.knownHosts().equals("hashed"));
  }

  /// Two hashed lines about the same host have different salts.
  private static List<String> unsalted(Path file) throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return lines.stream()
        .map(line -> line.replaceAll("\\|1\\|[^|]{28}\\|[^ ]{28} ", "|1|salt|hash "))
        .toList();
  }

  /// A copy, as it may be written to.
  private Path knownHosts(Row row, String name) throws IOException {
    if (row.knownHosts().startsWith("/")) {
      return Path.of(row.knownHosts());
    }
    if (row.knownHosts().equals("far/missing")) {
      return own.resolve(name).resolve("known_hosts");
    }
    Path copy = own.resolve(name);
    Path original = scene.file("known-" + row.knownHosts());
    return Files.exists(original) ? Files.copy(original, copy) : copy;
  }

  private static String ssh(Row row, Path knownHosts) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(List.of("ssh", "-F", "none", "-l", USER, "-p", "" + scene.server().port()));
    row.options()
        .forEach(option -> command.addAll(List.of("-o", option.replace("=@", "=" + shared + "/"))));
    for (String option :
        List.of(
            "BatchMode=yes",
            "IdentityAgent=none",
            "GlobalKnownHostsFile=/dev/null",
            "StrictHostKeyChecking=yes",
            "KexAlgorithms=curve25519-sha256",
            "UserKnownHostsFile=" + knownHosts)) {
      command.addAll(List.of("-o", option));
    }
    command.addAll(List.of("127.0.0.1", "true"));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("SSH_AUTH_SOCK");
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == 0 ? "in" : "out";
  }

  private static ShellOutcome earshot(Row row, Path knownHosts, List<String> told)
      throws IOException {
    var strictness =
        switch (row.first("StrictHostKeyChecking").orElse("yes")) {
          case "no" -> HostKeyPolicy.Strictness.NO;
          case "accept-new" -> HostKeyPolicy.Strictness.ACCEPT_NEW;
          default -> HostKeyPolicy.Strictness.YES;
        };
    var policy =
        new HostKeyPolicy(
            List.of(knownHosts),
            List.of(),
            strictness,
            row.first("HostKeyAlias"),
            false,
            row.options().contains("HashKnownHosts=yes"),
            row.files("RevokedHostKeys").isEmpty()
                ? RevokedKeys.NONE
                : RevokedKeys.read(row.files("RevokedHostKeys").getFirst()),
            row.first("CASignatureAlgorithms"),
            row.first("RequiredRSASize").map(Integer::valueOf).orElse(HostKeyPolicy.SHORTEST_RSA));
    var target =
        SshTarget.of("127.0.0.1", scene.server().port(), USER)
            .withCredentials(credentials(row))
            .withHostKeys(policy)
            .withAlgorithms(
                new AlgorithmWishes(
                    row.first("KexAlgorithms"),
                    row.first("Ciphers"),
                    row.first("MACs"),
                    row.first("HostKeyAlgorithms"),
                    row.first("PubkeyAcceptedAlgorithms")));
    try (var transport = new SshTransport(SecretPrompt.NOBODY, told::add)) {
      return Asking.of(transport.shellOn(target), "exit 0").outcome();
    }
  }

  private static Credentials credentials(Row row) {
    List<String> methods =
        row
            .first("PreferredAuthentications")
            .map(list -> Arrays.asList(list.split(",", -1)))
            .orElse(Credentials.METHODS)
            .stream()
            .filter(method ->
                !(method.equals("publickey") && row.options().contains("PubkeyAuthentication=no")))
            .toList();
    return new Credentials(
        row.files("IdentityFile"),
        row.files("CertificateFile"),
        row.options().contains("IdentitiesOnly=yes"),
        row.files("IdentityAgent").stream().findFirst(),
        Optional.empty(),
        methods);
  }
}
