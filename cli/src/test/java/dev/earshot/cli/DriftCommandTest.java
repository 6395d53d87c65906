package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Depth;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostRecording;
import dev.earshot.recording.RecordingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftCommandTest {

  private static final String RECORDED = "../inventory-samples/postmortem/recorded";

  @TempDir Path folder;

  private Path baseline = Path.of("");
  private Path now = Path.of("");

  @BeforeEach
  void keepTheIncidentTwice() throws IOException {
    baseline = folder.resolve("baseline.zip");
    now = Files.createDirectory(folder.resolve("now"));
    RecordingStore.save(RecordingStore.load(Path.of(RECORDED)), baseline);
    RecordingStore.save(RecordingStore.load(Path.of(RECORDED)), now);
  }

  @Test
  void nothingIsSaidWhereNothingChanged() {
    assertThat(drift()).isEqualTo(new InProcess(0, "", ""));
  }

  @Test
  void aSettingThatChangedIsToldShortly() throws IOException {
    changeJit();

    InProcess drift = drift();

    assertThat(drift.exit()).isEqualTo(4);
    assertThat(drift.err()).isEmpty();
    assertThat(drift.out())
        .contains("resolved   db1: jit is off")
        .contains("changed    db1: jit is 'off', was 'on'; set in")
        .contains("postgres.jit/db1");
    assertThat(drift.out().lines()).hasSize(5);
  }

  @Test
  void whatIsAcceptedIsNoDriftAnyMore() throws IOException {
    changeJit();

    assertThat(drift("--update").exit()).isZero();
    assertThat(drift()).isEqualTo(new InProcess(0, "", ""));
  }

  @Test
  void theFirstBaselineHasToBeAskedFor() throws IOException {
    Files.delete(baseline);

    InProcess refused = drift();
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("there is no baseline").contains("--update");
    assertThat(drift("--update").exit()).isZero();
    assertThat(drift()).isEqualTo(new InProcess(0, "", ""));
  }

  /// Its host would be as before from then on, whether it answers or not.
  @Test
  void anAuditThatLacksAHostDoesNotBecomeTheBaseline() throws IOException {
    FleetRecording whole = RecordingStore.load(now);
    List<HostRecording> hosts = new ArrayList<>(whole.hosts());
    hosts.set(0, HostRecording.unreachable(hosts.getFirst().host(), "connection refused"));
    RecordingStore.save(
        new FleetRecording(whole.takenAt(), whole.window(), whole.version(), hosts), now);
    byte[] before = Files.readAllBytes(baseline);

    InProcess refused = drift("--update");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "1 of 6 hosts could not be asked (%s)".formatted(hosts.getFirst().host().name()),
            "the old one stays");
    assertThat(Files.readAllBytes(baseline)).isEqualTo(before);
  }

  @Test
  void whatOnlyOneOfThemLookedAtHasNotChanged() throws IOException {
    Path manifest = now.resolve("audit.json");
    Files.writeString(
        manifest, Files.readString(manifest).replaceFirst("\"deep\" : null", "\"deep\" : true"));
    assertThat(RecordingStore.load(now).depth()).isEqualTo(Depth.DEEP);

    assertThat(drift()).isEqualTo(new InProcess(0, "", ""));
  }

  private void changeJit() throws IOException {
    Path settings = now.resolve("db1/postgres.settings.txt");
    String text = Files.readString(settings);
    assertThat(text).contains("\njit,on,");
    Files.writeString(settings, text.replace("\njit,on,", "\njit,off,"));
  }

  private InProcess drift(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("drift", "--baseline", baseline.toString(), "--evidence", now.toString()));
    arguments.addAll(List.of(more));
    return InProcess.run(Map.of(), Path.of(""), folder, arguments.toArray(String[]::new));
  }
}
