package dev.earshot.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A release, made as `make dist` makes it, on a Debian that has nothing but its essential
/// packages: no Java above all.
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ReleaseIT {

  private static final Path RELEASE = Path.of("target", "release").toAbsolutePath();
  private static final Path ROOT = Path.of("target", "bare").toAbsolutePath();

  @BeforeAll
  static void install() throws Exception {
    assumeTrue(
        Files.isDirectory(Path.of("/proc/self/ns")) && Files.isWritable(Path.of("/root")),
        "packages are installed by root, on Linux");
    for (String need : List.of("mmdebstrap", "dpkg-deb", "unshare")) {
      assumeTrue(onPath(need), need + " is missing: apt-get install mmdebstrap dpkg util-linux");
    }
    succeed("rm", "-rf", ROOT.toString());
    Process bare =
        new ProcessBuilder(bootstrap())
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "bare.log").toFile())
            .start();
    succeed("./build", "--quick");
    assumeTrue(
        bare.waitFor() == 0,
        "Debian's packages can't be fetched here, see cli/dist/target/bare.log");
    for (Path file : released()) {
      Files.copy(file, ROOT.resolve("opt").resolve(String.valueOf(file.getFileName())));
    }
  }

  @AfterAll
  static void remove() throws Exception {
    succeed("rm", "-rf", ROOT.toString());
  }

  @Test
  void theArchiveRunsWhereverItIsUnpacked() throws Exception {
    inside("cd /opt && sha256sum --check --quiet SHA256SUMS && tar xzf earshot-*.tar.gz");
    String program = inside("echo /opt/earshot-*/bin/earshot").strip();
    assertThat(inside("! command -v java && cd / && " + program + " --version"))
        .isEqualTo("earshot " + version() + "\n");
    inside("ln -s %s /usr/local/bin/from-archive && from-archive checks".formatted(program));
    assertThat(inside("cd /opt/earshot-* && ls share/doc/earshot share/man/man1"))
        .contains(
            "THIRD-PARTY.md",
            "earshot.cdx.json",
            "LICENSE",
            "earshot-audit.1",
            "earshot-history-show.1");
  }

  @Test
  void thePackageInstallsAuditsAndLeavesNothingBehind() throws Exception {
    String before = inside("find /usr -xdev | sort");
    inside("dpkg --install /opt/earshot_*.deb");
    assertThat(inside("earshot --version")).isEqualTo("earshot " + version() + "\n");

    // as the user of its timer: real SSH, cryptography, templates and SQLite, with the modules that
    // there are
    String demo =
        inside(
            "runuser -u earshot -- sh -c 'cd && earshot demo --history ~/h.db --report json"
                + " >~/a.json; echo $?'");
    assertThat(demo).endsWith("1\n");
    assertThat(inside("runuser -u earshot -- earshot history --history /var/lib/earshot/h.db"))
        .contains("1 ");
    assertThat(Files.readString(ROOT.resolve("var/lib/earshot/a.json")))
        .contains("\"colocation.app-database\"");

    // with AOTMode=on, Java ends where it can't use a cache
    for (String cache : List.of("short", "long")) {
      inside(
          "cd /usr/lib/earshot && runtime/bin/java -XX:AOTMode=on -XX:AOTCache=app/%s.aot -XX:+UseSerialGC -jar app/earshot.jar --version"
              .formatted(cache));
    }
    assertThat(inside("stat -c '%U %a' /var/lib/earshot")).isEqualTo("earshot 700\n");
    assertThat(inside("dpkg --verify earshot")).isEmpty();

    inside("dpkg --purge earshot");
    assertThat(inside("find /usr -xdev | sort")).isEqualTo(before);
    assertThat(ROOT.resolve("var/lib/earshot")).doesNotExist();
    assertThat(ROOT.resolve("etc/default/earshot")).doesNotExist();
  }

  @Test
  void theUnitsAreSoundAndTheServiceConfined() throws Exception {
    assumeTrue(onPath("systemd-analyze"), "systemd-analyze is missing: apt-get install systemd");
    Path units = Path.of("target", "deb", "usr", "lib", "systemd", "system");
    String service = Files.readString(units.resolve("earshot-drift.service"));
    assertThat(service)
        .contains("User=earshot", "EnvironmentFile=-/etc/default/earshot", "ExecStart=/usr/bin/")
        .doesNotContain("deploy", "/opt/");
    Path folder = Files.createDirectories(Path.of("target", "units"));
    Path verified =
        Files.writeString(
            folder.resolve("earshot-drift.service"),
            service.replace("/usr/bin/earshot", Path.of("launcher").toRealPath().toString()));
    Path timer = units.resolve("earshot-drift.timer");
    assertThat(
            succeed("systemd-analyze", "verify", "--man=no", verified.toString(), timer.toString()))
        .isEmpty();
    succeed("systemd-analyze", "security", "--offline=true", "--threshold=20", verified.toString());
  }

  /// From where this machine's own packages come, where that is told as Debian tells it.
  private static List<String> bootstrap() throws IOException {
    Path sources = Path.of("/etc/apt/sources.list.d/debian.sources");
    String debian =
        succeedQuietly(
            "sh", "-c", ". /etc/os-release && [ \"$ID\" = debian ] && echo $VERSION_CODENAME");
    List<String> from =
        debian.isBlank()
            ? List.of("stable")
            : Files.exists(sources)
                ? List.of(debian.strip(), ROOT.toString(), sources.toString())
                : List.of(debian.strip());
    return Stream.concat(
            Stream.of(
                "mmdebstrap",
                "--variant=essential",
                "--include=adduser",
                "--dpkgopt=force-unsafe-io",
                "--aptopt=Acquire::Languages \"none\""),
            from.size() == 3 ? from.stream() : Stream.of(from.getFirst(), ROOT.toString()))
        .toList();
  }

  private static List<Path> released() throws IOException {
    try (Stream<Path> files = Files.list(RELEASE)) {
      List<Path> released = files.sorted().toList();
      assertThat(released).hasSize(4);
      return released;
    }
  }

  private static String version() throws IOException {
    return released().stream()
        .map(file -> String.valueOf(file.getFileName()))
        .filter(name -> name.endsWith(".cdx.json"))
        .map(name -> name.replace("earshot-", "").replace(".cdx.json", ""))
        .findFirst()
        .orElseThrow();
  }

  /// Runs a shell in the bare root, with kernel's files as everywhere.
  private static String inside(String script) throws Exception {
    return succeed(
        "unshare",
        "--mount",
        "sh",
        "-ec",
        "mount -t proc proc \"$1/proc\" && mount --rbind /dev \"$1/dev\" && exec env -i"
            + " PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root chroot \"$1\" sh -ec"
            + " \"$2\"",
        "sh",
        ROOT.toString(),
        script);
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String succeedQuietly(String... command) throws IOException {
    try (var out = new ProcessBuilder(command).start().getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String succeed(String... command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("release", ".log");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    String told = Files.readString(errors);
    Files.delete(errors);
    assertThat(exit).as("%s%n%s%s", String.join(" ", command), out, told).isZero();
    return out;
  }
}
