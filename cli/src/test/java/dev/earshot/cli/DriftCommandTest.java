package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.earshot.check.Profile;
import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostRecording;
import dev.earshot.recording.Judging;
import dev.earshot.recording.PolicyText;
import dev.earshot.recording.RecordingStore;
import dev.earshot.report.json.ReportSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DriftCommandTest {

  private static final String RECORDED = "../inventory-samples/postmortem/recorded";

  private static final Judging TOLD =
      new Judging(
          Optional.of(Arrivals.inTurn(2.5)),
          Optional.of(Profile.Intent.GENERIC),
          Optional.of(
              new PolicyText(
                  "ours.yml", "ignored_flows:\n  - {from: backend1, reason: it is off}\n", true)));

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
        .contains("changed    db1: jit is 'off', by default; was 'on', by default")
        .contains("postgres.jit/db1");
    assertThat(drift.out().lines()).hasSize(5);
  }

  @Test
  void programsGetBothValuesWithTheirOriginsAndWhatFailsAsBefore() throws IOException {
    Files.writeString(
        settings(),
        Files.readString(settings())
            .replace("\njit,on,default,,,f", "\njit,off,configuration file,/etc/pg/a.conf,7,f"));

    InProcess drift = drift("--report", "json");

    assertThat(drift.exit()).isEqualTo(4);
    assertThat(schema().validate(drift.out(), InputFormat.JSON)).isEmpty();
    JsonNode report = new JsonMapper().readTree(drift.out());
    assertThat(report.path("changes"))
        .filteredOn(change -> change.path("key").asString().equals("setting/db1:5432/jit"))
        .singleElement()
        .satisfies(change -> {
          assertThat(change.path("before").toString())
              .isEqualTo("{\"value\":\"on\",\"origin\":\"default\"}");
          assertThat(change.path("now").toString())
              .isEqualTo("{\"value\":\"off\",\"origin\":\"/etc/pg/a.conf line 7\"}");
        });
    assertThat(report.path("unchanged"))
        .extracting(change -> change.path("key").asString())
        .contains("colocation.app-database/backend1/db1");
    assertThat(report.path("summary").path("unchanged").asInt())
        .isEqualTo(report.path("unchanged").size());
  }

  @Test
  void programsAreToldThatNothingChangedOrThatThereWasNoBaseline() throws IOException {
    Path file = folder.resolve("drift.json");
    assertThat(drift("--report", "json=" + file)).isEqualTo(new InProcess(0, "", ""));
    assertThat(schema().validate(Files.readString(file), InputFormat.JSON)).isEmpty();
    assertThat(new JsonMapper().readTree(file).path("changes")).isEmpty();
    assertThat(new JsonMapper().readTree(file).path("unchanged")).isNotEmpty();

    Files.delete(baseline);
    assertThat(drift("--update", "--report", "json=" + file).exit()).isZero();
    assertThat(schema().validate(Files.readString(file), InputFormat.JSON)).isEmpty();
    assertThat(new JsonMapper().readTree(file).path("since").isNull()).isTrue();
  }

  @Test
  void whoWantsToKnowSeesWhatFailsAsBefore() {
    assertThat(drift("-v").out())
        .startsWith("0 changed since ")
        .contains("unchanged  critical: backend1 → db1: ");
    assertThat(drift("-v").exit()).isZero();
    assertThat(drift("--report", "html").err())
        .contains("drift has no html report: it tells what has changed, as terminal or json");
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
  void hostsThatTheLimitLeavesOutHaveNotChanged() throws IOException {
    Path inventory =
        Files.writeString(
            folder.resolve("hosts"),
            "me ansible_connection=local\nother ansible_connection=local\ngone ansible_connection=local\n");
    Path kept = folder.resolve("kept.zip");
    assertThat(audited(inventory, kept, "--update").exit()).isZero();
    Files.writeString(inventory, "me ansible_connection=local\nother ansible_connection=local\n");
    byte[] before = Files.readAllBytes(kept);

    assertThat(audited(inventory, kept, "--limit", "me").out())
        .contains("gone is no longer among the hosts")
        .doesNotContain("other");
    InProcess refused = audited(inventory, kept, "--limit", "me", "--update");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("--update would forget hosts of the baseline that --limit leaves out (other)");
    assertThat(Files.readAllBytes(kept)).isEqualTo(before);
  }

  private InProcess audited(Path inventory, Path kept, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "drift",
                "-i",
                inventory.toString(),
                "--window",
                "0",
                "--baseline",
                kept.toString()));
    arguments.addAll(List.of(more));
    return InProcess.run(Map.of(), folder, folder, arguments.toArray(String[]::new));
  }

  @Test
  void noFileIsForTwoPurposes() throws IOException {
    byte[] before = Files.readAllBytes(baseline);
    String file = folder.resolve("x").toString();
    Path link = Files.createSymbolicLink(folder.resolve("link.zip"), baseline);

    InProcess refused =
        drift("--save", file, "--report", "json=" + file, "--report", "terminal=" + link);

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "x is to be what --save keeps, and would be overwritten by the json report",
            "link.zip is read, and would be overwritten by the terminal report");
    assertThat(Files.readAllBytes(baseline)).isEqualTo(before);
    assertThat(drift("--report", "json=/dev/null", "--report", "terminal=/dev/null").exit())
        .isZero();
    assertThat(
            InProcess.run(
                    Map.of(),
                    Path.of(""),
                    folder,
                    "report",
                    baseline.toString(),
                    "--report",
                    "json=" + folder.resolve("./baseline.zip"))
                .err())
        .contains("baseline.zip is read, and would be overwritten by the json report");
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

  /// With no inventory, nothing else can say it.
  @Test
  void thePolicyThatWasKeptWithTheEvidenceHolds() throws IOException {
    String critical = "unchanged  critical: backend1 → db1: ";
    assertThat(drift("-v").out()).contains(critical);

    RecordingStore.save(RecordingStore.load(now), TOLD, now);

    assertThat(drift("-v").out()).doesNotContain(critical);
    Path none = Files.writeString(folder.resolve("none.yml"), "");
    assertThat(drift("-v", "--config", none.toString()).out()).contains(critical);
  }

  @Test
  void howItWasJudgedIsKeptWithACopyAndWithANewBaseline() {
    RecordingStore.save(RecordingStore.load(now), TOLD, now);
    Path copy = folder.resolve("copy.zip");

    assertThat(drift("--update", "--save", copy.toString()).exit()).isZero();

    assertThat(RecordingStore.open(copy).judging()).isEqualTo(TOLD);
    assertThat(RecordingStore.open(baseline).judging()).isEqualTo(TOLD);
  }

  @Test
  void whatTheBaselineWasToldHoldsUnlessSomethingElseIsSaid() {
    RecordingStore.save(RecordingStore.load(baseline), TOLD, baseline);

    assertThat(drift("--update").exit()).isZero();
    assertThat(RecordingStore.open(baseline).judging()).isEqualTo(TOLD);

    assertThat(drift("--update", "--profile", "lemmy").exit()).isZero();
    assertThat(RecordingStore.open(baseline).judging())
        .isEqualTo(TOLD.with(new Judging(Optional.empty(), Optional.of(Profile.Intent.LEMMY))));
  }

  @Test
  void aFolderBecomesTheBaselineIfNothingElseIsInIt() throws IOException {
    baseline = Files.createDirectory(folder.resolve("good"));
    assertThat(drift("--update").exit()).isZero();
    assertThat(drift()).isEqualTo(new InProcess(0, "", ""));

    baseline = Files.createDirectory(folder.resolve("ours"));
    Path policy = Files.writeString(baseline.resolve("earshot.yml"), "fail_on: low\n");
    InProcess refused = drift("--update");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("ours holds other files and no saved evidence");
    assertThat(policy).hasContent("fail_on: low\n");
  }

  private void changeJit() throws IOException {
    String text = Files.readString(settings());
    assertThat(text).contains("\njit,on,default,,,f");
    Files.writeString(settings(), text.replace("\njit,on,", "\njit,off,"));
  }

  private Path settings() {
    return now.resolve("db1/postgres.settings.txt");
  }

  private static Schema schema() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(ReportSchema.drift(), InputFormat.JSON);
  }

  private InProcess drift(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("drift", "--baseline", baseline.toString(), "--evidence", now.toString()));
    arguments.addAll(List.of(more));
    return InProcess.run(Map.of(), Path.of(""), folder, arguments.toArray(String[]::new));
  }
}
