package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.evidence.Evidence.Collected;
import dev.earshot.evidence.Evidence.Uncollected;
import dev.earshot.evidence.Sampled.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The probes of the machine itself: `/proc`, `df`, DMI, `uname`.
class MachineProbesTest {

  private static final String STAT =
      """
      0.42 0.30 0.20 1/210 4711
      cpu  1000 50 300 8000 200 10 40 7 500 0
      cpu0 500 25 150 4000 100 5 20 4 250 0
      cpu1 500 25 150 4000 100 5 20 3 250 0
      """;

  @ParameterizedTest
  @CsvSource({"root, true", "nobody, false"})
  void aTimeDaemonIsWhatTheSystemRuns(String user, boolean trusted, @TempDir Path folder)
      throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be somebody else");
    assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    Path daemon = folder.resolve("chronyd");
    Files.copy(ShellRun.find("sleep").orElseThrow(), daemon);
    assertThat(daemon.toFile().setExecutable(true, false)).isTrue();
    Process named =
        new ProcessBuilder(
                "sh",
                "-c",
                "exec setpriv --reuid=\"$1\" --clear-groups \"$2\" 60",
                "sh",
                user,
                daemon.toString())
            .start();
    try {
      Thread.sleep(Duration.ofMillis(300));
      for (List<String> shell : ShellRun.shells()) {
        List<String> command = new java.util.ArrayList<>(shell);
        command.addAll(List.of("-c", TimeSync.PROBE.command()));
        CommandResult result =
            ShellRun.run(
                command,
                Map.of(
                    "EARSHOT_PROCESSES", "1 (init) 0 0\n%d (chronyd) 0 0".formatted(named.pid())));

        assertThat(TimeSync.parse(result.output()).daemon().isPresent())
            .as("%s: %s", shell, result.output())
            .isEqualTo(trusted);
      }
    } finally {
      named.destroyForcibly();
    }
  }

  /// A name with a line break forges a line of the list.
  @Test
  void noLineOfTheListAloneMakesATimeDaemon(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("comm"), "chronyd\n");
    Files.writeString(folder.resolve("status"), "Uid:\t0\t0\t0\t0\n");
    for (List<String> shell : ShellRun.shells()) {
      for (String pid : List.of("1", ".." + folder)) {
        List<String> command = new java.util.ArrayList<>(shell);
        command.addAll(List.of("-c", TimeSync.PROBE.command()));
        CommandResult result =
            ShellRun.run(
                command,
                Map.of("EARSHOT_PROCESSES", "1 (init) 0 0\n%s (chronyd) 0 0".formatted(pid)));

        assertThat(TimeSync.parse(result.output()).daemon()).as("%s %s", shell, pid).isEmpty();
      }
    }
  }

  @Test
  void cpuCountsGuestsOnceAndDiskWaitsAsIdle() {
    assertThat(Cpu.parse(STAT)).isEqualTo(new Cpu(2, 1407, 9607, 7, 0.42));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 1000, 200, 2000, 10.0", // a tenth of the ticks
    "100, 1000, 100, 2000, 0.0",
    "100, 1000, 1600, 2000, 100.0", // idle time ran backwards
    "100, 1000, 50, 2000, 0.0"
  })
  void cpuBusyShareStaysWithinBounds(long b0, long t0, long b1, long t1, double percent) {
    var busy = Cpu.busy(sampled(new Cpu(1, b0, t0, 0, 0), new Cpu(1, b1, t1, 0, 0)));

    assertThat(busy).isEqualTo(new Collected<>(new Percent(percent)));
  }

  @Test
  void cpuStolenIsAShareOfWhatWasWanted() {
    Cpu before = new Cpu(1, 100, 1000, 10, 0);

    assertThat(Cpu.stolen(sampled(before, new Cpu(1, 300, 2000, 60, 0))))
        .isEqualTo(new Collected<>(new Percent(25)));
    assertThat(Cpu.stolen(sampled(before, new Cpu(1, 100, 2000, 10, 0))))
        .isInstanceOf(Uncollected.class);
  }

  @Test
  void cpuWithoutTicksIsNotIdle() {
    Cpu cpu = new Cpu(1, 10, 100, 0, 0);

    assertThat(Cpu.busy(sampled(cpu, cpu))).isInstanceOf(Uncollected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "0.1 0 0 1/1 1\ncpu  1 2 3 4 5\n",
        "NaN 0 0 1/1 1\ncpu  1 2 3 4\ncpu0 1 2 3 4\n",
        "0.1 0 0 1/1 1\ncpu  -1 2 3 4\ncpu0 1 2 3 4\n",
        "0.1 0 0 1/1 1\ncpu  9223372036854775807 9223372036854775807 3 4\ncpu0 1 2 3 4\n"
      })
  void cpuRefusesWhatTheKernelDoesNotPrint(String output) {
    assertThatThrownBy(() -> Cpu.parse(output)).isInstanceOf(UnreadableOutput.class);
  }

  @Test
  void disksOfOldAndNewKernels() {
    var disks =
        Disk.parse(
            """
               7       0 loop0 0 0 0 0 0 0 0 0 0 0 0
               8       0 sda 100 0 800 50 40 3 900 60 0 70 110
             253       0 vda 100 0 800 50 40 3 900 60 0 70 110 1 0 0 0 12 34
            """);

    assertThat(disks)
        .containsExactly(
            new Disk("sda", 100, millis(50), 40, millis(60), 0, Duration.ZERO, millis(70)),
            new Disk("vda", 100, millis(50), 40, millis(60), 12, millis(34), millis(70)));
  }

  @Test
  void disksMayBeMissingButNotIllegible() {
    assertThat(Disk.parse("")).isEmpty();
    assertThatThrownBy(() -> Disk.parse("garbage")).isInstanceOf(UnreadableOutput.class);
    assertThatThrownBy(() -> Disk.parse("8 0 sda 1 1 1 1 1 1 1 99999999999999999999 1 1 1"))
        .isInstanceOf(UnreadableOutput.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, Optional[GUESSED]",
    "1, Optional[ALWAYS]",
    "2, Optional[NEVER]",
    "3, Optional.empty",
    "'', Optional.empty"
  })
  void whetherTheKernelOvercommits(String number, String mode) {
    assertThat(Memory.parse("MemTotal: 9 kB\nMemAvailable: 9 kB\n" + number + "\n").overcommit())
        .hasToString(mode);
  }

  @Test
  void memoryAsTheKernelEstimatesIt() {
    assertThat(Memory.parse("MemTotal: 2048 kB\nMemFree: 1 kB\nMemAvailable:   1024 kB\n"))
        .isEqualTo(
            new Memory(Bytes.ofKiB(2048), Bytes.ofKiB(1024), Optional.empty(), Optional.empty()));
    assertThat(
            Memory.parse(
                    "MemTotal: 9 kB\nMemAvailable: 9 kB\nHugePages_Total:      40\nHugepagesize:       2048 kB\n")
                .hugePages())
        .contains(Bytes.ofKiB(40 * 2048));
    assertThatThrownBy(() -> Memory.parse("MemTotal: 2048 kB\n"))
        .hasMessageContaining("MemAvailable");
    assertThatThrownBy(() -> Memory.parse("MemTotal: 99999999999999999999 kB\n"))
        .isInstanceOf(UnreadableOutput.class);
  }

  @Test
  void filesystemsWithoutImagesAndMemory() {
    var all =
        Filesystem.parse(
            """
            Filesystem              1024-blocks     Used Available Capacity Mounted on
            devtmpfs                   12334492        0  12334492       0% /dev
            tmpfs                      24684092    16832  24667260       1% /dev/shm
            /dev/vda                  264212084 23336992  83053920      22% /
            /dev/loop3                     1000     1000         0     100% /snap/core
            /dev/sr0                       1000     1000         0     100% /media/cdrom
            /dev/vdb                       1000     1000        -50    105% /srv/with blank
            overlay                        1000      900       100      90% /var/lib/docker/overlay2/x
            autofs                            -        -         -        - /misc
            """);

    assertThat(all).extracting(Filesystem::mountPoint).containsExactly("/", "/srv/with blank");
    assertThat(all.getLast().usedShare()).isEqualTo(new Percent(100));
    assertThat(all.getFirst().usedShare().value()).isBetween(21.0, 22.0);
  }

  /// Debian 12's and BusyBox's df on one machine, with a directory mounted read-only at `/srv`,
  /// which the former does not list: it is of the same device.
  @ParameterizedTest
  @ValueSource(strings = {"filesystems-df.txt", "filesystems-busybox.txt"})
  void filesystemsTellTheirInodesAndWhetherTheyCanBeWrittenTo(String file) {
    var all = Recorded.read(Filesystem.PROBE, file).collected().orElseThrow();

    Filesystem root =
        all.stream().filter(one -> one.mountPoint().equals("/")).findFirst().orElseThrow();
    assertThat(root.inodes().orElseThrow().total()).isEqualTo(16777216);
    assertThat(all)
        .allMatch(one -> one.readOnly() == one.mountPoint().equals("/srv"))
        .hasSize(file.contains("busybox") ? 2 : 1);
  }

  @Test
  void readOnlyFilesystemsThatWereMeantToBe() {
    var all =
        Filesystem.parse(
            """
            Filesystem 1024-blocks Used Available Capacity Mounted on
            /dev/vda 1000 10 990 1% /
            /dev/vdb 1000 10 990 1% /srv/with blank
            /dev/vdc 1000 10 990 1% /boot
            /dev/vdd 1000 10 990 1% /data
            === inodes
            Filesystem Inodes IUsed IFree IUse% Mounted on
            /dev/vda 100 60 40 60% /
            /dev/vdb 0 0 0 - /srv/with blank
            === mounts
            ro /srv/with\\040blank
            ro /boot
            meant /boot
            """);

    assertThat(all)
        .extracting(Filesystem::mountPoint, Filesystem::readOnly)
        .containsExactly(
            tuple("/", false),
            tuple("/srv/with blank", true),
            tuple("/boot", false),
            tuple("/data", false));
    assertThat(all.getFirst().inodes()).contains(new Filesystem.Inodes(100, 40));
    assertThat(all.get(1).inodes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "df: cannot read table of mounted file systems",
        "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 9223372036854775807 1 1 1% /\n",
        "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 10 -1 1 1% /\n"
      })
  void filesystemsRefuseWhatDfDoesNotPrint(String output) {
    assertThatThrownBy(() -> Filesystem.parse(output)).isInstanceOf(UnreadableOutput.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          Amazon EC2,             t3.micro,               '',                               aws
          Google,                 Google Compute Engine,  '',                               gcp
          Microsoft Corporation,  Virtual Machine,        7783-7084-3265-9085-8269-3286-77, azure
          Hetzner,                vServer,                '',                               hetzner
          QEMU,                   Standard PC,            OracleCloud.com,                  oracle
          OpenStack Foundation,   OpenStack Nova,         '',                               -
          Microsoft Corporation,  Virtual Machine,        '',                               -
          QEMU,                   Standard PC,            1234.zstack.io,                   zstack
          """)
  void dmiNamesTheProviderOnlyWhereItIsSure(
      String vendor,
      String product,
      String tag,
      @org.jspecify.annotations.Nullable String provider) {
    Dmi dmi =
        Dmi.parse(
            "sys_vendor=%s\nproduct_name=%s\nchassis_asset_tag=%s\nbios_vendor=\n"
                .formatted(vendor, product, tag));

    assertThat(dmi.provider()).isEqualTo(Optional.ofNullable(provider));
  }

  /// Such as t2 and m4, whose firmware has Xen's words.
  @ParameterizedTest
  @CsvSource({"hypervisor=ec2, aws", "'', -", "hypervisor=, -"})
  void amazonsXenIsToldByItsUuid(String line, String provider) {
    Dmi dmi = Dmi.parse("sys_vendor=Xen\nproduct_name=HVM domU\n" + line + "\n");

    assertThat(dmi.provider().orElse("-")).isEqualTo(provider);
  }

  @ParameterizedTest
  @CsvSource({
    "hypervisor/uuid, ec2e1916-9099-7caf-fd21-012345abcdef, aws",
    "hypervisor/uuid, EC2E1916-9099-7caf-fd21-012345abcdef, aws",
    "hypervisor/uuid, 1ec2e191-9099-7caf-fd21-012345abcdef, -",
    "class/dmi/id/product_serial, srv-1916.brightbox.com, brightbox",
    "class/dmi/id/product_serial, srv-e191.example.com, -"
  })
  void ofUuidAndSerialNothingElseLeavesTheHost(String file, String number, String provider)
      throws Exception {
    assumeTrue(
        ShellRun.exists("unshare")
            && ShellRun.run(List.of("unshare", "-m", "true"), Map.of()).exitStatus() == 0,
        "making namespaces needs root");
    for (List<String> shell : ShellRun.shells()) {
      List<String> command =
          new java.util.ArrayList<>(
              List.of(
                  "unshare",
                  "-m",
                  "sh",
                  "-c",
                  """
                  mount -t tmpfs none /sys && mkdir -p "/sys/${1%/*}" || exit 99
                  echo "$2" >"/sys/$1"
                  shift 2
                  exec "$@"
                  """,
                  "sh",
                  file,
                  number));
      command.addAll(shell);
      command.addAll(List.of("-c", Dmi.PROBE.command()));
      CommandResult result = ShellRun.run(command, Map.of());

      assertThat(result.output()).doesNotContain("1916", "e191");
      assertThat(Dmi.PROBE.read(result).collected().flatMap(Dmi::provider).orElse("-"))
          .as(shell + ": " + result.output())
          .isEqualTo(provider);
    }
  }

  @Test
  void dmiRefusesGarbage() {
    assertThatThrownBy(() -> Dmi.parse("what=ever")).isInstanceOf(UnreadableOutput.class);
  }

  @Test
  void operatingSystemWithAndWithoutItsRelease() {
    assertThat(
            OperatingSystem.parse(
                "Linux 6.1.0 x86_64\ndb1\nPRETTY_NAME=\"Debian 12\"\nID='debian'\n"))
        .isEqualTo(new OperatingSystem("Debian 12", "6.1.0", "x86_64", "db1"));
    assertThat(OperatingSystem.parse("Linux 6.1.0 x86_64\ndb1\n").name()).isEqualTo("Linux");
    assertThat(OperatingSystem.parse("Linux 6.1.0 x86_64\ndb1\nPRETTY_NAME=\"\n").name())
        .isEqualTo("\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2: eth0    inet 10.0.0.5/24 brd 10.0.0.255 scope global eth0",
        "          inet 10.0.0.5  netmask 255.255.255.0  broadcast 10.0.0.255",
        "          inet addr:10.0.0.5  Bcast:10.0.0.255  Mask:255.255.255.0"
      })
  void addressesOfIpAndOfOldAndNewIfconfig(String line) {
    String output =
        "1: lo inet 127.0.0.1/8 scope host lo\n1: lo inet6 ::1/128 scope host\n"
            + line
            + "\n2: eth0 inet6 fe80::1/64 scope link\n2: eth0 inet6 2001:DB8::5/64 scope global\n";

    assertThat(Addresses.parse(output).all())
        .containsExactlyInAnyOrder(new Address("10.0.0.5"), new Address("2001:db8::5"));
  }

  @Test
  void listenersWithAndWithoutTheirPrograms() {
    List<Listener> listeners =
        Recorded.read(Listener.PROBE, "listeners-root.txt").collected().orElseThrow();
    assertThat(listeners)
        .extracting(Listener::endpoint, Listener::process)
        .contains(
            tuple(Endpoint.of("10.77.0.21:5432"), Optional.of("postgres")),
            tuple(Endpoint.of("[::]:22"), Optional.of("sshd")));
    assertThat(listeners).allSatisfy(listener -> assertThat(listener.pids()).isNotEmpty());
    assertThat(Listener.parse("State Recv-Q Send-Q Local Peer\nLISTEN 0 128 *:80 *:*\n"))
        .containsExactly(new Listener(Endpoint.of("0.0.0.0:80"), Optional.empty(), Set.of()));
  }

  @Test
  void processTimesWhateverTheProcessesAreCalled() {
    String stat = "42 (a) b) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0 1 0 5 6\n";

    assertThat(ProcessTimes.parse("100\n" + stat + "garbage\n43 (cut").byPid())
        .isEqualTo(Map.of(42, Duration.ofSeconds(2)));
  }

  @Test
  void listenersRefuseOutputWithoutTheTablesHead() {
    assertThatThrownBy(() -> Listener.parse("ss: cannot open netlink socket"))
        .isInstanceOf(UnreadableOutput.class)
        .hasMessageContaining("netlink");
  }

  private static Duration millis(long value) {
    return Duration.ofMillis(value);
  }

  private static <T> Sampled<T> sampled(T before, T after) {
    return new Sampled<>(
        new Collected<>(new Sample<>(Duration.ofSeconds(100), before)),
        new Collected<>(new Sample<>(Duration.ofSeconds(110), after)));
  }
}
