package dev.earshot.anonymity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePseudonymsTest {

  @ParameterizedTest
  @CsvSource({
    "db1, database-1",
    "DB1:5432, database-1:5432",
    "db10 xdb1 db1x, db10 xdb1 db1x",
    "lemmy-db1-data, lemmy-database-1-data",
    "db1.acme.example.org, database-1.domain-1.example",
    "db1_db1, database-1_database-1",
    "'<b>x</b>, <b>', 'host-1, <b>'"
  })
  void namesAreReplacedWhereTheyStandByThemselves(String text, String replaced) {
    NamePseudonyms names = new NamePseudonyms();
    names.put("db1", "database-1");
    names.put("<b>x</b>", "host-1");
    names.number(List.of("acme.example.org"), "domain", ".example");

    assertThat(names.replace(text)).isEqualTo(replaced);
  }

  /// What stands around it says whether an odd name is meant.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          f,t,on,trust,              | f,t,on,trust,
          a,"t,",b                   | a,"role-1",b
          "[""t,""]"                 | "[""role-1""]"
          web admin, webadmins       | role-2, webadmins
          xweb admin web adminx      | xweb admin web adminx
          "say ""hi"" to"            | "role-3"
          {"user":"say \\"hi\\" to"} | {"user":"role-3"}
          """)
  void oddNamesHaveBounds(String text, String replaced) {
    NamePseudonyms names = new NamePseudonyms();
    names.put("t,", "role-1");
    names.put("web admin", "role-2");
    names.put("say \"hi\" to", "role-3");

    assertThat(names.replace(text)).isEqualTo(replaced);
  }

  @Test
  void whatJsonEscapesIsFound() {
    NamePseudonyms names = new NamePseudonyms();
    names.put("web\t\"admin\u0001", "role-1");

    assertThat(
            names.replace(
                """
                web\t"admin\u0001
                ["web\\t\\"admin\\u0001"]
                "[""web\\t\\""admin\\u0001""]"
                """))
        .isEqualTo(
            """
            role-1
            ["role-1"]
            "[""role-1""]"
            """);
  }

  @Test
  void namesOfSettingsStayWhole() {
    NamePseudonyms names = new NamePseudonyms();
    names.put("zeta", "project-1");
    names.keep(List.of("zeta_buffers"));

    assertThat(names.replace("zeta_buffers,1 zeta_data ZETA_BUFFERS"))
        .isEqualTo("zeta_buffers,1 project-1_data ZETA_BUFFERS");
  }

  @Test
  void domainsAreNamedUpToTheLastLabel() {
    NamePseudonyms names = new NamePseudonyms();
    Domains domains = new Domains();
    names.put("db1.eu.acme.com", "database-1");
    domains.above("db1.eu.acme.com");
    domains.above(".acme.com");
    domains.above("10.0.0.1");
    domains.name(names, Set.of());

    assertThat(names.replace("db1.eu.acme.com x.eu.acme.com ntp.acme.com acme eu com ACME-data"))
        .isEqualTo(
            "database-1 x.domain-2.example ntp.domain-1.example domain-1 eu com domain-1-data");
  }

  @Test
  void aLabelThatIsThePlaceToo() {
    NamePseudonyms names = new NamePseudonyms();
    Domains domains = new Domains();
    domains.above("web1.frankfurt.acme.com");
    domains.name(names, Set.of("Frankfurt"));

    assertThat(names.replace("frankfurt acme")).isEqualTo("frankfurt domain-1");
  }

  @ParameterizedTest
  @CsvSource({"postgres", "lemmy", "root", "5432", "x", "10.0.0.1", "LISTEN", "''"})
  void wordsOfTheProbesNameNobody(String name) {
    assertThat(new NamePseudonyms().put(name, "host-1")).isFalse();
  }

  @Test
  void numbersFollowTheOrderOfTheNames() {
    NamePseudonyms names = new NamePseudonyms();
    names.number(List.of("zeta", "lemmy", "ada"), "role", "");

    assertThat(names.replace("ada zeta lemmy")).isEqualTo("role-1 role-2 lemmy");
  }
}
