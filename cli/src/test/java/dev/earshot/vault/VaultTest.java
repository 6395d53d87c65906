package dev.earshot.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.peer.AnsiblePython;
import dev.earshot.vault.Vault.Opening;
import dev.earshot.vault.Vault.Opening.Locked;
import dev.earshot.vault.Vault.Opening.Opened;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultTest {

  private static final VaultSettings ANY_LABEL = settings(false);
  private static final VaultSettings SAME_LABEL = settings(true);

  /// Ways to write a locked text, sound ones and damaged ones.
  private static final List<String> SPELLINGS =
      List.of(
          Armoured.PLAIN_TEXT,
          Armoured.GREETING,
          Armoured.PLAIN_TEXT.replace("\n", "\r\n"),
          Armoured.PLAIN_TEXT.replace("\n", "\n\n"),
          Armoured.PLAIN_TEXT.strip(),
          Armoured.PLAIN_TEXT.replace("AES256\n", "AES256  \t\n"),
          Armoured.PLAIN_TEXT.replace(";1.1;", " ; 9.9 ; "),
          Armoured.PLAIN_TEXT.replace("AES256", "AES256;"),
          Armoured.PLAIN_TEXT.replace("AES256", "AES256;a;b;c"),
          Armoured.PLAIN_TEXT.replace("$ANSIBLE_VAULT", "$ANSIBLE_VAULTED"),
          Armoured.PLAIN_TEXT.replace("666", "66A").replace("66A", "666"),
          Armoured.PLAIN_TEXT.replace("AES256", "AES"),
          Armoured.PLAIN_TEXT.replace("AES256", "aes256"),
          Armoured.PLAIN_TEXT.replace(";1.1;AES256", ""),
          Armoured.PLAIN_TEXT.replace(";1.1;AES256", ";1.1"),
          "\n" + Armoured.PLAIN_TEXT,
          " " + Armoured.PLAIN_TEXT,
          Armoured.PLAIN_TEXT.replace("3932", "3932 "),
          Armoured.PLAIN_TEXT.replace("3932", "393"),
          Armoured.PLAIN_TEXT.replace("3932", "39"),
          Armoured.PLAIN_TEXT.replace("3932", "3933"),
          Armoured.PLAIN_TEXT.replace("3932", "39zz"),
          Armoured.PLAIN_TEXT.replace("3932", "ffff"),
          Armoured.PLAIN_TEXT.replace("0a", "0b"),
          Armoured.PLAIN_TEXT.lines().limit(3).reduce("", (a, b) -> a + b + "\n"),
          "$ANSIBLE_VAULT;1.1;AES256\n",
          "$ANSIBLE_VAULT;1.1;AES256",
          "$ANSIBLE_VAULT");

  @Test
  void opens_what_was_recorded() {
    var vault = vault(ANY_LABEL, "default=" + Armoured.PASSWORD);
    assertThat(vault.open(Armoured.PLAIN_TEXT)).isEqualTo(new Opened("plain text\n"));
    assertThat(vault.open(Armoured.GREETING)).isEqualTo(new Opened("grüße"));
    assertThat(reason(vault.open(Armoured.NO_TEXT)))
        .isEqualTo("what is inside is not text in UTF-8");
  }

  @Test
  void nothing_prints_a_secret() {
    var vault = vault(ANY_LABEL, "default=" + Armoured.PASSWORD);
    assertThat(vault.toString() + vault.open(Armoured.PLAIN_TEXT) + vault.open(Armoured.NO_TEXT))
        .doesNotContain("horse", "plain text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AES256       | AES128       | cipher other than AES256
          ;1.1;AES256  | ;1.1         | its first line must be
          3932         | 39x2         | its line 6
          3932         | 393          | a hexadecimal digit is missing
          0a           | 0b           | salt, checksum and ciphertext are not all there
          3932         | 397a         | is no hexadecimal number
          3932         | 3933         | none of the vault passwords given (default) opens it
          """)
  void says_what_is_wrong(String sound, String damaged, String reason) {
    var vault = vault(ANY_LABEL, "default=" + Armoured.PASSWORD);
    assertThat(reason(vault.open(Armoured.PLAIN_TEXT.replace(sound, damaged)))).contains(reason);
  }

  @Test
  void a_huge_text_is_refused() {
    var huge = Armoured.PLAIN_TEXT + "00".repeat(Armour.MAX_LENGTH / 2);
    assertThat(reason(vault(ANY_LABEL, "a=b").open(huge))).isEqualTo("it is larger than 64 MiB");
  }

  @Test
  void the_label_is_a_hint_unless_it_must_match() {
    var other = "dev=" + Armoured.PASSWORD;
    assertThat(vault(ANY_LABEL, "prod=wrong", other).open(Armoured.GREETING))
        .isInstanceOf(Opened.class);
    assertThat(reason(vault(SAME_LABEL, "prod=wrong", other).open(Armoured.GREETING)))
        .isEqualTo("none of the vault passwords given (prod) opens it, which is labelled prod");
    assertThat(reason(vault(SAME_LABEL, other).open(Armoured.GREETING)))
        .contains("labelled prod", "vault_id_match");
    assertThat(vault(SAME_LABEL, "default=" + Armoured.PASSWORD).open(Armoured.PLAIN_TEXT))
        .isInstanceOf(Opened.class);
  }

  @Test
  void the_password_with_the_label_is_tried_first_and_keys_are_derived_once() {
    var right = secret("prod=" + Armoured.PASSWORD);
    var vault = new Keyring(List.of(secret("a=x"), right), ANY_LABEL, 1);
    for (int i = 0; i < 3; i++) {
      assertThat(vault.open(Armoured.GREETING)).isInstanceOf(Opened.class);
    }
    assertThat(reason(vault.open(Armoured.PLAIN_TEXT))).contains("more than 1 ");
  }

  @Test
  void opens_what_ansible_locks(@TempDir Path directory) throws Exception {
    var passwords = List.of("a", "correct horse", "пароль", "x".repeat(200), " \u00ff\u0001 ");
    var plains = List.of("", "a", "x".repeat(15), "x".repeat(16), "grüße 🐎\n", "y".repeat(99_999));
    var cases = new ArrayList<List<String>>();
    for (var password : passwords) {
      for (var label : List.of("", "default", "prod", "a b")) {
        cases.add(List.of(password, label, plains.get(cases.size() % plains.size())));
      }
    }
    var answers =
        AnsiblePython.ask(
            directory,
            """
            from ansible.parsing.vault import VaultLib, VaultSecret
            answer([VaultLib().encrypt(plain, VaultSecret(password.encode()), vault_id=label or None)
                    .decode() for password, label, plain in cases])
            """,
            cases);
    for (int i = 0; i < cases.size(); i++) {
      var password = cases.get(i).getFirst();
      var vault = vault(ANY_LABEL, "first=wrong", "second=" + password);
      assertThat(vault.open(answers.get(i).asText()))
          .as("%s", cases.get(i))
          .isEqualTo(new Opened(cases.get(i).getLast()));
    }
  }

  @Test
  void a_password_of_any_bytes_opens(@TempDir Path directory) throws Exception {
    var answer =
        AnsiblePython.ask(
            directory,
            """
            from ansible.parsing.vault import VaultLib, VaultSecret
            answer(VaultLib().encrypt('inside', VaultSecret(bytes.fromhex(cases))).decode())
            """,
            "fffe00c3");
    var secret = new VaultSecret("a", new Bytes(HexFormat.of().parseHex("fffe00c3")));
    assertThat(new Keyring(List.of(secret), ANY_LABEL).open(answer.asText()))
        .isEqualTo(new Opened("inside"));
  }

  @Test
  void takes_and_refuses_the_spellings_that_ansible_does(@TempDir Path directory) throws Exception {
    for (var match : List.of(false, true)) {
      var answers =
          AnsiblePython.ask(
              directory,
              """
              from ansible import constants as C
              from ansible.parsing.vault import VaultLib, VaultSecret
              C.DEFAULT_VAULT_ID_MATCH = cases['match']
              vault = VaultLib([('other', VaultSecret(b'wrong')),
                                ('default', VaultSecret(b'correct horse'))])
              def opened(text):
                  try:
                      return vault.decrypt(text).decode()
                  except Exception:
                      return None
              answer([opened(text) for text in cases['texts']])
              """,
              Map.of("match", match, "texts", SPELLINGS));
      var vault = vault(settings(match), "other=wrong", "default=" + Armoured.PASSWORD);
      for (int i = 0; i < SPELLINGS.size(); i++) {
        var text = SPELLINGS.get(i);
        var expected = answers.get(i);
        switch (vault.open(text)) {
          case Opened(var plain) -> assertThat(plain).as(text).isEqualTo(expected.textValue());
          case Locked _ -> assertThat(expected.isNull()).as("locked: %s", text).isTrue();
        }
      }
    }
  }

  static String reason(Opening opening) {
    return switch (opening) {
      case Locked(var reason) -> reason;
      case Opened _ -> "it opened";
    };
  }

  private static Vault vault(VaultSettings settings, String... secrets) {
    return new Keyring(Arrays.stream(secrets).map(VaultTest::secret).toList(), settings);
  }

  private static VaultSecret secret(String text) {
    int at = text.indexOf('=');
    return new VaultSecret(
        text.substring(0, at), new Bytes(text.substring(at + 1).getBytes(StandardCharsets.UTF_8)));
  }

  private static VaultSettings settings(boolean labelsMustMatch) {
    return new VaultSettings(
        List.of(), VaultSettings.DEFAULT_LABEL, labelsMustMatch, VaultSettings.DEADLINE);
  }
}
