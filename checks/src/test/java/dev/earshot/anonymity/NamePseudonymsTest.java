package dev.earshot.anonymity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

  @ParameterizedTest
  @CsvSource({"postgres", "lemmy", "root", "5432", "x", "10.0.0.1", "LISTEN", "''"})
  void wordsOfTheProbesNameNobody(String name) {
    assertThat(new NamePseudonyms().put(name, "host-1")).isFalse();
  }

  @Test
  void numbersFollowTheOrderOfTheNames() {
    NamePseudonyms names = new NamePseudonyms();
    names.number(List.of("zeta", "lemmy", "alpha"), "role", "");

    assertThat(names.replace("alpha zeta lemmy")).isEqualTo("role-1 role-2 lemmy");
  }
}
