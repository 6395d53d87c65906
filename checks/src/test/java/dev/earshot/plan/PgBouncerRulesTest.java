package dev.earshot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.PgBouncer;
import dev.earshot.evidence.PgBouncerAccess;
import dev.earshot.evidence.PgBouncerAccess.Client;
import dev.earshot.evidence.PostgresHba.Rule;
import dev.earshot.evidence.TemporaryPgBouncer;
import dev.earshot.plan.HbaRules.Answer;
import dev.earshot.plan.HbaRules.Session;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of a real PgBouncer, judged by it and by us.
class PgBouncerRulesTest {

  private static final Address HERE = new Address("127.0.0.1");
  private static final List<String> SHELL = List.of("sh");

  private static @Nullable TemporaryPgBouncer pooler;

  @BeforeAll
  static void start() throws Exception {
    pooler = TemporaryPgBouncer.start("", "auth_type = hba");
  }

  @AfterAll
  static void stop() throws Exception {
    if (pooler != null) {
      pooler.stop();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          host all all 127.0.0.1/32 trust;                                    yes
          host shop app 127.0.0.1 255.255.255.255 trust;                      yes
          host other,shop postgres,app 127.0.0.0/8 trust;                     yes
          host other , shop app 127.0.0.0/8 trust;                            yes
          host shop app 127.0.0.1/8 trust;                                    no
          host shop other 127.0.0.0/8 trust;                                  no
          host sameuser all 127.0.0.0/8 trust;                                no
          host shop app 10.0.0.0/8 trust;                                     no
          host shop app ::1/128 trust;                                        no
          host shop app localhost trust;                                      no
          host shop +app 127.0.0.0/8 trust;                                   no
          host samerole app 127.0.0.0/8 trust;                                no
          hostssl shop app 127.0.0.0/8 trust;                                 no
          hostnossl shop app 127.0.0.0/8 trust;                               yes
          local all all trust;                                                no
          host shop app 127.0.0.0/8 reject~host all all 127.0.0.0/8 trust;   no
          host shop app 127.0.0.0/8 gss~host all all 127.0.0.0/8 trust;      yes
          host shop app samenet trust~host all all 127.0.0.0/8 trust;        yes
          nonsense~host all all 127.0.0.0/8 trust # all;                     yes
          host shop "app" 127.0.0.0/8 trust;                                  yes
          host "shop" , other app,"x y" 127.0.0.0/8 trust;                    yes
          host shop app 127.0.0.0/8 trusted;                                  no
          host shop app, 127.0.0.0/8 trust;                                   no
          host shop "app 127.0.0.0/8 trust;                                   no
          "host" shop app 127.0.0.0/8 trust;                                  no
          """)
  void areJudgedAsItJudgesThem(String rules, String admits) throws Exception {
    running().ruledBy(rules.replace('~', '\n') + "\n");

    assertThat(running().ask("127.0.0.1", "app", "select 1").exitStatus() == 0)
        .as("PgBouncer lets it in")
        .isEqualTo(admits.equals("yes"));
    assertThat(answer())
        .isInstanceOf(admits.equals("yes") ? Answer.Admitted.class : Answer.Refused.class);
  }

  /// Those that depend on its version, or on another file.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          host shop app all trust
          host shop @roles 127.0.0.0/8 trust
          host "all" app 127.0.0.0/8 trust
          host shop app 127.0.0.0/8 cert map=some
          host shop app 127.0.0.0/8 ldap
          host shop app 127.0.0.0/8 trust, more
          host shop "a=b" 127.0.0.0/8 trust
          host shop,a=b,other other 127.0.0.0/8 trust~host shop "a=b" 127.0.0.0/8 trust
          """)
  void whatOthersReadDifferentlyIsOpen(String rules) throws Exception {
    running().ruledBy(rules.replace('~', '\n') + "\n");

    assertThat(answer()).isInstanceOf(Answer.Open.class);
  }

  @Test
  void whoIsInIsToldByAddressAndSecretsAreNot() throws Exception {
    running()
        .ruledBy(
            """
            # ldapbindpasswd=hushhush
            host shop app 127.0.0.0/8 trust # hushhush
            host all all 10.0.0.0/8 ldap ldapbindpasswd="hush hush"
            host all all 10.0.0.0/8 ldap ldapserver=a ldapbindpasswd=s3cr,hush2
            host all all 10.0.0.0/8 ldap "ldapbindpasswd=s3cr HUSH"
            host all all 10.0.0.1/32 ldap ldapbindpasswd="x \\"SEC hush"
            host all all 10.0.0.0/8 ldap ldapbindpasswd HUSH
            host all ldapbindpasswd=one,hush 10.0.0.0/8 ldap
            host all 10.0.0.0/8 ldap ldapbindpasswd hush
            host all all 10.0.0.0/8 hush
            hushhush
            """);
    assertThat(running().answer(PgBouncer.PROBE, SHELL).output())
        .contains("host all all 10.0.0.0/8 ldap -")
        .doesNotContainIgnoringCase("hush")
        .doesNotContain("ldapbindpasswd", "s3cr", "SEC");
    Thread client =
        Thread.ofVirtual()
            .start(() -> {
              try {
                running().ask("127.0.0.1", "app", "select pg_sleep(3)");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    PgBouncerAccess access = access();
    for (int tries = 0;
        tries < 40 && access.clients().stream().noneMatch(one -> one.role().equals("app"));
        tries++) {
      Thread.sleep(50);
      access = access();
    }
    client.join();

    assertThat(access.clients()).contains(new Client("app", "shop", Optional.of(HERE)));
    assertThat(access.rules().orElseThrow().whole()).isTrue();
    assertThat(access.rules().orElseThrow().rules())
        .extracting(Rule::line)
        .containsExactly(2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void aLongFileIsNotReadToItsEnd() throws Exception {
    running().ruledBy("host shop app 127.0.0.0/8 trust\n" + "#\n".repeat(40_000));

    assertThat(access().rules().orElseThrow().whole()).isFalse();
    assertThat(answer()).isInstanceOf(Answer.Open.class);
  }

  /// The end of it may be a method, or not.
  @Test
  void aLongRuleIsNotReadToItsEnd() throws Exception {
    running()
        .ruledBy(
            "host other app 127.0.0.0/8 trust\nhost %s app 127.0.0.0/8 trust\n"
                .formatted("shop,".repeat(300) + "shop"));

    assertThat(access().rules().orElseThrow().whole()).isFalse();
    assertThat(answer()).isInstanceOf(Answer.Open.class);
  }

  private static Answer answer() throws Exception {
    PgBouncerAccess access = access();
    return HbaRules.of("rules.conf", access.rules().orElseThrow())
        .answer(new Session("app", "shop", HERE, false));
  }

  private static PgBouncerAccess access() throws Exception {
    return running().poolers(SHELL).getFirst().access().orElseThrow();
  }

  private static TemporaryPgBouncer running() {
    return Objects.requireNonNull(pooler);
  }
}
