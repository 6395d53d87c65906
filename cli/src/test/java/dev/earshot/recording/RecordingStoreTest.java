package dev.earshot.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.check.Profile;
import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Place;
import dev.earshot.evidence.Rate;
import dev.earshot.evidence.Remote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingStoreTest {

  private static final Question SOCKETS = new Question("network.sockets", Moment.START);

  @TempDir Path folder;

  private static InventoryHost host(String name) {
    return new InventoryHost(
        new HostName(name),
        "10.0.0.1",
        List.of("web", "prod"),
        Optional.of(
            new Place(
                Place.Source.DECLARED, Optional.of("ovh"), Optional.of("gra"), Optional.empty())),
        Optional.of("dessalines/lemmy:0.19.3"),
        Optional.of("lemmy.example.org"),
        true,
        "hosts.yml",
        12,
        Map.of(
            InventoryHost.Topic.PLACE, new InventoryHost.Line("group_vars/web.yml", 3),
            InventoryHost.Topic.LEMMY_VERSION, new InventoryHost.Line("hosts.yml", 14)));
  }

  private static FleetRecording recording(String name, String output) {
    return new FleetRecording(
        Instant.parse("2026-01-02T03:04:05Z"),
        Duration.ofMillis(2500),
        "1.2.3",
        Depth.DEEP,
        List.of(
            new HostRecording(
                host(name),
                Optional.empty(),
                Optional.of("the connection was lost"),
                Optional.of(
                    new HostRecording.Begun(
                        Instant.parse("2026-01-02T03:04:05.1Z"),
                        Instant.parse("2026-01-02T03:04:05.125000001Z"))),
                Map.of(SOCKETS, new Answer(new CommandResult(7, output, true), 1_700_000_000))),
            HostRecording.unreachable(host("gone"), "connection refused")),
        List.of(
            new Remote(
                "lemmy.example",
                "lemmy.ours",
                new Evidence.Uncollected<>("no answer within 20 s"),
                new Evidence.Collected<>(
                    new Remote.Poll(
                        Instant.EPOCH,
                        5000,
                        Optional.of(Instant.EPOCH),
                        Optional.of(new Remote.Sent(4000, Optional.empty(), 3)),
                        Optional.of(new Remote.Others(900, 3)))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "one line",
        "two\nlines\n",
        "\n\n\n",
        "probe: fake\nexit: 0\n\nbody",
        "name: x\u0007\u001b[0m ünï",
        "| bar\n"
      })
  void whatIsSavedIsLoaded(String output) throws IOException {
    FleetRecording recording = recording("web1", output);
    RecordingStore.save(recording, folder.resolve("audit.zip"));
    assertThat(RecordingStore.load(folder.resolve("audit.zip"))).isEqualTo(recording);
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    RecordingStore.save(recording, unpacked);
    assertThat(RecordingStore.load(unpacked)).isEqualTo(recording);
  }

  /// This one may know more of what is a secret.
  @Test
  void secretsThatAnOlderEarshotLeftAreTakenOut() {
    RecordingStore.save(recording("web1", "password=hunter2 x\n"), folder.resolve("old.zip"));

    assertThat(RecordingStore.load(folder.resolve("old.zip")))
        .isEqualTo(recording("web1", "password=(withheld) x\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../up", "..", ".", "/etc/passwd", "a/b", "a\\b", "con:1", "名前", "x y"})
  void namesStayWithinTheFolder(String name) throws IOException {
    FleetRecording recording = recording(name, "x");
    Path inner = Files.createDirectory(folder.resolve("inner"));
    RecordingStore.save(recording, inner);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(inner);
    }
    assertThat(RecordingStore.load(inner)).isEqualTo(recording);
  }

  /// Which checks an admin has of their own, evidence does not know: it keeps all answers to such.
  @Test
  void answersToQuestionsOfAnAdminAreKept() {
    Question question = new Question("custom.my-check-2", Moment.ONCE);
    Answer answer = new Answer(CommandResult.of("60\n\n@ended  0 \n"), 1_700_000_000);
    FleetRecording recording =
        new FleetRecording(
            Instant.EPOCH,
            Duration.ofSeconds(1),
            "1",
            List.of(
                new HostRecording(
                    host("db"), Optional.empty(), Optional.empty(), Map.of(question, answer))));
    Path file = folder.resolve("custom.zip");

    RecordingStore.save(recording, file);

    assertThat(RecordingStore.load(file).hosts().getFirst().answers())
        .isEqualTo(Map.of(question, answer));
    assertThat(AnswerText.question("custom...-x")).isEmpty();
    assertThat(AnswerText.question("custom.x.start")).isEmpty();
  }

  @Test
  void aNewRecordingReplacesTheOldOneWhole() {
    Path file = folder.resolve("audit.zip");
    RecordingStore.save(recording("old", "x"), file);
    RecordingStore.save(recording("new", "x"), file);
    assertThat(RecordingStore.load(file).hosts().getFirst().host().name().value()).isEqualTo("new");
    assertThat(folder.resolve("audit.zip.part")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                              | schema
          {"schema": "earshot.evidence/99", "version": "7.1.0"} | earshot.evidence/99 is newer than this Earshot, which reads up to earshot.evidence/4: use Earshot 7.1.0
          {"schema": "another/1"}                         | says schema 'another/1'
          []                                              | audit.json
          not json                                        | audit.json
          {"schema": "earshot.evidence/1"}                | not what Earshot writes
          {"schema": "earshot.evidence/1", "takenAt": "x", "windowSeconds": 1, "hosts": []} | audit.json
          {"schema": "earshot.evidence/1", "takenAt": "2026-01-01T00:00:00Z", "windowSeconds": -5, "hosts": []} | no time between two samples
          {"schema": "earshot.evidence/1", "takenAt": "+1000000000-01-01T00:00:00Z", "windowSeconds": 5, "hosts": []} | taken at no time
          {"schema": "earshot.evidence/1", "takenAt": "2026-01-01T00:00:00Z", "windowSeconds": "NaN", "hosts": []} | no time between two samples
          {"schema": "earshot.evidence/1", "takenAt": "2026-01-01T00:00:00Z", "windowSeconds": 1, "hosts": [], "judging": {"profile": "mastodon"}} | its profile 'mastodon' is not known
          {"schema": "earshot.evidence/4", "takenAt": "2026-01-01T00:00:00Z", "windowSeconds": 1, "hosts": [], "judging": {"policy": {"file": "a\\u0000.yml", "checked": true}}} | is called 'a?.yml', which is no file's name
          {"schema": "earshot.evidence/4", "takenAt": "2026-01-01T00:00:00Z", "windowSeconds": 1, "hosts": [], "judging": {"policy": {"file": "../a.yml", "checked": true}}} | is called '../a.yml', which is no file's name
          {"schema": "earshot.evidence/4", "takenAt": "2026-01-01T00:00:00Z", "windowSeconds": 1, "hosts": [], "judging": {"policy": {"file": "", "checked": true}}} | which is no file's name
          {"schema": "earshot.evidence/4", "takenAt": "2026-01-01T00:00:00Z", "windowSeconds": 1, "hosts": [], "judging": {"policy": {"file": "/etc/a.yml", "checked": true}}} | which is no file's name
          {"schema": "earshot.evidence/4", "takenAt": "2026-01-01T00:00:00Z", "windowSeconds": 1, "hosts": [], "judging": {"policy": {"file": "a/../../a.yml", "checked": true}}} | which is no file's name
          {"schema": "earshot.evidence/2", "takenAt": "2026-01-01T00:00:00Z", "windowSeconds": 1, "hosts": [], "judging": {"arrivalsPerSecond": -1}} | no rate
          {"schema": "earshot.evidence/1", "takenAt": "2026-01-01T00:00:00Z", "windowSeconds": 1, "hosts": [null]} | no name or no address
          {"schema": "earshot.evidence/1", "takenAt": "2026-01-01T00:00:00Z", "windowSeconds": 1, "hosts": [{"name": "a", "address": "b", "line": 1}, {"name": "a", "address": "b", "line": 1}]} | names a host twice
          """)
  void aManifestThatIsNoneIsToldInASentence(String json, String sentence) throws IOException {
    Files.writeString(folder.resolve("audit.json"), json);
    assertThatThrownBy(() -> RecordingStore.load(folder))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(sentence);
  }

  @Test
  void howItWasJudgedIsKept() {
    Judging judging =
        new Judging(
            Optional.of(new Arrivals(new Rate(2.75), 5)),
            Optional.of(Profile.Intent.GENERIC),
            Optional.of(
                new PolicyText("inventories/ours.yml", "fail_on: low  # für uns\n", false)));
    Path file = folder.resolve("audit.zip");
    RecordingStore.save(recording("web1", "x"), judging, file);

    assertThat(RecordingStore.open(file).judging()).isEqualTo(judging);
    assertThat(RecordingStore.open(file).remark()).isEmpty();
  }

  @Test
  void thePolicyOfAnEarlierAuditDoesNotPassForThisOnes() {
    Judging judging =
        Judging.USUAL.declared(Optional.of(new PolicyText("earshot.yml", "fail_on: low\n", true)));
    RecordingStore.save(recording("web1", "x"), judging, folder);
    assertThat(RecordingStore.open(folder).judging()).isEqualTo(judging);

    RecordingStore.save(recording("web1", "x"), folder);

    assertThat(RecordingStore.open(folder).judging()).isEqualTo(Judging.USUAL);
    assertThat(folder.resolve("policy.yml")).doesNotExist();
  }

  /// Beside an inventory, say; the `audit.json` that is there may be a report.
  @ParameterizedTest
  @ValueSource(strings = {"earshot.yml", "policy.yml", "audit.json", "web1/notes.txt"})
  void aFolderWithSomebodyElsesFilesIsRefusedAndStaysAsItWas(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"schema\": \"earshot.report/1\"}\n");

    assertThatThrownBy(() -> RecordingStore.save(recording("web1", "x"), folder))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining(folder + " holds other files and no saved evidence")
        .hasMessageContaining(folder.resolve("audit.zip").toString());
    assertThat(file).hasContent("{\"schema\": \"earshot.report/1\"}\n");
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(file);
    }
  }

  /// Where evidence was saved once, an `earshot.yml` that the user put there stays.
  @Test
  void theUsersOwnPolicyStays() throws IOException {
    RecordingStore.save(recording("web1", "x"), folder);
    Path own = Files.writeString(folder.resolve("earshot.yml"), "fail_on: critical\n");
    Judging judging =
        Judging.USUAL.declared(Optional.of(new PolicyText("earshot.yml", "fail_on: low\n", true)));

    RecordingStore.save(recording("web1", "x"), judging, folder);
    assertThat(RecordingStore.open(folder).judging()).isEqualTo(judging);
    RecordingStore.save(recording("web1", "x"), folder);

    assertThat(RecordingStore.open(folder).judging()).isEqualTo(Judging.USUAL);
    assertThat(own).hasContent("fail_on: critical\n");
  }

  @Test
  void thePolicyOfAnOlderEarshotIsFoundByItsOldName() throws IOException {
    Judging judging =
        Judging.USUAL.declared(Optional.of(new PolicyText("ours.yml", "fail_on: low\n", true)));
    RecordingStore.save(recording("web1", "x"), judging, folder);
    Files.move(folder.resolve("policy.yml"), folder.resolve("earshot.yml"));
    Path manifest = folder.resolve("audit.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("earshot.evidence/4", "earshot.evidence/3"));

    assertThat(RecordingStore.open(folder).judging()).isEqualTo(judging);
  }

  /// One that was taken out, or that nobody put in.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherPolicyIsNoticed(boolean removed) throws IOException {
    Path file = folder.resolve("audit.zip");
    RecordingStore.save(
        recording("web1", "x"),
        Judging.USUAL.declared(Optional.of(new PolicyText("earshot.yml", "fail_on: low\n", true))),
        file);
    try (var zip = FileSystems.newFileSystem(file)) {
      Path policy = zip.getPath("/policy.yml");
      if (removed) {
        Files.delete(policy);
      } else {
        Files.writeString(policy, "fail_on: high\n");
      }
    }

    assertThatThrownBy(() -> RecordingStore.open(file))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("policy.yml is ");
  }

  @ParameterizedTest
  @CsvSource({
    "web1/network.sockets.start.txt, change",
    "audit.json, change",
    "web1/network.sockets.start.txt, remove",
    "web1/machine.os.txt, add",
    "SHA256SUMS, remove",
    "SHA256SUMS, change"
  })
  void anEntryThatIsNotWhatWasSavedIsNamed(String entry, String what) throws IOException {
    Path file = folder.resolve("audit.zip");
    RecordingStore.save(recording("web1", "some output"), file);
    try (var zip = FileSystems.newFileSystem(file)) {
      Path path = zip.getPath("/", entry);
      switch (what) {
        case "remove" -> Files.delete(path);
        case "add" -> Files.writeString(path, "exit: 0\nat: 1\n\nx");
        default -> Files.writeString(path, Files.readString(path) + "#");
      }
    }

    assertThatThrownBy(() -> RecordingStore.open(file))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(entry)
        .hasMessageContaining("get another copy, or audit again");
  }

  /// Wherever a byte of it is another, either nothing that is read is, or it is told.
  @Test
  void damageAnywhereIsNoticedOrHarmless() throws IOException {
    FleetRecording recording = recording("web1", "some output\n".repeat(50));
    Path file = folder.resolve("audit.zip");
    RecordingStore.save(recording, file);
    byte[] whole = Files.readAllBytes(file);
    int noticed = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      try {
        assertThat(RecordingStore.open(file).recording()).isEqualTo(recording);
      } catch (RecordingException told) {
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(whole.length / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 400})
  void aFileThatWasCutOffIsToldInASentence(int length) throws IOException {
    Path file = folder.resolve("audit.zip");
    RecordingStore.save(recording("web1", "x"), file);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));

    assertThatThrownBy(() -> RecordingStore.open(file))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("cut off or damaged");
  }

  @Test
  void aPackedRecordingOfAnOlderEarshotIsReadWithARemark() throws IOException {
    Path file = folder.resolve("audit.zip");
    RecordingStore.save(recording("web1", "x"), file);
    try (var zip = FileSystems.newFileSystem(file)) {
      Files.delete(zip.getPath("/SHA256SUMS"));
      Path manifest = zip.getPath("/audit.json");
      Files.writeString(
          manifest,
          Files.readString(manifest)
              .replace("earshot.evidence/4", "earshot.evidence/1")
              .replaceFirst("(?s)\"judging\" : \\{.*?\\},", ""));
    }

    SavedAudit audit = RecordingStore.open(file);
    assertThat(audit.recording()).isEqualTo(recording("web1", "x"));
    assertThat(audit.judging()).isEqualTo(Judging.USUAL);
    assertThat(audit.remark())
        .hasValueSatisfying(said -> assertThat(said).contains("without checksums"));
  }

  @Test
  void theChecksumsAreWhatSha256sumReads() throws Exception {
    Path file = folder.resolve("audit.zip");
    RecordingStore.save(recording("web1", "some output"), file);
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    try (var zip = FileSystems.newFileSystem(file)) {
      for (String entry : List.of("audit.json", "web1/network.sockets.start.txt", "SHA256SUMS")) {
        Path to = unpacked.resolve(entry);
        Files.createDirectories(to.getParent());
        Files.copy(zip.getPath("/", entry), to);
      }
    }
    Process check =
        new ProcessBuilder("sha256sum", "--check", "--strict", "SHA256SUMS")
            .directory(unpacked.toFile())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("audit.json: OK", "web1/network.sockets.start.txt: OK");
    assertThat(check.waitFor()).isZero();
  }

  @Test
  void whatWasUnpackedAndChangedIsRefused() throws IOException {
    Path file = folder.resolve("audit.zip");
    RecordingStore.save(recording("web1", "x"), file);
    Path unpacked = folder.resolve("unpacked");
    try (var zip = FileSystems.newFileSystem(file);
        var entries = Files.walk(zip.getPath("/"))) {
      for (Path entry : entries.toList()) {
        Files.copy(entry, unpacked.resolve(entry.toString().substring(1)));
      }
    }
    assertThat(RecordingStore.load(unpacked)).isEqualTo(recording("web1", "x"));

    Files.writeString(
        unpacked.resolve("web1/network.sockets.start.txt"), "exit: 0\nat: 1\n\nother");
    assertThatThrownBy(() -> RecordingStore.load(unpacked))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("web1/network.sockets.start.txt is not what was saved");
  }

  @Test
  void anAnswerLargerThanAnyIsRefused() throws IOException {
    Path file = folder.resolve("bomb.zip");
    RecordingStore.save(recording("web1", "x"), file);
    try (var zip = FileSystems.newFileSystem(file)) {
      Files.write(zip.getPath("/web1/network.sockets.start.txt"), new byte[17 << 20]);
    }
    assertThatThrownBy(() -> RecordingStore.load(file))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("larger than any answer");
  }

  @Test
  void aSmallFileThatGrowsAboveMeasureIsRefused() throws IOException {
    Path file = folder.resolve("bomb.zip");
    RecordingStore.save(recording("web1", "x"), file);
    try (var zip = FileSystems.newFileSystem(file)) {
      Files.delete(zip.getPath("/SHA256SUMS"));
      Files.writeString(
          zip.getPath("/audit.json"),
          Files.readString(zip.getPath("/audit.json")).replace("evidence/4", "evidence/1"));
      for (String probe :
          List.of("machine.os", "machine.dmi", "machine.memory", "haproxy.log", "place.metadata")) {
        Files.writeString(
            zip.getPath("/web1/%s.txt".formatted(probe)),
            "exit: 0\nat: 1\n\n" + "x".repeat(15 << 20));
      }
    }
    assertThatThrownBy(() -> RecordingStore.load(file))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("all together larger than any audit's");
  }

  @Test
  void questionsThatAreNoLongerAskedAreLeftOut() throws IOException {
    RecordingStore.save(recording("web1", "x"), folder);
    Files.writeString(folder.resolve("web1/machine.gone.txt"), "exit: 0\nat: 1\n\nx");
    assertThat(RecordingStore.load(folder)).isEqualTo(recording("web1", "x"));
  }

  @Test
  void whatIsSavedIsItsOwnersAlone() throws IOException {
    Path file = folder.resolve("audit.zip");
    RecordingStore.save(recording("web1", "x"), file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void inAFolderTooItsFilesAreTheUsersAlone() throws IOException {
    RecordingStore.save(recording("old", "x"), folder);
    Path manifest = folder.resolve("audit.json");
    Files.setPosixFilePermissions(manifest, PosixFilePermissions.fromString("rw-r--r--"));

    RecordingStore.save(recording("web1", "out"), folder);

    try (var made = Files.walk(folder)) {
      assertThat(made.filter(path -> !path.equals(folder)))
          .hasSizeGreaterThan(2)
          .allSatisfy(path ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                  .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
  }

  /// Somebody else may have made the folder.
  @Test
  void noLinkLeadsOutOfTheFolder() throws IOException {
    Path inner = withLinkTo("web1");

    assertThat(RecordingStore.load(inner).hosts())
        .isNotEmpty()
        .allSatisfy(host -> assertThat(host.answers()).isEmpty());
  }

  @Test
  void whatIsSaidOfAllIsNoLinkEither() throws IOException {
    Path inner = withLinkTo("audit.json");

    assertThatThrownBy(() -> RecordingStore.load(inner)).isInstanceOf(RecordingException.class);
  }

  private Path withLinkTo(String name) throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    RecordingStore.save(recording("web1", "x"), inner);
    Path outside = Files.move(inner.resolve(name), folder.resolve("outside"));
    Files.createSymbolicLink(inner.resolve(name), outside);
    return inner;
  }

  @Test
  void answersOfAnEarlierAuditDoNotPassForThisOnes() {
    RecordingStore.save(recording("web1", "old"), folder);
    FleetRecording silent =
        new FleetRecording(
            Instant.EPOCH,
            Duration.ofSeconds(1),
            "1",
            List.of(HostRecording.unreachable(host("web1"), "connection refused")));
    RecordingStore.save(silent, folder);
    assertThat(RecordingStore.load(folder)).isEqualTo(silent);
  }
}
