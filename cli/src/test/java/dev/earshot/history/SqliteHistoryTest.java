package dev.earshot.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.python.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The store in a file.
class SqliteHistoryTest extends HistoryContract {

  @Override
  HistoryLocation location() {
    return new SqliteFile(folder.resolve("state/earshot/history.db"));
  }

  @Override
  String written() {
    return folder.resolve("state/earshot/history.db").toString();
  }

  @Override
  Map<String, String> environment() {
    return Map.of();
  }

  @Test
  void nobodyElseMayReadIt() throws IOException {
    try (History history = History.open(location())) {
      history.keep(Incident.run());
    }
    try (Stream<Path> made = Files.walk(folder.resolve("state"))) {
      assertThat(made)
          .hasSize(4)
          .allSatisfy(path ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                  .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void aFileThatOthersMayReadIsClosedToThem() throws IOException {
    Path file = Files.createDirectories(folder.resolve("state/earshot")).resolve("history.db");
    Files.createFile(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    History.open(location()).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @CsvSource({
    "'',            HOME/.local/state/earshot/history.db",
    "/var/state,    /var/state/earshot/history.db",
    "not/absolute,  HOME/.local/state/earshot/history.db"
  })
  void theUsualPlaceIsTheOneForState(String state, String file) {
    Surroundings surroundings =
        new Surroundings(Map.of("XDG_STATE_HOME", state), folder, folder.resolve("home"));
    assertThat(HistoryLocation.usual(surroundings).label())
        .isEqualTo(file.replace("HOME", folder.resolve("home").toString()));
  }

  @Test
  void whatIsNoHistoryIsLeftAlone() throws IOException, SQLException {
    Path file = Files.createDirectories(folder.resolve("state/earshot")).resolve("history.db");
    Files.writeString(file, "notes of mine, which are longer than a hundred bytes ".repeat(4));
    assertThatThrownBy(() -> History.open(location()))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("is no SQLite file")
        .hasMessageContaining("--history FILE");
    Files.delete(file);
    execute("CREATE TABLE somebody_elses (a INTEGER)");
    assertThatThrownBy(() -> History.open(location()))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("holds something else");
  }

  @Test
  void aPlaceThatCannotBeMadeIsTold() throws IOException {
    Files.writeString(folder.resolve("state"), "a file");
    assertThatThrownBy(() -> History.open(location()))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("can't be made")
        .hasMessageContaining("--history FILE");
  }
}
