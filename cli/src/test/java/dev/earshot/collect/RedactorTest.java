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
          DB_PASS=hunter2                     | DB_PASS=(withheld)
          MYSQL_PWD=hunter2                   | MYSQL_PWD=(withheld)
          smtp_pass: hunter2                  | smtp_pass: (withheld)
          compass=north                       | compass=north
          tool --password hunter2 -v          | tool --password (withheld) -v
          tool --db-token hunter2             | tool --db-token (withheld)
          tool --password -v                  | tool --password -v
          secret_key=hunter2                  | secret_key=(withheld)
          Authorization: Bearer hunter2       | Authorization: Bearer (withheld)
          authorization=hunter2               | authorization=(withheld)
          curl -H bearer hunter2              | curl -H bearer (withheld)
          password="hun\\"ter2" x             | password=(withheld) x
          postgres://u:hun/ter2@db/lemmy      | postgres://u:(withheld)@db/lemmy
          postgres://u:hun@ter2@db/lemmy      | postgres://u:(withheld)@db/lemmy
          http://web:8080/~a@b                | http://web:8080/~a@b
          password_encryption = md5           | password_encryption = md5
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
