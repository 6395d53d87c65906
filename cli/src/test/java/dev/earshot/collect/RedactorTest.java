package dev.earshot.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          password=hunter2 host=db            | password=(withheld) host=db
          PGPASSWORD: hunter2                 | PGPASSWORD: (withheld)
          "api_key": "abc", x                 | "api_key": (withheld), x
          postgres://lemmy:hunter2@db/lemmy   | postgres://lemmy:(withheld)@db/lemmy
          password_encryption,scram-sha-256   | password_encryption,scram-sha-256
          token ring                          | token ring
          """)
  void secretsAreTakenOut(String printed, String kept) {
    assertThat(Redactor.redact(printed)).isEqualTo(kept);
  }

  @Test
  void privateKeysAreTakenOutWhole() {
    assertThat(
            Redactor.redact(
                "x\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\naC1rZXk\n-----END OPENSSH PRIVATE KEY-----\ny"))
        .doesNotContain("b3BlbnNz", "aC1rZXk")
        .startsWith("x")
        .endsWith("y");
  }

  @Test
  void aKeyThatIsCutOffIsTakenOut() {
    assertThat(Redactor.redact("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIB")).doesNotContain("MIIE");
  }
}
