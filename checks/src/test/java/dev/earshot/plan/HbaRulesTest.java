package dev.earshot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Remedy;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHba.Rule;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.PostgresServer.InContainer;
import dev.earshot.evidence.PostgresServer.Inside;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import dev.earshot.plan.HbaRules.Answer;
import dev.earshot.plan.HbaRules.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HbaRulesTest {

  private static final String MASK24 = "255.255.255.0";

  @ParameterizedTest
  @CsvSource({
    // type, databases, users, address, netmask, admits
    "host, all, all, 10.77.0.0, 255.255.255.0, yes",
    "host, appdb, app, 10.77.0.33, 255.255.255.255, yes",
    "host, appdb, app, 10.77.0.32, 255.255.255.255, no",
    "host, all, all, 10.77.0.32, 255.255.255.254, yes",
    "host, all, all, 10.77.1.0, 255.255.255.0, no",
    "host, all, all, 0.0.0.0, 0.0.0.0, yes",
    "host, all, all, ::, ::, no",
    "host, all, all, all, '', yes",
    "host, all, all, samehost, '', no",
    "host, all, all, samenet, '', open",
    "host, all, all, backend.example.org, '', open",
    "host, other, all, all, '', no",
    "host, all, other, all, '', no",
    "host, sameuser, all, all, '', no",
    "host, samerole, all, all, '', yes",
    "host, replication, all, all, '', no",
    "host, all, +appdb, all, '', yes",
    "host, all, +app, all, '', yes",
    "host, all, +admins, all, '', no",
    "host, /^app, all, all, '', open",
    "host, all, /^app, all, '', open",
    "hostssl, all, all, all, '', no",
    "hostnossl, all, all, all, '', yes",
    "hostgssenc, all, all, all, '', no",
    "hostnogssenc, all, all, all, '', yes",
    "local, all, all, '', '', no"
  })
  void oneRule(
      String type, String database, String user, String address, String netmask, String admits) {
    assertThat(answer(rule(1, type, database, user, address, netmask, "md5"))).isEqualTo(admits);
  }

  @Test
  void theFirstMatchWins() {
    Rule reject = rule(1, "host", "all", "all", "10.77.0.33", "255.255.255.255", "reject");
    Rule admit = rule(2, "host", "all", "all", "10.77.0.0", MASK24, "md5");

    assertThat(answer(reject, admit)).isEqualTo("no");
    assertThat(answer(admit, reject)).isEqualTo("yes");
  }

  @Test
  void aRuleThatMayMatchDecidesNothingWhereALaterOneDecidesAlike() {
    Rule perhaps = rule(1, "host", "all", "all", "samenet", "", "md5");

    assertThat(answer(perhaps, rule(2, "host", "all", "all", "all", "", "md5"))).isEqualTo("yes");
    assertThat(answer(perhaps, rule(2, "host", "all", "all", "all", "", "reject")))
        .isEqualTo("open");
  }

  @Test
  void whereALineCannotBeReadNothingIsCertain() {
    Rule broken = new Rule(3, "", "", List.of(), List.of(), "", "", "", Optional.of("unknown"));

    assertThat(answer(rule(1, "host", "all", "all", "all", "", "md5"), broken)).isEqualTo("open");
  }

  @Test
  void whereNotAllLinesWereReadNothingIsCertain() {
    PostgresHba cut =
        new PostgresHba(
            PostgresServer.onHost(5432),
            false,
            List.of(rule(1, "host", "all", "all", "all", "", "md5")),
            Map.of());

    assertThat(
            word(
                HbaRules.of(cut, Set.of())
                    .answer(new Session("app", "appdb", new Address("10.77.0.33"), false))))
        .isEqualTo("open");
  }

  @ParameterizedTest
  @CsvSource({"/.*, appdb", "app, /"})
  void aNameThatMayBeAPatternGetsNoLine(String role, String database) {
    assertThat(
            new HbaLine(role, database, new Address("10.77.0.33"), true, Optional.empty())
                .remedy(
                    new HostName("db1"),
                    hba(PostgresServer.onHost(5432)),
                    Optional.empty(),
                    Optional.empty())
                .summary())
        .contains("can't stand there");
  }

  @Test
  void ipv6() {
    Rule rule = rule(1, "host", "all", "all", "2001:db8::", "ffff:ffff::", "md5");

    assertThat(answer("2001:db8:0:1::5", rule)).isEqualTo("yes");
    assertThat(answer("2001:db9::1", rule)).isEqualTo("no");
    assertThat(answer("10.77.0.33", rule)).isEqualTo("no");
  }

  @Test
  void theServersOwnAddressIsTheSameHostAndNet() {
    for (String word : List.of("samehost", "samenet")) {
      assertThat(answer("10.77.0.21", rule(1, "host", "all", "all", word, "", "md5")))
          .isEqualTo("yes");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "host, yes",
    "hostssl, yes",
    "hostnossl, yes",
  })
  void encryptedOrNotIsAsToday(String type, String admits) {
    HbaRules rules = rules(rule(1, type, "all", "all", "10.77.0.0", MASK24, "md5"));
    Admission admission =
        Admission.of(rules, "app", "appdb", new Address("10.77.0.31"), new Address("10.77.0.33"));

    assertThat(word(admission.answer())).isEqualTo(admits);
    assertThat(admission.today()).isPresent();
  }

  @Test
  void whereEncryptionDecidesItIsOpen() {
    HbaRules rules =
        rules(
            rule(1, "hostssl", "all", "all", "all", "", "md5"),
            rule(2, "host", "all", "all", "10.77.0.31", "255.255.255.255", "md5"));

    assertThat(
            word(
                Admission.of(
                        rules, "app", "appdb", new Address("10.77.0.31"), new Address("10.77.0.33"))
                    .answer()))
        .isEqualTo("open");
  }

  @Test
  void theLineToAddIsLikeTheOneThatAdmitsToday() {
    Rule today = rule(4, "hostssl", "appdb", "app", "10.77.0.31", "255.255.255.255", "md5");

    assertThat(
            new HbaLine("app", "appdb", new Address("10.77.0.33"), true, Optional.empty()).text())
        .isEqualTo("host appdb app 10.77.0.33/32 scram-sha-256");
    assertThat(new HbaLine("a b", "all", new Address("fd00::1"), true, Optional.of(today)).text())
        .isEqualTo("hostssl \"all\" \"a b\" fd00::1/128 md5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trust", "password", "ident", "peer"})
  void noLineAdmitsWhoProvesNothing(String method) {
    Rule today = rule(4, "host", "appdb", "app", "10.77.0.31", "255.255.255.255", method);

    assertThat(
            new HbaLine("app", "appdb", new Address("10.77.0.33"), true, Optional.of(today)).text())
        .isEqualTo("host appdb app 10.77.0.33/32 scram-sha-256");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyTheInventorysWordIsWrittenByAPlaybook(boolean declared) {
    PostgresSettings settings = settings(PostgresServer.onHost(5432));

    Remedy remedy =
        new HbaLine("app", "appdb", new Address("10.77.0.33"), declared, Optional.empty())
            .remedy(
                new HostName("db1"),
                hba(settings.server()),
                Optional.of(settings),
                Optional.empty());

    assertThat(remedy.playbook().isEmpty()).isEqualTo(!declared);
    assertThat(remedy.summary().contains("first see that 10.77.0.33 is the new host's"))
        .isEqualTo(!declared);
  }

  @Test
  void aServerInAContainerIsReachedThroughItsEngine() {
    PostgresServer contained =
        new PostgresServer(
            5433,
            Optional.of(
                new InContainer(
                    "docker", "web", Optional.of(new Inside(true, 5432, "lemmy", false)))));

    Remedy remedy =
        new HbaLine("app", "appdb", new Address("10.77.0.33"), true, Optional.empty())
            .remedy(
                new HostName("db1"),
                hba(contained),
                Optional.of(settings(contained)),
                Optional.empty());

    assertThat(remedy.playbook()).isEmpty();
    assertThat(remedy.commands())
        .hasSize(2)
        .allMatch(
            command -> command.startsWith("docker exec -i -u postgres web psql -X -U lemmy -d"));
  }

  private static PostgresHba hba(PostgresServer server) {
    return new PostgresHba(server, true, List.of(), Map.of());
  }

  private static PostgresSettings settings(PostgresServer server) {
    return new PostgresSettings(
        server,
        150_000,
        Map.of(
            "hba_file",
            new Setting("hba_file", "/etc/pg_hba.conf", "override", Optional.empty(), 0, false)),
        List.of(),
        Optional.empty());
  }

  private static String answer(Rule... rules) {
    return answer("10.77.0.33", rules);
  }

  private static String answer(String client, Rule... rules) {
    return word(rules(rules).answer(new Session("app", "appdb", new Address(client), false)));
  }

  private static HbaRules rules(Rule... rules) {
    return HbaRules.of(
        new PostgresHba(
            PostgresServer.onHost(5432), true, List.of(rules), Map.of("app", Set.of("appdb"))),
        Set.of(new Address("10.77.0.21")));
  }

  private static Rule rule(
      int line,
      String type,
      String database,
      String user,
      String address,
      String netmask,
      String method) {
    return new Rule(
        line,
        "",
        type,
        List.of(database),
        List.of(user),
        address,
        netmask,
        method,
        Optional.empty());
  }

  private static String word(Answer answer) {
    return switch (answer) {
      case Answer.Admitted _ -> "yes";
      case Answer.Refused _ -> "no";
      case Answer.Open _ -> "open";
    };
  }
}
