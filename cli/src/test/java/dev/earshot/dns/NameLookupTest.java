package dev.earshot.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/// Against a real server on loopback.
class NameLookupTest {

  private final DnsServer server;

  NameLookupTest() throws IOException {
    server = new DnsServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theZonesOwnTimeToLiveRatherThanWhatACacheHasLeft() throws IOException {
    server
        .serves("example.org.")
        .knows("lemmy.example.org. 300 A 10.0.0.11")
        .knows("lemmy.example.org. 300 A 10.0.0.12")
        .knows("lemmy.example.org. 60 AAAA 2001:db8::11");

    assertThat(answer("lemmy.example.org"))
        .isEqualTo(
            """
            @name lemmy.example.org
            @server ns1.example.org
            lemmy.example.org. 300 IN A 10.0.0.11
            lemmy.example.org. 300 IN A 10.0.0.12
            lemmy.example.org. 60 IN AAAA 2001:db8:0:0:0:0:0:11
            """);
  }

  @Test
  void aliasesLeadIntoOtherZones() throws IOException {
    server
        .serves("example.org.")
        .serves("cdn.example.")
        .knows("lemmy.example.org. 3600 CNAME edge.cdn.example.")
        .knows("edge.cdn.example. 60 A 192.0.2.9");

    assertThat(answer("lemmy.example.org"))
        .isEqualTo(
            """
            @name lemmy.example.org
            @server ns1.example.org
            lemmy.example.org. 3600 IN CNAME edge.cdn.example.
            edge.cdn.example. 60 IN A 192.0.2.9
            """);
  }

  @Test
  void whereNoZoneAnswersTheResolverDoes() throws IOException {
    server.lame().serves("example.org.").knows("lemmy.example.org. 300 A 10.0.0.11");
    assertThat(answer("lemmy.example.org"))
        .isEqualTo("@name lemmy.example.org\nlemmy.example.org. 150 IN A 10.0.0.11\n");

    server.knows("lemmy.internal.test. 300 A 10.0.0.12");
    assertThat(answer("lemmy.internal.test")).contains(" 150 IN A 10.0.0.12").doesNotContain("@s");
  }

  @Test
  void aNameWithoutAddressIsNoTrouble() {
    assertThat(answer("nothing.example.org")).isEqualTo("@name nothing.example.org\n");
    server.fails(Rcode.NXDOMAIN);
    assertThat(answer("nothing.example.org")).isEqualTo("@name nothing.example.org\n");
  }

  @Test
  void anAliasThatGoesInCircles() throws IOException {
    server
        .serves("example.org.")
        .knows("a.example.org. 60 CNAME b.example.org.")
        .knows("b.example.org. 60 CNAME a.example.org.");

    ServiceName name = server.lookup().lookUp("a.example.org", Duration.ofSeconds(20));
    assertThat(name.addresses()).isEmpty();
  }

  @Test
  void aFailureIsTroubleAndNoMissingName() {
    server.fails(Rcode.SERVFAIL);

    assertThat(answer("lemmy.example.org"))
        .isEqualTo(
            "@name lemmy.example.org\n@trouble A: DNS answered SERVFAIL; AAAA: DNS answered SERVFAIL\n");
  }

  @Test
  void silenceComesToAnEnd() {
    server.silent();
    long start = System.nanoTime();

    assertThat(answer("lemmy.example.org"))
        .isEqualTo(
            "@name lemmy.example.org\n@trouble A: no answer from DNS; AAAA: no answer from DNS\n");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

    assertThat(ServiceName.text(List.of(server.lookup().lookUp("x.example.org", Duration.ZERO))))
        .contains("@trouble A: DNS took too long");
  }

  private String answer(String name) {
    return ServiceName.text(List.of(server.lookup().lookUp(name, Duration.ofSeconds(20))));
  }
}
