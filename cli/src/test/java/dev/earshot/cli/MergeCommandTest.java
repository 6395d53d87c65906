package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.ServiceName;
import dev.earshot.evidence.Shard;
import dev.earshot.recording.RecordingStore;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.topology.KnownName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeCommandTest {

  private static final Path RECORDED =
      Path.of("../inventory-samples/postmortem/recorded").toAbsolutePath().normalize();

  @TempDir Path folder;

  private InProcess earshot(String... arguments) {
    return InProcess.run(
        Map.of("XDG_STATE_HOME", folder.resolve("state").toString()), folder, folder, arguments);
  }

  /// What a machine would have kept that asked only this part of the sample's hosts.
  private String part(int number, int count) {
    return saved(part(RecordingStore.load(RECORDED), number, count));
  }

  private static FleetRecording part(FleetRecording whole, int number, int count) {
    Shard shard = new Shard(number, count);
    Set<HostName> own = own(whole, shard);
    Map<HostName, Shard> parts =
        Shard.parts(whole.hosts().stream().map(host -> host.host().name()).toList(), count);
    return new FleetRecording(
        whole.takenAt().plusSeconds(number - 1),
        whole.window(),
        whole.version(),
        whole.depth(),
        whole.hosts().stream()
            .map(host ->
                own.contains(host.host().name())
                    ? host
                    : HostRecording.leftTo(
                        Objects.requireNonNull(parts.get(host.host().name())), host.host()))
            .toList(),
        whole.remotes(),
        Optional.of(shard));
  }

  private static Set<HostName> own(FleetRecording whole, Shard shard) {
    return shard.of(whole.hosts().stream().map(host -> host.host().name()).toList());
  }

  private String saved(FleetRecording part) {
    Shard shard = part.shard().orElseThrow();
    Path file = folder.resolve("part-%d-%d.zip".formatted(shard.number(), shard.count()));
    RecordingStore.save(part, file);
    return file.toString();
  }

  /// The same fleet, its hosts asked by so many machines.
  private static FleetRecording askedBy(FleetRecording whole, int machines) {
    List<HostRecording> hosts = new ArrayList<>(whole.hosts());
    for (int number = 1; number <= machines; number++) {
      int machine = number;
      Set<HostName> own = own(whole, new Shard(number, machines));
      hosts.replaceAll(host -> own.contains(host.host().name()) ? host.askedBy(machine) : host);
    }
    return with(whole, hosts);
  }

  private static FleetRecording with(FleetRecording recording, List<HostRecording> hosts) {
    return new FleetRecording(
        recording.takenAt(),
        recording.window(),
        recording.version(),
        recording.depth(),
        hosts,
        recording.remotes(),
        recording.shard());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void the_parts_in_any_order_give_the_report_of_the_whole(int count) throws IOException {
    List<String> merge = new ArrayList<>(List.of("merge"));
    for (int number = count; number >= 1; number--) {
      merge.add(part(number, count));
    }
    Collections.swap(merge, 1, count);
    FleetRecording expected = askedBy(RecordingStore.load(RECORDED), count);
    Path kept = folder.resolve("whole.zip");
    RecordingStore.save(expected, kept);
    List<String> report = new ArrayList<>(List.of("report", kept.toString()));
    for (ReportFormat format : ReportFormat.values()) {
      merge.add("--report=%s=%s/merged.%1$s".formatted(format.label(), folder));
      report.add("--report=%s=%s/whole.%1$s".formatted(format.label(), folder));
    }
    merge.add("--save=" + folder.resolve("merged.zip"));

    InProcess whole = earshot(report.toArray(String[]::new));
    InProcess merged = earshot(merge.toArray(String[]::new));
    assertThat(merged.exit()).as(merged.err()).isEqualTo(whole.exit()).isEqualTo(1);
    assertThat(merged.err()).isEmpty();
    for (ReportFormat format : ReportFormat.values()) {
      assertThat(folder.resolve("merged." + format.label()))
          .hasSameBinaryContentAs(folder.resolve("whole." + format.label()));
    }
    assertThat(RecordingStore.load(folder.resolve("merged.zip"))).isEqualTo(expected);
  }

  /// As where a variable of the group `all` tells it: each part's first host has DNS asked for it.
  @Test
  void a_name_that_every_host_tells_is_one_name_in_the_whole() {
    FleetRecording sample = RecordingStore.load(RECORDED);
    FleetRecording fleet =
        with(
            sample,
            sample.hosts().stream().map(host -> serving("lemmy.example.org", host)).toList());
    List<String> merge = new ArrayList<>(List.of("merge", "--no-history", "--report=json"));
    for (int number = 1; number <= 4; number++) {
      merge.add(saved(withNames(part(fleet, number, 4))));
    }
    Path kept = folder.resolve("whole.zip");
    RecordingStore.save(withNames(askedBy(fleet, 4)), kept);

    InProcess whole = earshot("report", kept.toString(), "--report=json");
    assertThat(whole.out()).contains("lemmy.example.org resolves to 10.77.0.11 (lb1)");
    assertThat(earshot(merge.toArray(String[]::new))).isEqualTo(whole);
  }

  private static HostRecording serving(String name, HostRecording recording) {
    InventoryHost host = recording.host();
    return new HostRecording(
        new InventoryHost(
            host.name(),
            host.address(),
            host.groups(),
            host.declared(),
            host.lemmyVersion(),
            Optional.of(name),
            host.file(),
            host.line()),
        recording.unreachable(),
        recording.interrupted(),
        recording.begun(),
        recording.answers());
  }

  /// With what DNS says of all names that its hosts tell.
  private static FleetRecording withNames(FleetRecording recording) {
    List<HostRecording> hosts = new ArrayList<>(recording.hosts());
    for (KnownName known : KnownName.of(FleetEvidence.of(recording, Optional.empty()))) {
      ServiceName answer =
          new ServiceName(
              known.name(),
              List.of(
                  new ServiceName.Entry(
                      known.name(), Duration.ofMinutes(5), ServiceName.Type.A, "10.77.0.11")),
              Optional.empty(),
              Optional.empty());
      hosts.replaceAll(host ->
          host.host().name().equals(known.host())
              ? host.later(
                  new Question(ServiceName.PROBE.id(), Moment.ONCE),
                  CommandResult.of(ServiceName.text(List.of(answer))))
              : host);
    }
    return with(recording, hosts);
  }

  @Test
  void the_whole_is_kept_as_an_audit_is() {
    String[] parts = {part(1, 2), part(2, 2)};
    earshot("merge", parts[0], parts[1], "--no-history");
    assertThat(earshot("history").out()).isEmpty();

    InProcess merged = earshot("merge", parts[0], parts[1], "--report=json");
    assertThat(merged.err()).isEmpty();
    assertThat(earshot("history").out().lines().skip(1))
        .singleElement()
        .asString()
        .matches(" +1  2026-\\S+Z +1 +6 .* hosts\\S*");
    assertThat(earshot("history", "show", "last", "--report=json").out()).isEqualTo(merged.out());

    earshot("merge", parts[0], parts[1], "--history=team.db", "--history-name=fleet");
    assertThat(earshot("history", "--history=team.db").out()).contains("fleet");
    assertThat(
            earshot(
                "drift",
                "--evidence=" + RECORDED,
                "--history=team.db",
                "--history-name=fleet",
                "--report=json"))
        .extracting(InProcess::exit)
        .isEqualTo(0);
  }

  @Test
  void a_whole_that_cannot_be_saved_can_still_be_read() throws IOException {
    Path save = Files.createDirectory(folder.resolve("saved"));
    RecordingStore.save(RecordingStore.load(RECORDED), save);
    Files.createDirectories(save.resolve("SHA256SUMS/in-the-way"));

    InProcess merged = earshot("merge", part(1, 1), "--save=" + save, "--report=json");

    assertThat(merged.exit()).isEqualTo(2);
    assertThat(merged.err()).contains("the evidence could not be saved to " + save);
    assertThat(merged.out()).contains("\"schema\": \"earshot.report/1\"");
  }

  @Test
  void parts_of_another_run_are_refused_with_both_times() {
    FleetRecording whole = RecordingStore.load(RECORDED);
    String old = saved(at(part(whole, 2, 3), whole.takenAt().minus(Duration.ofDays(1))));
    String first = part(1, 3);
    String late = saved(at(part(whole, 3, 3), whole.takenAt().plus(Duration.ofMinutes(14))));

    InProcess refused = earshot("merge", first, old, late);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "earshot: %s was collected at %s, %s at %s: too far apart for parts of one audit; collect part 2 of 3 anew, or leave it out\n"
                .formatted(
                    old,
                    whole.takenAt().minus(Duration.ofDays(1)),
                    late,
                    whole.takenAt().plus(Duration.ofMinutes(14))));
    assertThat(earshot("merge", first, late).err()).isEqualTo("missing: part 2 of 3\n");
  }

  private static FleetRecording at(FleetRecording part, Instant takenAt) {
    return new FleetRecording(
        takenAt,
        part.window(),
        part.version(),
        part.depth(),
        part.hosts(),
        part.remotes(),
        part.shard());
  }

  @Test
  void parts_by_two_versions_are_joined_with_a_remark() {
    FleetRecording whole = RecordingStore.load(RECORDED);
    FleetRecording second = part(whole, 2, 2);
    String other =
        saved(
            new FleetRecording(
                second.takenAt(),
                second.window(),
                "9.9.9",
                second.depth(),
                second.hosts(),
                second.remotes(),
                second.shard()));
    String first = part(1, 2);

    assertThat(earshot("merge", first, other).err())
        .isEqualTo(
            "%s was collected by Earshot %s, %s by 9.9.9: what only one of them asks is not known of the other's hosts\n"
                .formatted(first, whole.version(), other));
  }

  @Test
  void a_missing_part_is_named_and_its_hosts_are_told_as_not_asked() {
    InProcess merged = earshot("merge", part(1, 3), part(3, 3), "--report=json");
    assertThat(merged.err()).isEqualTo("missing: part 2 of 3\n");
    assertThat(merged.exit()).isIn(1, 3);
    assertThat(merged.out())
        .contains("\"reason\": \"part 2 of 3, which asks it, is missing\"")
        .containsIgnoringCase("part 2 of 3 is missing, so ")
        .doesNotContain("could not be reached");
  }

  @Test
  void a_part_alone_says_that_it_is_one() {
    InProcess alone = earshot("report", part(1, 3), "--report=json");
    assertThat(alone.exit()).isIn(1, 3);
    assertThat(alone.out())
        .containsIgnoringCase("parts 2 and 3 of 3 are missing, so ")
        .contains("\"number\": 3")
        .doesNotContain("could not be reached")
        .doesNotContain("was not reached");
  }

  @Test
  void what_does_not_belong_together_is_told_all_at_once() {
    String first = part(1, 2);
    Path whole = folder.resolve("whole.zip");
    RecordingStore.save(RecordingStore.load(RECORDED), whole);
    Path other = folder.resolve("other.zip");
    RecordingStore.save(RecordingStore.load(RECORDED), other);
    assertThat(earshot("merge", first, whole.toString(), other.toString()))
        .satisfies(refused -> {
          assertThat(refused.exit()).isEqualTo(2);
          assertThat(refused.err())
              .contains("whole.zip is no part of an audit, but a whole one")
              .contains("other.zip is no part of an audit, but a whole one");
        });
    assertThat(earshot("merge", first, part(2, 3)).err())
        .contains(
            "%s is one of 2 parts, %s one of 3".formatted(first, folder.resolve("part-2-3.zip")));
    assertThat(earshot("merge", part(2, 3), part(2, 4)).err())
        .contains("one of 3 parts", "one of 4");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void of_a_part_that_was_collected_twice_the_later_holds(boolean laterFirst) {
    FleetRecording whole = RecordingStore.load(RECORDED);
    FleetRecording second = part(whole, 2, 2);
    String first = part(1, 2);
    String later = saved(at(second, second.takenAt().plusSeconds(60)));
    Path earlier = folder.resolve("earlier.zip");
    List<HostRecording> silent = new ArrayList<>(second.hosts());
    silent.replaceAll(host -> HostRecording.unreachable(host.host(), "no route"));
    RecordingStore.save(with(second, silent), earlier);

    InProcess merged =
        laterFirst
            ? earshot("merge", later, first, earlier.toString(), "--no-history", "--report=json")
            : earshot("merge", earlier.toString(), first, later, "--no-history", "--report=json");

    assertThat(merged.err())
        .isEqualTo(
            "part 2 of 2 was collected twice: %s of %s holds, not %s of %s\n"
                .formatted(later, second.takenAt().plusSeconds(60), earlier, second.takenAt()));
    assertThat(merged.out()).doesNotContain("no route");
    assertThat(merged.out())
        .isEqualTo(earshot("merge", first, later, "--no-history", "--report=json").out());
  }

  @Test
  void a_part_of_another_fleet_replaces_none() {
    FleetRecording first = part(RecordingStore.load(RECORDED), 1, 2);
    Path other = folder.resolve("other.zip");
    RecordingStore.save(
        at(with(first, first.hosts().subList(0, 2)), first.takenAt().plusSeconds(60)), other);

    InProcess refused = earshot("merge", part(1, 2), other.toString(), part(2, 2));
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("are not of the same fleet").doesNotContain("holds");
  }

  /// Three names of this machine, each asked by one of two processes.
  @Test
  void what_two_machines_collect_is_one_audit() throws IOException {
    Files.writeString(
        folder.resolve("hosts"), "[all]\nc\na\nb\n[all:vars]\nansible_connection=local\n");
    for (int number = 1; number <= 2; number++) {
      InProcess collected =
          earshot(
              "collect",
              "-i",
              "hosts",
              "--window=1s",
              "--shard",
              number + "/2",
              "--save",
              folder.resolve("part%d.zip".formatted(number)).toString());
      assertThat(collected.exit()).as(collected.err()).isZero();
      assertThat(collected.err())
          .contains(
              "%1$d of %1$d hosts answered, part %2$d of 2; kept in %3$s/part%2$d.zip"
                  .formatted(3 - number, number, folder));
    }
    String one = folder.resolve("part1.zip").toString();
    String two = folder.resolve("part2.zip").toString();
    InProcess merged = earshot("merge", two, one, "--report=json");
    assertThat(merged.exit()).as(merged.err()).isNotEqualTo(2);
    assertThat(answered(one)).containsExactly("c", "a");
    assertThat(answered(two)).containsExactly("b");
    assertThat(merged.out())
        .contains("\"leftTo\": null")
        .doesNotContain("\"leftTo\": {")
        .doesNotContain("\"unreachable\"");
  }

  /// The one calls its files from the repository's root on, the other from the inventory's folder.
  @Test
  void machines_that_stand_in_different_folders_collect_one_audit_of_one_inventory()
      throws IOException {
    Path ansible = Files.createDirectory(folder.resolve("ansible"));
    Files.writeString(
        ansible.resolve("hosts"), "[all]\na\nb\n[all:vars]\nansible_connection=local\n");
    Files.writeString(
        ansible.resolve("earshot.yml"),
        "ignored_flows:\n  - {from: a, port: 1, reason: nobody listens}\n");
    String one = folder.resolve("part1.zip").toString();
    String two = folder.resolve("part2.zip").toString();
    Map<Path, List<String>> machines =
        Map.of(folder, List.of("ansible/hosts", "1/2", one), ansible, List.of("hosts", "2/2", two));
    machines.forEach((here, how) -> {
      InProcess collected =
          InProcess.run(
              Map.of(),
              here,
              folder,
              "collect",
              "-i",
              how.getFirst(),
              "--window=1s",
              "--shard",
              how.get(1),
              "--save",
              how.getLast());
      assertThat(collected.exit()).as(collected.err()).isZero();
    });

    InProcess merged = earshot("merge", one, two, "--report=json");

    assertThat(merged.exit()).as(merged.err()).isNotEqualTo(2);
    assertThat(merged.out())
        .contains("\"file\": \"ansible/hosts\"", "\"file\": \"ansible/earshot.yml\"")
        .doesNotContain(folder.toString());
    assertThat(earshot("history").out()).endsWith("hosts\n").doesNotContain("ansible");
  }

  private static List<String> answered(String file) {
    return RecordingStore.load(Path.of(file)).hosts().stream()
        .filter(host -> !host.answers().isEmpty())
        .map(host -> host.host().name().value())
        .toList();
  }

  @Test
  void a_collection_says_before_it_begins_that_it_cannot_be_kept() {
    assertThat(earshot("collect", "-i", "a,", "-c", "local"))
        .extracting(InProcess::exit, InProcess::err)
        .containsExactly(2, "earshot: --save says where to keep what the hosts answer\n");
    assertThat(earshot("collect", "-i", "a,", "-c", "local", "--save", "no/where.zip").err())
        .contains("its folder does not exist");
  }
}
