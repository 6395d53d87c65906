package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.ShellRun;
import dev.earshot.evidence.TemporaryPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// Plays a play on this machine, against a server of its own.
final class RealAnsible {

  private RealAnsible() {}

  /// What it printed; it has to succeed.
  static String play(TemporaryPostgres server, Path folder, String play, String... options)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("fix.yml"), play);
    CommandResult result =
        ShellRun.run(
            Stream.concat(
                    Stream.of(
                        "ansible-playbook",
                        "-i",
                        "localhost,",
                        "-c",
                        "local",
                        "-e",
                        "ansible_become=false ansible_python_interpreter=/usr/bin/python3",
                        file.toString()),
                    Stream.of(options))
                .toList(),
            Map.of(
                "PGHOST",
                server.directory().toString(),
                "PGUSER",
                "postgres",
                "LC_ALL",
                "C.UTF-8"));
    assertThat(result.exitStatus()).as(result.output()).isZero();
    return result.output();
  }
}
