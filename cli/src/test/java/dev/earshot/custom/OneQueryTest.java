package dev.earshot.custom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneQueryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select 1;                          | select 1",
        "`select a, -- why\n  b\nfrom t`    | `select a,     b from t`",
        "select /* ; */ 1                   | select   1",
        "SELECT 'a;b -- c \\d' as x         | SELECT 'a;b -- c \\d' as x",
        "select 'it''s; \\' as x            | select 'it''s; \\' as x",
        "select E'a\\'; drop table t' as x  | select E'a\\'; drop table t' as x",
        "select n::int, a[1:n] from t       | select n::int, a[1: n] from t",
        "select \"a;b\" from t              | select \"a;b\" from t",
        "with t as (select 1) table t       | with t as (select 1) table t",
        "(select 1) union (values (2))      | (select 1) union (values (2))",
      })
  void oneQueryComesOntoOneLine(String text, String line) {
    assertThat(OneQuery.of(text)).isEqualTo(new OneQuery.Result.Query(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select 1; drop table t             | is more than one statement",
        "select E'a\\\\'; drop table t --'  | is more than one statement",
        "select 1 \\! id                    | has a backslash outside of quotes",
        "`select 1\n\\g /tmp/x`             | has a backslash outside of quotes",
        "select $$ ; $$                     | quotes with dollars",
        "select $1                          | has a parameter",
        "select 'a                          | has a quote that is never closed",
        "`select 'a\nb'`                    | has a line break within quotes",
        "delete from t                      | is no query",
        "copy (select 1) to program 'id'    | is no query",
        "show jit                           | is no query",
        "set jit = off                      | is no query",
        "-- nothing                         | is no query",
      })
  void whatIsMoreThanAQueryIsRefused(String text, String how) {
    assertThat(OneQuery.of(text))
        .isInstanceOfSatisfying(
            OneQuery.Result.Wrong.class, wrong -> assertThat(wrong.how()).isEqualTo(how));
  }

  @Test
  void aVariableOfPsqlIsNone() {
    assertThat(OneQuery.of("select :connection, :'connection', f(a := 1)"))
        .isEqualTo(new OneQuery.Result.Query("select : connection, : 'connection', f(a := 1)"));
  }
}
