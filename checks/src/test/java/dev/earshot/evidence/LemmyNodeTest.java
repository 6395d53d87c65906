package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LemmyNodeTest {

  private static final String BODY =
      "{\"version\":\"2.1\",\"software\":{\"name\":\"lemmy\",\"version\":\"%s\",\"repository\":\"x\"},\"protocols\":[\"activitypub\"],\"usage\":{\"users\":{\"total\":12000}}}";

  @ParameterizedTest
  @CsvSource({"pool 50 read, 50", "pool read, 30", "'', -1"})
  void versionAndPool(String pool, int size) {
    List<LemmyNode> nodes =
        LemmyNode.parse(
            "node 172.18.0.3:8536\n%s\nbody %s\n".formatted(pool, BODY.formatted("0.19.3")));

    assertThat(nodes)
        .containsExactly(
            new LemmyNode(
                Endpoint.of("172.18.0.3:8536"),
                "0.19.3",
                size < 0 ? Optional.empty() : Optional.of(size),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "https://lemmy.example.org/nodeinfo/2.1, lemmy.example.org",
    "http://Lemmy.Example.org:8536/nodeinfo/2.0, lemmy.example.org",
    "https://localhost/nodeinfo/2.1,",
    "https://x.example$(id)/nodeinfo/2.1,",
    "https://evil.example/@lemmy.example.org,",
  })
  void theDomainThatItsNodeinfoIsFoundAt(String href, @Nullable String domain) {
    List<LemmyNode> nodes =
        LemmyNode.parse(
            "node 172.18.0.3:8536\nlinks {\"links\":[{\"rel\":\"http://nodeinfo.diaspora.software/ns/schema/2.1\",\"href\":\"%s\"}]}\nbody %s\n"
                .formatted(href, BODY.formatted("0.19.3")));

    assertThat(nodes.getFirst().domain()).isEqualTo(Optional.ofNullable(domain));
  }

  @Test
  void aPortThatIsNotLemmysIsPassedOver() {
    List<LemmyNode> nodes =
        LemmyNode.parse(
            "node 172.18.0.3:10002\nbody # HELP x\nnode 172.18.0.3:8536\nbody "
                + BODY.formatted("1.0.0-beta.2"));

    assertThat(nodes).extracting(LemmyNode::version).containsExactly("1.0.0-beta.2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "body {\"software\":{\"name\":\"lemmy\",\"version\":\"1.0.0\"}}",
        "node 10.0.0.1:8536\nbody curl: (7) Failed to connect",
        "node 10.0.0.1:8536\nbody {\"software\":{\"name\":\"mastodon\",\"version\":\"4\"}}",
        "node $(id):8536\nbody x",
        "node 10.0.0.1:8536\npool 99999999999 read\nbody x"
      })
  void refusesWhatIsNoLemmy(String output) {
    assertThatThrownBy(() -> LemmyNode.parse(output)).isInstanceOf(UnreadableOutput.class);
  }

  @Test
  void asksNothingWhereNoLemmyRuns() throws Exception {
    for (List<String> shell : ShellRun.shells()) {
      var command = new java.util.ArrayList<>(shell);
      command.addAll(List.of("-c", LemmyNode.PROBE.command()));
      assertThat(
              ShellRun.run(
                      command, Map.of("EARSHOT_PROCESSES", "9.5 9.5\n1 (init) 0 0\n7 (bash) 0 0"))
                  .exitStatus())
          .isEqualTo(CommandResult.ABSENT);
    }
  }
}
