package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TemporaryPostgresTest {

  /// A test that is killed while its server runs.
  static final class Killed {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      System.out.println(TemporaryPostgres.start().directory());
      Thread.sleep(60_000);
    }
  }

  @Test
  @Timeout(90)
  void noServerOutlivesTestsThatAreKilled() throws IOException, InterruptedException {
    assumeTrue(
        Files.isDirectory(Path.of("/usr/lib/postgresql")),
        "PostgreSQL's server is not installed on this machine");
    Process tests =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path directory;
    try (BufferedReader told = tests.inputReader()) {
      directory = Path.of(Optional.ofNullable(told.readLine()).orElseThrow());
      Path pid = directory.resolve("data").resolve("postmaster.pid");
      ProcessHandle server =
          ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst())).orElseThrow();
      assertThat(server.isAlive()).isTrue();

      tests.destroyForcibly().waitFor();

      for (int i = 0; i < 200 && (server.isAlive() || Files.exists(directory)); i++) {
        Thread.sleep(50);
      }
      assertThat(server.isAlive()).isFalse();
    }
    assertThat(directory).doesNotExist();
  }
}
