package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.ServiceName.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNameTest {

  private static final ServiceName NAME =
      new ServiceName(
          "lemmy.example.org",
          List.of(
              new Entry(
                  "lemmy.example.org",
                  Duration.ofHours(1),
                  ServiceName.Type.CNAME,
                  "edge.example.net"),
              new Entry(
                  "edge.example.net", Duration.ofMinutes(1), ServiceName.Type.A, "10.77.0.11"),
              new Entry(
                  "edge.example.net",
                  Duration.ofMinutes(2),
                  ServiceName.Type.AAAA,
                  "2001:db8::11")),
          Optional.of("ns1.example.org"),
          Optional.of("AAAA: no answer from DNS"));

  @Test
  void whatIsRecordedReadsTheSame() {
    List<ServiceName> names =
        List.of(
            NAME,
            new ServiceName("gone.example.org", List.of(), Optional.empty(), Optional.empty()));

    assertThat(ServiceName.PROBE.read(CommandResult.of(ServiceName.text(names))))
        .isEqualTo(new Evidence.Collected<>(names));
  }

  @Test
  void theRecordedFormIsThatOfZoneFiles() {
    assertThat(ServiceName.text(List.of(NAME)))
        .isEqualTo(
            """
            @name lemmy.example.org
            @server ns1.example.org
            lemmy.example.org. 3600 IN CNAME edge.example.net.
            edge.example.net. 60 IN A 10.77.0.11
            edge.example.net. 120 IN AAAA 2001:db8::11
            @trouble AAAA: no answer from DNS
            """);
  }

  @Test
  void anOldAnswerLastsAsLongAsItsLongestPart() {
    assertThat(NAME.timeToLive()).contains(Duration.ofHours(1));
    assertThat(NAME.addresses())
        .containsExactly(Address.of("10.77.0.11"), Address.of("2001:db8::11"));
  }

  @ParameterizedTest
  @CsvSource({
    "Lemmy.Example.ORG., lemmy.example.org",
    "a_b.example.org, a_b.example.org",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "localhost,",
    "10.77.0.11,",
    "2001:db8::1,",
    "-x.example.org,",
    "x..example.org,",
    "x.example.org;id,",
    "*.example.org,",
    "'',"
  })
  void namesThatMayBeAskedFor(String text, @Nullable String name) {
    assertThat(ServiceName.spelling(text)).isEqualTo(Optional.ofNullable(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lemmy.example.org. 300 IN A 10.0.0.1\n",
        "@name $(id)\n",
        "@name a.example.org\na.example.org. 300 IN MX 10 b.example.org.\n",
        "@name a.example.org\na.example.org. -1 IN A 10.0.0.1\n",
        "@name a.example.org\na.example.org. 300 IN A db1\n",
        "@name a.example.org\n;; connection timed out\n"
      })
  void refusesWhatIsNoAnswer(String output) {
    assertThatThrownBy(() -> ServiceName.parse(output)).isInstanceOf(UnreadableOutput.class);
  }
}
