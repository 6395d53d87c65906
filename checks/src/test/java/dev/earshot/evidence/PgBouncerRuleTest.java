package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.PostgresHba.Rule;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgBouncerRuleTest {

  private static final int MANY = 200_000;

  @Test
  void aQuoteWithinQuotesIsDoubled() {
    assertThat(PgBouncerRule.of(1, "host \"a\"\"b\" app 10.0.0.0/8 trust").map(Rule::databases))
        .hasValueSatisfying(names -> assertThat(names).containsExactly("a\"b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\"\"", "x\"\"", "\"\"\""})
  void whateverAHostSaysIsReadInBoundedDepth(String part) {
    String name = "\"" + part.repeat(MANY) + "\"";

    assertThat(PgBouncerRule.of(1, "host %s app 10.0.0.0/8 trust".formatted(name))).isPresent();
    assertThat(PgBouncerRule.of(1, "host shop app 10.0.0.0/8 " + name)).isEmpty();
  }

  @Test
  void aRuleLongerThanAnyThatTheProbePrintsIsReadNoFurther() {
    PgBouncerAccess access =
        PgBouncerAccess.of(
                PsqlTables.parse(
                        """
                        === 6432
                        @rules
                        line,text
                        1,"host ""%s"" app 10.0.0.0/8 trust"
                        2,"host shop app 10.0.0.0/8 trust -"
                        0,"read"
                        """
                            .formatted("x".repeat(MANY)))
                    .getFirst(),
                Optional.of("hba"),
                Optional.of("/etc/pgbouncer/rules"))
            .orElseThrow();

    assertThat(access.rules().orElseThrow().rules())
        .singleElement()
        .satisfies(rule -> {
          assertThat(rule.line()).isEqualTo(2);
          assertThat(rule.address()).isEmpty();
        });
  }
}
