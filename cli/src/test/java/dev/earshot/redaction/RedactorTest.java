package dev.earshot.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
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
          db_pw=hunter2                       | db_pw=(withheld)
          secret_key_base: hunter2            | secret_key_base: (withheld)
          REDISCLI_AUTH=hunter2 x             | REDISCLI_AUTH=(withheld) x
          ALTER ROLE a PASSWORD 'hun''ter2'   | ALTER ROLE a PASSWORD (withheld)
          password 'hunter2' for a            | password (withheld) for a
          password authentication failed      | password authentication failed
          IDENTIFIED BY 'hunter2'             | IDENTIFIED BY (withheld)
          user a insecure-password hunter2    | user a insecure-password (withheld)
          stats auth admin:hunter2            | stats auth admin:(withheld)
          <password>hunter2</password>        | <password>(withheld)</password>
          sshpass -p hunter2 ssh a            | sshpass -p (withheld) ssh a
          curl -s -u admin:hunter2 http://a/  | curl -s -u admin:(withheld) http://a/
          db:5432:shop:anna:hun:ter2          | db:5432:shop:anna:(withheld)
          db:5432:db:dba:secret               | db:5432:db:dba:(withheld)
          pooler:6432:shop:anna:hunter2       | pooler:6432:shop:anna:(withheld)
          *:*:*:anna:hunter2                  | *:*:*:anna:(withheld)
          2001:5432:db8:0:1::2 alive          | 2001:5432:db8:0:1::2 alive
          tcp 10.0.0.1:5432 10.0.0.2:50000    | tcp 10.0.0.1:5432 10.0.0.2:50000
          x ghp_0123456789abcdefghij          | x ghp_(withheld)
          x glpat-0123456789abcdefghij        | x glpat-(withheld)
          AKIA0123456789ABCDEF                | AKIA(withheld)
          mysql -u root -phunter2 shop        | mysql -u root -p(withheld) shop
          /usr/bin/mysqldump -phun,ter2 --all | /usr/bin/mysqldump -p(withheld) --all
          mariadb-dump -h db -p"hun ter2" x   | mariadb-dump -h db -p(withheld) x
          ["mysqladmin","-phunter2","ping"]   | ["mysqladmin","-p(withheld)","ping"]
          mysql -p shop; ls -patterns         | mysql -p shop; ls -patterns
          mysql --port=3306 -P3306            | mysql --port=3306 -P3306
          ["CMD-SHELL","mysqladmin ping -p\\"hunter2\\""] | ["CMD-SHELL","mysqladmin ping -p(withheld)"]
          ["CMD-SHELL","exec mysql -phunter2","-path"] | ["CMD-SHELL","exec mysql -p(withheld)","-path"]
          ["mysql","-p","shop","-path"]       | ["mysql","-p","shop","-p(withheld)"]
          ["mysql","-phun ter2"]              | ["mysql","-p(withheld)"]
          mysql -e 'SELECT 1; SELECT 2' -phunter2 | mysql -e 'SELECT 1; SELECT 2' -p(withheld)
          mysql -p'it'\\''s' x                | mysql -p(withheld) x
          mysql -phun'ter2 x                  | mysql -p(withheld) x
          mysql -phun"ter 2" x                | mysql -p(withheld) x
          mysql -phun\\ ter2 x                | mysql -p(withheld) x
          mysql -phun;ter2 x                  | mysql -p(withheld) x
          mysql '-phun ter2' x                | mysql '-p(withheld)' x
          sh -c 'mysql -phunter2' -path       | sh -c 'mysql -p(withheld)' -path
          sh -c 'mysql -p'\\''hun ter2'\\'' x' | sh -c 'mysql -p(withheld) x'
          can't: sudo -E mysql -phun'ter2 x   | can't: sudo -E mysql -p(withheld) x
          docker exec -it mysql mysql -phunter2 | docker exec -it mysql mysql -p(withheld)
          docker run --name mysql -p3306:3306 | docker run --name mysql -p3306:3306
          sudo -u mysql mysqldump -phunter2   | sudo -u mysql mysqldump -p(withheld)
          mysql  412  0.0 java -path /x       | mysql  412  0.0 java -path /x
          mysql     java -path /x             | mysql     java -path /x
          mysql 412 0:00 mysql -phunter2      | mysql 412 0:00 mysql -p(withheld)
          not-mysql -phonetic                 | not-mysql -phonetic
          ss -tulpn                           | ss -tulpn
          requirepass hunter2                 | requirepass (withheld)
          requirepass "hun ter2" # x          | requirepass (withheld) # x
          redis-server --requirepass hunter2  | redis-server --requirepass (withheld)
          masterauth hunter2                  | masterauth (withheld)
          "masterauth": "hunter2", x          | "masterauth": (withheld), x
          sentinel auth-pass main hunter2     | sentinel auth-pass main (withheld)
          ejabberdctl set_passwd hunter2      | ejabberdctl set_passwd (withheld)
          change_password anna host hunter2   | change_password (withheld)
          set_passwd hunter2 && echo done     | set_passwd (withheld) && echo done
          set_passwd hunter2; echo done       | set_passwd (withheld); echo done
          set_passwd hun&ter2 x               | set_passwd (withheld)
          ejabberdctl register anna host hunter2 | ejabberdctl register (withheld)
          ejabberdctl unregister anna host    | ejabberdctl unregister anna host
          check_password anna host hunter2    | check_password (withheld)
          ["ejabberdctl","register","a","b","hunter2"] | ["ejabberdctl","register",(withheld)]
          redis-cli -a hunter2 info           | redis-cli -a (withheld) info
          redis-cli -h db --pass hunter2 info | redis-cli -h db --pass (withheld) info
          ["redis-cli","-a","hunter2","ping"] | ["redis-cli","-a",(withheld),"ping"]
          CONFIG SET REQUIREPASS hunter2      | CONFIG SET REQUIREPASS (withheld)
          Masterauth hunter2                  | Masterauth (withheld)
          user x on >hunter2 ~* >hunter3 +@all | user x on >(withheld) ~* >(withheld) +@all
          ACL SETUSER anna >hunter2 on        | ACL SETUSER anna >(withheld) on
          user anna > log                     | user anna > log
          reset-password-page shown           | reset-password-page shown
          """)
  void secretsAreTakenOut(String printed, String kept) {
    assertThat(Redactor.redact(printed)).isEqualTo(kept);
    assertThat(Redactor.redact(kept)).as("once more").isEqualTo(kept);
  }

  /// In a text that matches nearly everywhere, a search that goes back would take minutes.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql ",
        "mysql '",
        "mysql \"\\\"",
        "\"mysql ",
        "mysql -p\\",
        "redis-cli -",
        "user a on ",
        "user a >",
        "ejabberdctl ",
        "set_passwd \"\\"
      })
  void hostileTextsTakeNoLonger(String part) {
    assertThat(
            assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> Redactor.redact(part.repeat(50_000) + "\nend")))
        .endsWith("\nend");
  }

  /// The same of one that has a long way to where it does not match.
  @ParameterizedTest
  @CsvSource({
    "curl, -u, =",
    "curl, -u, ' '",
    "curl, --user, a",
    "redis-cli, -a, ' '",
    "ejabberdctl, register, ' '",
    "set_passwd, a, ' '",
    "sshpass, -p, ' '",
    "auth-pass, a, ' '",
    "identified, by, ' '",
    "stats auth, a, a",
    "user, on, ' '",
    "mysql, -p, ' '"
  })
  void longOnesNeither(String command, String option, String end) {
    String text = (command + " ").repeat(55) + option + " " + end.repeat(200_000) + "\nend";

    assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Redactor.redact(text)))
        .endsWith("\nend");
  }

  @Test
  void whatRedisAnswersIsTakenOut() {
    assertThat(Redactor.redact("requirepass\nhunter2\nmasteruser\n"))
        .isEqualTo("requirepass\n(withheld)\nmasteruser\n");
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
