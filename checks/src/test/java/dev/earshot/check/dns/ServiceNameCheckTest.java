package dev.earshot.check.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.evidence.LemmyNode;
import dev.earshot.evidence.Nginx;
import dev.earshot.evidence.ServiceName;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceNameCheckTest {

  private final FleetFixture fleet = FleetFixture.incident();

  ServiceNameCheckTest() {
    fleet.host("lb2", "10.0.0.12").groups("lb").alsoAt("2001:db8::12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.0.11 10.0.0.12               | pass backend1/lemmy.example.org, pass lb1, pass lb2
          10.0.0.11 2001:db8::12            | pass backend1/lemmy.example.org, pass lb1, pass lb2
          10.0.0.11                         | pass backend1/lemmy.example.org, pass lb1, fail info lb2
          10.0.0.11 10.0.0.12 10.0.0.31     | fail medium backend1/lemmy.example.org, pass lb1, pass lb2
          10.0.0.11 10.0.0.12 192.0.2.9     | fail medium backend1/lemmy.example.org, pass lb1, pass lb2
          10.0.0.11 10.0.0.12 2001:db8::99  | pass backend1/lemmy.example.org, pass lb1, pass lb2
          192.0.2.9 2001:db8::99            | notApplicable backend1/lemmy.example.org
          127.0.0.1                         | notApplicable backend1/lemmy.example.org
          """)
  void whereANameLeads(String addresses, String verdicts) {
    resolves(addresses);

    assertThat(Verdicts.of(judge())).containsExactly(verdicts.split(", "));
  }

  @Test
  void theMessageSaysWhoseTheAddressesAreAndForHowLong() {
    resolves("10.0.0.11 10.0.0.31 192.0.2.9");

    assertThat(judge().getFirst().verdict().because())
        .isEqualTo(
            "lemmy.example.org resolves to 10.0.0.11 (lb1), 10.0.0.31 (backend1), 192.0.2.9; time to live 300 s, as ns1.example.org says: backend1 is no load balancer, so requests go past lb1, lb2; no host of the audit has 192.0.2.9");
    assertThat(judge().getFirst().measured().getFirst().value()).isEqualTo(300);
  }

  @Test
  void aResolversTimeToLiveIsWhatItsCacheHasLeft() {
    names("@name lemmy.example.org\nlemmy.example.org. 17 IN A 10.0.0.11\n");

    assertThat(judge().getFirst().verdict().because())
        .endsWith("time to live 17 s or more, of which a resolver had so much left");
  }

  @Test
  void aCdnIsNoFault() {
    resolves("192.0.2.9");

    assertThat(judge().getFirst().verdict().because()).contains("a CDN, a proxy");
  }

  @Test
  void withoutLoadBalancersAnyHostMayBeTheOne() {
    FleetFixture one = new FleetFixture();
    one.host("all-in-one", "10.0.0.1")
        .answers(
            ServiceName.PROBE, "@name lemmy.example.org\nlemmy.example.org. 300 IN A 10.0.0.1\n");

    assertThat(Verdicts.of(one.judge(new ServiceNameCheck())))
        .containsExactly("pass all-in-one/lemmy.example.org");
  }

  @Test
  void aHostThatCouldNotBeAskedMayBeALoadBalancer() {
    fleet.host("lb3", "10.0.0.13").unreachable("connection refused");
    resolves("10.0.0.11 10.0.0.12 10.0.0.13");

    assertThat(Verdicts.of(judge()).getFirst()).isEqualTo("unknown backend1/lemmy.example.org");
  }

  @Test
  void aNameWithoutAddressIsAFaultOnlyWhereTheServiceSaysThatItIsItsName() {
    fleet.host("backend1").serves("lemmy.example.org");
    names("@name lemmy.example.org\n");
    assertThat(Verdicts.of(judge())).containsExactly("notApplicable backend1/lemmy.example.org");

    fleet.host("backend1").answers(LemmyNode.PROBE, lemmy("lemmy.example.org"));
    assertThat(Verdicts.of(judge())).containsExactly("fail high backend1/lemmy.example.org");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.0.31            | pass backend1/lemmy.example.org
          10.0.0.21            | fail medium backend1/lemmy.example.org
          10.0.0.11            | pass backend1/lemmy.example.org, pass lb1, fail info lb2
          10.0.0.11 10.0.0.31  | fail medium backend1/lemmy.example.org, pass lb1, fail info lb2
          192.0.2.9            | notApplicable backend1/lemmy.example.org
          """)
  void aNameThatOnlyAWebServerKnowsMayBeOfAnotherService(String addresses, String verdicts) {
    fleet.host("backend1").answers(Nginx.PROBE, "nginx\nname\tlemmy.example.org\n");
    resolves(addresses);

    assertThat(Verdicts.of(judge())).containsExactly(verdicts.split(", "));
  }

  @Test
  void aWebServersNameWithoutAddressLeadsNobody() {
    fleet.host("backend1").answers(Nginx.PROBE, "nginx\nname\tlemmy.example.org\n");
    names("@name lemmy.example.org\n");

    assertThat(Verdicts.of(judge())).containsExactly("notApplicable backend1/lemmy.example.org");
    assertThat(judge().getFirst().verdict().because()).contains("a web server answers to");
  }

  @Test
  void whatDnsDidNotAnswerIsUnknown() {
    names("@name lemmy.example.org\n@trouble A: DNS answered SERVFAIL\n");

    assertThat(Verdicts.of(judge())).containsExactly("unknown backend1/lemmy.example.org");
    assertThat(judge().getFirst().verdict().because())
        .isEqualTo("lemmy.example.org: A: DNS answered SERVFAIL");
  }

  @Test
  void aNameThatNobodyLookedUpIsUnknown() {
    fleet.host("backend1").answers(LemmyNode.PROBE, lemmy("lemmy.example.org"));
    fleet.host("lb1").serves("www.example.org");

    assertThat(Verdicts.of(judge()))
        .containsExactly("unknown lb1/www.example.org", "unknown backend1/lemmy.example.org");
    assertThat(judge().getFirst().verdict().because())
        .isEqualTo("www.example.org: DNS was not asked for it");
  }

  @Test
  void theInventoryCanSayThatThereIsNoName() {
    fleet.host("backend1").answers(LemmyNode.PROBE, lemmy("lemmy.example.org")).serves("");

    assertThat(Verdicts.of(judge())).containsExactly("notApplicable fleet");
  }

  private static String lemmy(String domain) {
    return """
    node 127.0.0.1:8536
    links {"links":[{"href":"https://%s/nodeinfo/2.1"}]}
    body {"software":{"name":"lemmy","version":"0.19.3"}}
    """
        .formatted(domain);
  }

  private List<Finding> judge() {
    return fleet.judge(new ServiceNameCheck());
  }

  private void resolves(String addresses) {
    names(
        Arrays.stream(addresses.split(" "))
            .map(address ->
                "lemmy.example.org. 300 IN %s %s\n"
                    .formatted(address.contains(":") ? "AAAA" : "A", address))
            .collect(
                Collectors.joining("", "@name lemmy.example.org\n@server ns1.example.org\n", "")));
  }

  private void names(String answer) {
    fleet.host("backend1").answers(ServiceName.PROBE, answer);
  }
}
