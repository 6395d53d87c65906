package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.recording.RecordingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Other names change neither verdicts nor the exit code.
class AnonymityTest {

  private static final Path RECORDED = Path.of("../inventory-samples/postmortem/recorded");
  private static final Pattern SUMMARY = Pattern.compile("\"summary\": \\{[^}]*}", Pattern.DOTALL);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "synchronous_commit", "trust", "on", "\"t,\"", "acme"})
  void aRoleMayBearAnyName(String role) throws IOException {
    RecordingStore.save(RecordingStore.load(RECORDED), folder);
    Path settings = folder.resolve("db1/postgres.settings.txt");
    Files.writeString(
        settings,
        Files.readString(settings)
            .replace(
                "database,role,name,value\n",
                "database,role,name,value\n,%s,jit,off\n".formatted(role)));

    InProcess named = report();
    InProcess anonymous = report("--anonymise");

    assertThat(anonymous.err()).isEqualTo(named.err());
    assertThat(anonymous.exit()).isEqualTo(named.exit()).isEqualTo(1);
    assertThat(summary(anonymous)).isEqualTo(summary(named));
    assertThat(anonymous.out()).doesNotContain("backend1", "acme");
  }

  @Test
  void evidenceThatWasKeptIsKeptOnceMore() {
    RecordingStore.save(RecordingStore.load(RECORDED), folder);
    Path shared = folder.resolve("shared.zip");

    assertThat(report("--anonymise", "--save", shared.toString()).exit()).isEqualTo(1);

    assertThat(RecordingStore.load(shared).hosts())
        .extracting(host -> host.host().name().value())
        .contains("backend-1", "database-1")
        .doesNotContain("backend1", "db1");
  }

  @Test
  void whereAVerdictWouldChangeNothingIsWritten() {
    List<String> real = List.of("fail", "postgres.jit: pass, low");
    Anonymity.refuseOtherVerdicts(real, List.copyOf(real));
    assertThatThrownBy(
            () -> Anonymity.refuseOtherVerdicts(real, List.of("fail", "postgres.jit: fail, low")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no anonymous report was written")
        .hasMessageContaining("first postgres.jit: pass, low");
    assertThatThrownBy(() ->
            Anonymity.refuseOtherVerdicts(real, List.of("fail", "postgres.jit: pass, low", "x")))
        .hasMessageContaining("more is found");
  }

  private InProcess report(String... more) {
    String[] line = new String[more.length + 4];
    System.arraycopy(new String[] {"report", folder.toString(), "--report", "json"}, 0, line, 0, 4);
    System.arraycopy(more, 0, line, 4, more.length);
    return InProcess.run(Map.of(), folder, folder, line);
  }

  private static String summary(InProcess told) {
    var found = SUMMARY.matcher(told.out());
    assertThat(found.find()).as(told.out()).isTrue();
    return found.group();
  }
}
