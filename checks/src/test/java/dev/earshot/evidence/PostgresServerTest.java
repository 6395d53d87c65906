package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  private static final PostgresServer PUBLISHED =
      PsqlTables.server(List.of("5433", "docker", "web", "postgres", "5432", "app", "run"));

  private static final PostgresServer EARLIER = PsqlTables.server(List.of("5433", "docker", "web"));

  private static final PostgresServer ON_HOST = PostgresServer.onHost(5432);

  @Test
  void oneInAContainerAnswersAtBothEnds() {
    assertThat(PUBLISHED.answersAt(5433)).isTrue();
    assertThat(PUBLISHED.answersAt(5432)).isTrue();
    assertThat(PUBLISHED.answersAt(5434)).isFalse();
    assertThat(EARLIER.answersAt(5433)).isTrue();
    assertThat(EARLIER.answersAt(5432)).isFalse();
    assertThat(ON_HOST.answersAt(5432)).isTrue();
    assertThat(ON_HOST.answersAt(5433)).isFalse();
  }

  @Test
  void whoIsKnownByAPortComesBeforeWhoHasItInside() {
    List<PostgresServer> both = List.of(PUBLISHED, ON_HOST);

    assertThat(PostgresServer.at(5432, both, Function.identity())).contains(ON_HOST);
    assertThat(PostgresServer.at(5433, both, Function.identity())).contains(PUBLISHED);
    assertThat(PostgresServer.at(5432, List.of(PUBLISHED), Function.identity()))
        .contains(PUBLISHED);
    assertThat(PostgresServer.at(5434, both, Function.identity())).isEmpty();
  }
}
