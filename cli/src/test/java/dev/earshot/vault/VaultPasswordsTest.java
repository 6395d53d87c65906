package dev.earshot.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.python.Surroundings;
import dev.earshot.vault.Vault.Opening.Opened;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultPasswordsTest {

  private static final Prompt NOBODY = _ -> Optional.empty();

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"correct horse", "correct horse\n", "  correct horse \r\n\n"})
  void takes_a_file_without_the_blanks_around(String content) throws Exception {
    file("password", content);
    assertThat(opens("password")).isTrue();
    assertThat(opens("prod@password")).isTrue();
    assertThat(opens("@../$DIR/password")).isTrue();
    assertThat(opens("~/password")).isTrue();
  }

  @Test
  void takes_what_a_program_prints() throws Exception {
    program("script", "#!/bin/sh\nprintf '\\r\\ncorrect horse\\n\\n'\n");
    assertThat(opens("script")).isTrue();
    program("blank", "#!/bin/sh\necho ' correct horse'\n");
    assertThat(opens("blank")).isFalse();
  }

  @Test
  void hands_the_label_to_clients_only() throws Exception {
    var script =
        """
        #!/bin/sh
        test "$*" = '--vault-id prod' && echo 'correct horse' && exit
        test "$*" && exit 2
        echo 'correct horse'
        """;
    program("keyring-client.sh", script);
    program("keyring.sh", script);
    assertThat(opens("prod@keyring-client.sh")).isTrue();
    assertThat(opens("keyring-client.sh")).isTrue();
    assertThat(opens("prod@keyring.sh")).isTrue();
    assertThat(trouble("dev@keyring-client.sh"))
        .contains("keyring-client.sh", "knows no password for the label dev");
  }

  @Test
  void a_password_file_may_be_locked_with_an_earlier_password() throws Exception {
    file("first", Armoured.PASSWORD);
    file("second", Armoured.GREETING);
    assertThat(get("first", "second").troubles()).isEmpty();
    assertThat(trouble("second"))
        .contains("encrypted itself", "give the password that opens it first");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fails    | #!/bin/sh~echo secret; exit 3                | failed with status 3
          silent   | #!/bin/sh~exit 0                             | printed nothing
          endless  | #!/bin/sh~while :; do echo xxxxxxxxxxxx; done | more than 64 KiB
          hanging  | #!/bin/sh~sleep 60                           | not done within 1 s
          closing  | #!/bin/sh~exec >&-; sleep 60                 | not done within 1 s
          text     | secret                                       | has no #! line
          lost     | #!/no/such/interpreter                       | can't be started
          """)
  void says_what_is_wrong_with_a_program(String name, String content, String message)
      throws Exception {
    program(name, content.replace('~', '\n'));
    assertThat(trouble(name)).contains(name).contains(message).doesNotContain("secret");
  }

  @Test
  void says_what_is_wrong_with_a_file() throws Exception {
    file("empty", "\n");
    file("huge", "x".repeat(70_000));
    Files.createDirectory(directory.resolve("directory"));
    assertThat(trouble("empty")).contains("the file is empty");
    assertThat(trouble("huge")).contains("larger than 64 KiB");
    assertThat(trouble("directory")).contains("this is a directory");
    assertThat(trouble("prod@missing")).contains("there is no such file");
    assertThat(trouble("\0")).contains("this is no path");
  }

  @Test
  void asks_with_the_words_that_ansible_asks_with() {
    var questions = new ArrayList<String>();
    Prompt somebody =
        question -> {
          questions.add(question);
          return Optional.of((" " + Armoured.PASSWORD + " ").toCharArray());
        };
    var outcome = get(somebody, "prod@prompt", "prompt", "x@prompt_ask_vault_pass");
    assertThat(questions)
        .containsExactly(
            "Vault password (prod): ", "Vault password (default): ", "Vault password: ");
    assertThat(outcome.vault().open(Armoured.PLAIN_TEXT)).isInstanceOf(Opened.class);
  }

  @Test
  void overwrites_what_was_typed() {
    var typed = Armoured.PASSWORD.toCharArray();
    assertThat(get(_ -> Optional.of(typed), "prompt").troubles()).isEmpty();
    assertThat(typed).containsOnly('\0');
  }

  @Test
  void goes_on_with_the_passwords_there_are_but_not_without_a_prompted_one() throws Exception {
    file("password", Armoured.PASSWORD);
    var some = get("missing", "password");
    assertThat(some.fatal()).isFalse();
    assertThat(some.troubles()).hasSize(1);
    assertThat(some.vault().open(Armoured.PLAIN_TEXT)).isInstanceOf(Opened.class);
    assertThat(get("missing").fatal()).isTrue();
    assertThat(get().fatal()).isFalse();
    assertThat(get("password", "prompt").fatal()).isTrue();
    assertThat(trouble("prompt")).contains("nobody could be asked");
    assertThat(get(_ -> Optional.of(new char[0]), "prompt").troubles().toString())
        .contains("the password is empty");
  }

  @Test
  @Timeout(20)
  void waits_for_a_pipe_but_not_forever() throws Exception {
    pipe("pipe");
    pipe("silent");
    assertThat(trouble("silent")).contains("nothing wrote the password", "within 1 s");
    Thread.ofVirtual().start(() -> write("pipe", Armoured.PASSWORD));
    assertThat(opens("pipe")).isTrue();
    assertThat(trouble("/dev/zero")).contains("larger than 64 KiB");
    assertThat(trouble("/dev/null")).contains("the file is empty");
  }

  @Test
  void shows_what_a_program_asks_but_nothing_that_steers_the_terminal() throws Exception {
    program("asking", "#!/bin/sh\nprintf 'PIN\\033[31m:\\302\\233 ' >&2\necho 'correct horse'\n");
    assertThat(shown("asking")).isEqualTo("PIN?[31m:? ");
    program("flooding", "#!/bin/sh\nhead -c 1000000 /dev/zero | tr '\\0' x >&2\necho x\n");
    assertThat(shown("flooding")).hasSizeBetween(1_000, 10_000).endsWith("…\n");
  }

  @Test
  void ends_what_a_program_started_that_is_late() throws Exception {
    program("late", "#!/bin/sh\nsleep 300 &\necho $! > %s/pid\nsleep 0.5\n".formatted(directory));
    assertThat(trouble("late")).contains("not done within 1 s");
    long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    for (int i = 0; i < 100 && lives(pid); i++) {
      Thread.sleep(50);
    }
    assertThat(lives(pid)).isFalse();
  }

  private void pipe(String name) throws Exception {
    var command = List.of("mkfifo", directory.resolve(name).toString());
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private String shown(String identity) {
    var shown = new StringBuilder();
    var prompt =
        new Prompt() {
          @Override
          public Optional<char[]> ask(String question) {
            return Optional.empty();
          }

          @Override
          public void show(String text) {
            shown.append(text);
          }
        };
    assertThat(get(prompt, identity).troubles()).isEmpty();
    return shown.toString();
  }

  private void write(String name, String content) {
    try {
      file(name, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean opens(String identity) {
    return get(identity).vault().open(Armoured.PLAIN_TEXT) instanceof Opened;
  }

  private String trouble(String identity) {
    var outcome = get(identity);
    assertThat(outcome.troubles()).hasSize(1);
    return outcome.troubles().getFirst().toString();
  }

  private VaultPasswords.Outcome get(String... identities) {
    return get(NOBODY, identities);
  }

  private VaultPasswords.Outcome get(Prompt prompt, String... identities) {
    var settings =
        new VaultSettings(
            Arrays.stream(identities).map(VaultIdentity::parse).toList(),
            VaultSettings.DEFAULT_LABEL,
            false,
            Duration.ofSeconds(1));
    var surroundings =
        new Surroundings(Map.of("DIR", directory.getFileName().toString()), directory, directory);
    return VaultPasswords.get(settings, surroundings, prompt);
  }

  private void file(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }

  private void program(String name, String content) throws IOException {
    file(name, content);
    Files.setPosixFilePermissions(
        directory.resolve(name), PosixFilePermissions.fromString("rwx------"));
  }
}
